"""What is told of who is let in, of who joins a group and serves it, and of its cycles."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.events import LetIn
from accounts.models import User
from activity.events import on
from groups.events import (
    BoardHandedOver,
    CycleClosed,
    CycleOpened,
    GuideAppointed,
    JoinAsked,
    JoinDecided,
    PersonJoined,
)
from groups.models import Cycle, Group, JoinRequest, Membership
from notifications.handlers.audience import board_of, members_of
from notifications.models import Notice
from notifications.services import tell


@on(LetIn)
def welcome(event: LetIn) -> None:
    person = User.objects.get(pk=event.user_id)
    tell(
        [person],
        Notice.Kind.GROUP,
        lambda: _("Selamat datang di Smart MGMP. Semua halaman kini terbuka bagi Bapak/Ibu."),
        url=reverse("home"),
    )


@on(JoinAsked)
def tell_board_who_asks(event: JoinAsked) -> None:
    request = JoinRequest.objects.select_related("user", "group").get(pk=event.request_id)
    tell(
        board_of(request.group),
        Notice.Kind.GROUP,
        lambda: (
            _("%(person)s meminta bergabung di %(group)s.")
            % {"person": request.user, "group": request.group}
        ),
        url=request.group.get_absolute_url(),
    )


@on(JoinDecided)
def tell_who_asked(event: JoinDecided) -> None:
    request = JoinRequest.objects.select_related("user", "group").get(pk=event.request_id)

    def words() -> str:
        if request.accepted:
            return _("Selamat datang di %(group)s.") % {"group": request.group}
        return _(
            "Permintaan bergabung di %(group)s belum diterima. Silakan hubungi pengurusnya."
        ) % {"group": request.group}

    tell([request.user], Notice.Kind.GROUP, words, url=request.group.get_absolute_url())


@on(PersonJoined)
def tell_board_who_joined(event: PersonJoined) -> None:
    group = Group.objects.get(pk=event.group_id)
    person = User.objects.get(pk=event.user_id)
    asked = group.join_requests.filter(user=person, accepted=True).order_by("-pk").first()
    knows = {person.pk, asked.decided_by_id if asked else None}
    tell(
        [member for member in board_of(group) if member.pk not in knows],
        Notice.Kind.GROUP,
        lambda: _("%(person)s bergabung di %(group)s.") % {"person": person, "group": group},
        url=group.get_absolute_url(),
    )


@on(BoardHandedOver)
def tell_new_board(event: BoardHandedOver) -> None:
    group = Group.objects.get(pk=event.group_id)
    seats = group.memberships.on_board().select_related("user").order_by("-starts_on", "user")
    term = [seat for seat in seats if seat.starts_on == seats[0].starts_on]
    for seat in term:
        if seat.user_id != event.actor_id:
            _tell_of_office(seat, group)


@on(GuideAppointed)
def tell_guide(event: GuideAppointed) -> None:
    seat = Membership.objects.select_related("user", "group").get(pk=event.membership_id)
    _tell_of_office(seat, seat.group)


def _tell_of_office(seat: Membership, group: Group) -> None:
    tell(
        [seat.user],
        Notice.Kind.GROUP,
        lambda: (
            _("Bapak/Ibu ditetapkan sebagai %(role)s %(group)s.")
            % {"role": seat.get_role_display().lower(), "group": group}
        ),
        url=group.get_absolute_url(),
    )


@on(CycleOpened)
def tell_members_of_cycle(event: CycleOpened) -> None:
    cycle = Cycle.objects.select_related("group").get(pk=event.cycle_id)
    tell(
        members_of(cycle.group, but=event.actor_id),
        Notice.Kind.GROUP,
        lambda: _("%(cycle)s dimulai di %(group)s.") % {"cycle": cycle, "group": cycle.group},
        url=cycle.get_absolute_url(),
    )


@on(CycleClosed)
def tell_members_what_cycle_brought(event: CycleClosed) -> None:
    cycle = Cycle.objects.select_related("group").get(pk=event.cycle_id)
    tell(
        members_of(cycle.group, but=event.actor_id),
        Notice.Kind.GROUP,
        lambda: _("%(cycle)s ditutup. Silakan baca refleksinya.") % {"cycle": cycle},
        url=cycle.get_absolute_url(),
    )
