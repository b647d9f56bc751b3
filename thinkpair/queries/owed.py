"""What a person still owes to the discussions of the own groups."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.owed import Owed, end_of
from groups.rules import board_groups_of, groups_of
from thinkpair.models import Pair, Thread
from thinkpair.queries.trials import owed_outcomes


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Think, talk in the pair and share its answer; a board also makes pairs and closes."""
    return [*_owed_to_threads(user, now), *_owed_to_pairs(user), *owed_outcomes(user, now)]


def _owed_to_threads(user: User, now: datetime) -> list[Owed]:
    threads = Thread.objects.unfinished().filter(group__in=groups_of(user))
    today, board = timezone.localdate(now), board_groups_of(user)
    owed: list[Owed] = []
    for thread in threads.with_own_part(user).order_by("pk"):
        thinking = thread.phase == Thread.Phase.THINK
        if thinking and not thread.has_own_thought:
            owed.append(_think(thread))
        if thread.group_id not in board:
            continue
        if thinking and thread.think_until < today:
            owed.append(_make_pairs(thread))
        if not thinking and thread.pair_until < today:
            owed.append(_close(thread))
    return owed


def _think(thread: Thread) -> Owed:
    rest = _("untuk “%(thread)s”") % {"thread": thread}
    return _step(thread, "think", _("Tulis jawaban"), rest, thread.think_until)


def _make_pairs(thread: Thread) -> Owed:
    rest = _("untuk “%(thread)s”") % {"thread": thread}
    return _step(thread, "make-pairs", _("Bagi pasangan"), rest, thread.think_until)


def _close(thread: Thread) -> Owed:
    rest = _("“%(thread)s”") % {"thread": thread}
    return _step(thread, "close-thread", _("Simpulkan diskusi"), rest, thread.pair_until)


def _step(thread: Thread, key: str, verb: str, rest: str, until: date) -> Owed:
    return Owed(
        key=f"{key}:{thread.pk}",
        stage="t",
        verb=verb,
        rest=rest,
        url=reverse("thread", args=[thread.pk]),
        due_at=end_of(until),
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
            due_at=end_of(pair.thread.pair_until),
        )
        for pair in pairs
    ]
