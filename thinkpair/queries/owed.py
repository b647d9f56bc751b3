"""What a person still owes to the discussions that she takes part in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activity.owed import Owed
from groups.rules import board_groups_of
from thinkpair import rules
from thinkpair.models import Absence, Card, CardReaction, Pair, Thread
from thinkpair.queries.trials import owed_outcomes


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Think, talk in the pair, share its card and choose; a board also opens rooms and closes."""
    return [*_owed_to_threads(user), *_owed_to_pairs(user), *owed_outcomes(user, now)]


def _owed_to_threads(user: User) -> list[Owed]:
    """One query, whatever the number of threads."""
    cards = Card.objects.on_wall().filter(pair__thread=OuterRef("pk"))
    votes = CardReaction.objects.filter(
        card__pair__thread=OuterRef("pk"), person=user, kind=CardReaction.Kind.VOTE
    )
    own, board = rules.threads_of(user), board_groups_of(user)
    # Any: it carries what was asked along.
    threads: QuerySet[Any] = (
        Thread.objects.unfinished()
        .filter(own | Q(group__in=board))
        .with_own_part(user)
        .annotate(
            is_own=Exists(Thread.objects.filter(own, pk=OuterRef("pk"))),
            has_cards=Exists(cards),
            has_voted=Exists(votes),
            has_picked=Exists(cards.exclude(picked_at=None)),
            is_absent=Exists(Absence.objects.filter(thread=OuterRef("pk"), person=user)),
        )
        .order_by("pk")
    )
    owed: list[Owed] = []
    for thread in threads:
        runs = thread.group_id in board
        match thread.phase:
            case Thread.Phase.THINK if thread.is_own and not (
                thread.has_own_thought or thread.is_absent
            ):
                owed.append(_step(thread, "think", _("Tulis jawaban"), _of(thread)))
            case Thread.Phase.ARRANGE if runs:
                owed.append(_step(thread, "arrange", _("Buka ruang pasangan"), _of(thread)))
            case Thread.Phase.SHARE:
                may_pick = thread.is_own and thread.has_cards and not thread.has_picked
                if may_pick and not thread.has_voted:
                    owed.append(_step(thread, "pick", _("Pilih kartu"), _of(thread)))
                if runs:
                    rest = _("“%(thread)s”") % {"thread": thread}
                    owed.append(_step(thread, "close-thread", _("Simpulkan diskusi"), rest))
    return owed


def _of(thread: Thread) -> str:
    return _("untuk “%(thread)s”") % {"thread": thread}


def _step(thread: Thread, key: str, verb: str, rest: str) -> Owed:
    return Owed(
        key=f"{key}:{thread.pk}",
        stage="t",
        verb=verb,
        rest=rest,
        url=reverse("thread", args=[thread.pk]),
        due_at=thread.phase_ends_at,
    )


def _owed_to_pairs(user: User) -> list[Owed]:
    pairs = (
        Pair.objects.filter(pk__in=user.pair_seats.values("pair"))
        .exclude(card__shared_at__isnull=False)
        .filter(thread__phase=Thread.Phase.PAIR)
        .with_own_word(user)
        .select_related("thread")
        .order_by("pk")
    )
    return [
        Owed(
            key=f"talk:{pair.pk}",
            stage="t",
            verb=_("Bagikan kartu bersama") if pair.has_spoken else _("Bicara dengan pasangan"),
            rest=_("tentang “%(thread)s”") % {"thread": pair.thread},
            url=reverse("pair", args=[pair.pk]),
            due_at=pair.thread.pair_ends_at,
        )
        for pair in pairs
    ]
