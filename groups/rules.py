"""Who may read and change groups, memberships and cycles, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import is_district_officer
from groups.roles import BOARD, GUIDES, Role

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Cycle, Group, Invitation, JoinRequest, Membership


def seats(user: User) -> list[Membership]:
    """Today's memberships with their groups, asked for once in the life of the request's user."""
    if "_seats" not in user.__dict__:
        current = user.memberships.current().select_related("group").order_by("pk")
        user.__dict__["_seats"] = list(current)
    found: list[Membership] = user.__dict__["_seats"]
    return found


def forget_seats(user: User) -> None:
    """Have the memberships read afresh: they changed, or a lock was taken since."""
    user.__dict__.pop("_seats", None)


def groups_of(user: User) -> frozenset[int]:
    """The ids of the groups that this person belongs to today."""
    return frozenset(seat.group_id for seat in seats(user))


def board_groups_of(user: User) -> frozenset[int]:
    """The ids of the groups on whose board this person serves today."""
    return frozenset(seat.group_id for seat in seats(user) if seat.role in BOARD)


def guided_groups_of(user: User) -> frozenset[int]:
    """The ids of the groups in which this person is guru inti or instruktur today."""
    return frozenset(seat.group_id for seat in seats(user) if seat.role in GUIDES)


def _stays_in(user: User, group_id: int) -> bool:
    """Whether this person's membership has no end; one that ends today may be taken up again."""
    return any(
        seat.group_id == group_id and seat.role == Role.MEMBER and seat.ends_on is None
        for seat in seats(user)
    )


def visible_groups(user: User) -> Q:
    """Everyone signed in: a newcomer must find the group to ask."""
    return Q()


def reads_members(user: User, group: Group) -> bool:
    """Whether this person may read who is in the group: its members and the Dinas may."""
    return group.pk in groups_of(user) or is_district_officer(user)


def visible_memberships(user: User) -> Q:
    """Members of the group, and the Dinas."""
    return Q() if is_district_officer(user) else Q(group__in=groups_of(user)) | Q(user=user)


def visible_invitations(user: User) -> Q:
    """The group's board."""
    return Q(group__in=board_groups_of(user))


def visible_join_requests(user: User) -> Q:
    """Who asked, and the group's board."""
    return Q(user=user) | Q(group__in=board_groups_of(user))


def visible_cycles(user: User) -> Q:
    """Members of the group, and the Dinas, which sees counts but no words of theirs."""
    return Q() if is_district_officer(user) else Q(group__in=groups_of(user))


@rule
def may_create_group(user: User) -> Reasons:
    """The Dinas; and whoever set the platform up, before there is a Dinas account."""
    if not (is_district_officer(user) or user.is_superuser):
        yield _("Kelompok baru hanya dapat dibuat oleh Dinas Pendidikan.")


@rule
def may_run_group(user: User, group: Group) -> Reasons:
    """The board of the group, while its term lasts."""
    if group.pk not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat melakukan ini.")


@rule
def may_read_turnout(user: User, group: Group) -> Reasons:
    """The board: counts, and who may be asked next. The Dinas sees the counts of cycles alone."""
    if group.pk not in board_groups_of(user):
        yield _("Papan ini hanya untuk pengurus kelompok.")


@rule
def may_edit_group(user: User, group: Group) -> Reasons:
    """The board, and the Dinas."""
    if group.pk not in board_groups_of(user) and not is_district_officer(user):
        yield _("Hanya pengurus kelompok atau Dinas yang dapat mengubah data kelompok.")


@rule
def may_hand_over_board(user: User, group: Group) -> Reasons:
    """The board; and the Dinas, since a board whose term ran out can no longer act."""
    if group.pk not in board_groups_of(user) and not is_district_officer(user):
        yield _("Hanya pengurus kelompok atau Dinas yang dapat mencatat serah terima jabatan.")


@rule
def may_dismiss_guide(user: User, seat: Membership) -> Reasons:
    """The board, as long as that person guides."""
    yield from may_run_group(user, seat.group).reasons
    if seat.role not in GUIDES:
        yield _("Hanya tugas guru inti dan instruktur yang diakhiri di sini.")
    if seat.ends_on and seat.ends_on <= timezone.localdate():
        yield _("Tugas ini sudah berakhir.")


@rule
def may_revoke_invitation(user: User, invitation: Invitation) -> Reasons:
    """The board, while the invitation is open."""
    yield from may_run_group(user, invitation.group).reasons
    if not invitation.is_open(timezone.now()):
        yield _("Undangan ini sudah tidak berlaku.")


@rule
def may_accept_invitation(user: User, invitation: Invitation) -> Reasons:
    """Whoever has the link, while it is open."""
    if not invitation.is_open(timezone.now()):
        yield _("Undangan ini sudah tidak berlaku. Minta tautan baru kepada pengurus kelompok.")
    if _stays_in(user, invitation.group_id):
        yield _("Bapak/Ibu sudah menjadi anggota kelompok ini.")


@rule
def may_ask_to_join(user: User, group: Group) -> Reasons:
    """Whoever is not in the group, or leaves it today."""
    if _stays_in(user, group.pk):
        yield _("Bapak/Ibu sudah menjadi anggota kelompok ini.")


@rule
def may_decide_join(user: User, request: JoinRequest) -> Reasons:
    """The board, once."""
    yield from may_run_group(user, request.group).reasons
    if request.decided_at:
        yield _("Permintaan ini sudah diputuskan.")


@rule
def may_leave_group(user: User, group: Group) -> Reasons:
    """A member with no office now or to come: the board is handed over first."""
    if not _stays_in(user, group.pk):
        yield _("Bapak/Ibu bukan anggota kelompok ini.")
    offices = user.memberships.on_board().filter(group=group)
    if offices.exclude(ends_on__lt=timezone.localdate()).exists():
        yield _("Serahkan dulu jabatan pengurus sebelum keluar dari kelompok.")


@rule
def may_change_cycle(user: User, cycle: Cycle) -> Reasons:
    """The board, until the cycle is closed."""
    yield from may_run_group(user, cycle.group).reasons
    if cycle.closed_at:
        yield _("Siklus ini sudah ditutup.")


@rule
def may_close_cycle(user: User, cycle: Cycle) -> Reasons:
    """Whoever may change it, once a session was held."""
    yield from may_change_cycle(user, cycle).reasons
    if not cycle.sessions_held:
        yield _("Belum ada sesi yang terlaksana dalam siklus ini.")
