"""What the groups' pages and the home page read beyond one filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.owed import Owed
from groups.models import Cycle, Group, GroupQuerySet, Invitation, JoinRequest, Membership
from groups.roles import BOARD, GUIDES, Role
from groups.rules import board_groups_of, seats

if TYPE_CHECKING:
    from accounts.models import User


def find_invitation(token: str) -> Invitation | None:
    """The invitation of that token, open or not. Whoever holds the token may know its group."""
    found = Invitation.objects.select_related("group__subject", "made_by__school")
    return found.filter(token=token).first()


def with_member_counts(groups: GroupQuerySet) -> GroupQuerySet:
    """Add `member_count`, the people in each group today."""
    members = Membership.objects.current().as_members().filter(group=OuterRef("pk"))
    counted = members.order_by().values("group").annotate(n=Count("pk")).values("n")
    return groups.annotate(member_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def member_count(group: Group) -> int:
    """The people in the group today."""
    return group.memberships.current().as_members().count()


@dataclass(frozen=True)
class Offices:
    """Who serves a group beside being a member, the board in the order of its offices."""

    board: list[Membership]
    guides: list[Membership]
    coming: list[Membership]

    @property
    def term(self) -> Membership | None:
        """A seat whose term and SK are those of the whole board; none when they differ."""
        terms = {(seat.ends_on, seat.decree) for seat in self.board}
        return self.board[0] if len(terms) == 1 else None


def offices_of(group: Group) -> Offices:
    """Today's board and guides, and a board that was appointed for later."""
    today, order = timezone.localdate(), list(Role)
    seats = group.memberships.exclude(role=Role.MEMBER).exclude(ends_on__lt=today)
    ranked = sorted(
        seats.select_related("user__school").order_by("user__name", "pk"),
        key=lambda seat: order.index(Role(seat.role)),
    )
    begun = [seat for seat in ranked if seat.starts_on <= today]
    return Offices(
        board=[seat for seat in begun if seat.role in BOARD],
        guides=[seat for seat in begun if seat.role in GUIDES],
        coming=[seat for seat in ranked if seat.starts_on > today],
    )


def offices_among(group: Group, people: Iterable[int]) -> dict[int, list[Membership]]:
    """What these people hold beside membership today, by the person's id."""
    held = defaultdict(list)
    offices = group.memberships.current().filter(role__in=BOARD | GUIDES, user__in=people)
    for seat in offices.order_by("pk"):
        held[seat.user_id].append(seat)
    return dict(held)


def owed_by(user: User, now: datetime) -> list[Owed]:
    """What a board owes its group: an answer to who asks to join, and a cycle that runs."""
    board = board_groups_of(user)
    if not board:
        return []
    groups = {seat.group_id: seat.group for seat in seats(user) if seat.group_id in board}
    return [*_joins_owed(groups), *_cycles_owed(groups, now)]


def _joins_owed(groups: dict[int, Group]) -> list[Owed]:
    waiting = JoinRequest.objects.waiting().filter(group__in=groups)
    counted = waiting.order_by().values("group").annotate(n=Count("pk"), newest=Max("pk"))
    return [
        Owed(
            key=f"join-requests:{row['newest']}",
            stage="s",
            verb=_("Putuskan"),
            rest=ngettext(
                "%(count)s permintaan bergabung di %(group)s",
                "%(count)s permintaan bergabung di %(group)s",
                row["n"],
            )
            % {"count": row["n"], "group": groups[row["group"]]},
            url=groups[row["group"]].get_absolute_url() + "#permintaan",
        )
        for row in counted
    ]


def _cycles_owed(groups: dict[int, Group], now: datetime) -> list[Owed]:
    is_open = Q(closed_at=None)
    cycles = Cycle.objects.filter(group__in=groups).order_by().values("group")
    latest = {
        row["group"]: row
        for row in cycles.annotate(
            last=Max("number"),
            running=Max("pk", filter=is_open),
            ends_on=Max("ends_on", filter=is_open),
            held=Max("sessions_held", filter=is_open),
        )
    }
    owed, today = [], timezone.localdate(now)
    for pk, group in groups.items():
        row = latest.get(pk)
        if row is None or row["running"] is None:
            last = row["last"] if row else 0
            owed.append(
                Owed(
                    key=f"open-cycle:{pk}:{last}",
                    stage="s",
                    verb=_("Buka"),
                    rest=_("siklus ke-%(number)s %(group)s") % {"number": last + 1, "group": group},
                    url=reverse("open-cycle", args=[pk]),
                )
            )
        elif row["ends_on"] < today and row["held"]:
            owed.append(
                Owed(
                    key=f"close-cycle:{row['running']}",
                    stage="t",
                    verb=_("Tutup"),
                    rest=_("siklus %(group)s dengan refleksi singkat") % {"group": group},
                    url=reverse("close-cycle", args=[row["running"]]),
                )
            )
    return owed
