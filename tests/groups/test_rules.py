"""Every rule of groups as a table: who × state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from groups import rules, services
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership, Stage
from groups.roles import Role
from tests import make

pytestmark = pytest.mark.django_db

NO_BOARD = "Hanya pengurus kelompok yang dapat melakukan ini."
NO_EDIT = "Hanya pengurus kelompok atau Dinas yang dapat mengubah data kelompok."
NO_HAND_OVER = "Hanya pengurus kelompok atau Dinas yang dapat mencatat serah terima jabatan."
IS_MEMBER = "Bapak/Ibu sudah menjadi anggota kelompok ini."
NO_MEMBER = "Bapak/Ibu bukan anggota kelompok ini."
OFFICE = "Serahkan dulu jabatan pengurus sebelum keluar dari kelompok."
SHUT = "Undangan ini sudah tidak berlaku."
SHUT_FOR_GOOD = "Undangan ini sudah tidak berlaku. Minta tautan baru kepada pengurus kelompok."
DECIDED = "Permintaan ini sudah diputuskan."
CLOSED = "Siklus ini sudah ditutup."
NO_SESSION = "Belum ada sesi yang terlaksana dalam siklus ini."


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


def ended(user: User, offset: int, *roles: Role) -> User:
    user.memberships.filter(role__in=roles or list(Role)).update(ends_on=day(offset))
    return user


def someone(who: str, group: Group) -> User:
    """The person of that name, seen from the group, fresh from the database."""
    people = {
        "chair": lambda: make.chair(group),
        "secretary": lambda: make.member(group, Role.SECRETARY),
        "treasurer": lambda: make.member(group, Role.TREASURER),
        "chair until today": lambda: ended(make.chair(group), 0, Role.CHAIR),
        "chair until yesterday": lambda: ended(make.chair(group), -1, Role.CHAIR),
        "core teacher": lambda: make.member(group, Role.CORE_TEACHER),
        "instructor": lambda: make.member(group, Role.INSTRUCTOR),
        "member": lambda: make.member(group),
        "member until today": lambda: ended(make.member(group), 0),
        "member until yesterday": lambda: ended(make.member(group), -1),
        "other chair": lambda: make.chair(make.group()),
        "officer": make.officer,
        "admin": lambda: User.objects.create_superuser(username="admin", name="Admin"),
        "supervisor": lambda: make.supervisor(make.school()),
        "teacher": make.person,
        "newcomer": make.newcomer,
    }
    return User.objects.get(pk=people[who]().pk)


def against(verdict) -> list[str]:
    return [str(reason) for reason in verdict.reasons]


# --- who reads ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "members", "cycles", "invitations", "requests"),
    [
        ("chair", True, True, True, True),
        ("chair until today", True, True, True, True),
        ("chair until yesterday", True, True, False, False),
        ("secretary", True, True, True, True),
        ("core teacher", True, True, False, False),
        ("member", True, True, False, False),
        ("member until today", True, True, False, False),
        ("member until yesterday", False, False, False, False),
        ("other chair", False, False, False, False),
        ("officer", True, True, False, False),
        ("supervisor", False, False, False, False),
        ("teacher", False, False, False, False),
        ("newcomer", False, False, False, False),
    ],
)
def test_who_reads_what_of_a_group(who, members, cycles, invitations, requests):
    cycle = make.cycle()
    group = cycle.group
    member = make.member(group)
    invitation = make.invitation(to=group)
    request = make.join_request(to=group)
    user = someone(who, group)
    seat = member.memberships.get()

    assert Group.objects.visible_to(user).contains(group)
    assert rules.reads_members(user, group) is members
    assert Membership.objects.visible_to(user).contains(seat) is members
    assert Cycle.objects.visible_to(user).contains(cycle) is cycles
    assert Invitation.objects.visible_to(user).contains(invitation) is invitations
    assert JoinRequest.objects.visible_to(user).contains(request) is requests


def test_people_read_their_own_requests_and_memberships_also_past_ones():
    request = make.join_request()
    gone = someone("member until yesterday", request.group)

    assert list(JoinRequest.objects.visible_to(request.user)) == [request]
    assert list(Membership.objects.visible_to(gone)) == list(gone.memberships.all())


# --- who is what --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "in_group", "on_board", "guides"),
    [
        ("chair", True, True, False),
        ("chair until today", True, True, False),
        ("chair until yesterday", True, False, False),
        ("treasurer", True, True, False),
        ("core teacher", True, False, True),
        ("instructor", True, False, True),
        ("member", True, False, False),
        ("member until today", True, False, False),
        ("member until yesterday", False, False, False),
        ("officer", False, False, False),
    ],
)
def test_seats_hold_from_their_first_to_their_last_day(who, in_group, on_board, guides):
    group = make.group()
    user = someone(who, group)

    assert rules.groups_of(user) == ({group.pk} if in_group else frozenset())
    assert rules.board_groups_of(user) == ({group.pk} if on_board else frozenset())
    assert rules.guided_groups_of(user) == ({group.pk} if guides else frozenset())


def test_seats_are_asked_for_once_until_forgotten(django_assert_num_queries):
    user = make.member(make.group())

    with django_assert_num_queries(1):
        rules.groups_of(user)
        rules.board_groups_of(user)
    rules.forget_seats(user)
    with django_assert_num_queries(1):
        rules.groups_of(user)


# --- who changes --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "reasons"),
    [
        ("officer", []),
        ("admin", []),
        ("chair", ["Kelompok baru hanya dapat dibuat oleh Dinas Pendidikan."]),
        ("supervisor", ["Kelompok baru hanya dapat dibuat oleh Dinas Pendidikan."]),
        ("newcomer", ["Kelompok baru hanya dapat dibuat oleh Dinas Pendidikan."]),
    ],
)
def test_may_create_group(who: str, reasons: list[str]):
    assert against(rules.may_create_group(someone(who, make.group()))) == reasons


@pytest.mark.parametrize(
    ("who", "run", "edit", "hand_over"),
    [
        ("chair", [], [], []),
        ("secretary", [], [], []),
        ("treasurer", [], [], []),
        ("chair until today", [], [], []),
        ("chair until yesterday", [NO_BOARD], [NO_EDIT], [NO_HAND_OVER]),
        ("core teacher", [NO_BOARD], [NO_EDIT], [NO_HAND_OVER]),
        ("member", [NO_BOARD], [NO_EDIT], [NO_HAND_OVER]),
        ("other chair", [NO_BOARD], [NO_EDIT], [NO_HAND_OVER]),
        ("officer", [NO_BOARD], [], []),
        ("supervisor", [NO_BOARD], [NO_EDIT], [NO_HAND_OVER]),
        ("newcomer", [NO_BOARD], [NO_EDIT], [NO_HAND_OVER]),
    ],
)
def test_may_run_edit_and_hand_over(who, run, edit, hand_over):
    group = make.group()
    user = someone(who, group)

    assert against(rules.may_run_group(user, group)) == run
    assert against(rules.may_edit_group(user, group)) == edit
    assert against(rules.may_hand_over_board(user, group)) == hand_over


@pytest.mark.parametrize(
    ("who", "reasons"),
    [
        ("chair", []),
        ("secretary", []),
        ("treasurer", []),
        ("chair until today", []),
        *(
            (who, ["Papan ini hanya untuk pengurus kelompok."])
            for who in (
                *("chair until yesterday", "core teacher", "member", "other chair"),
                *("officer", "supervisor", "newcomer"),
            )
        ),
    ],
)
def test_may_read_turnout(who: str, reasons: list[str]):
    group = make.group()

    assert against(rules.may_read_turnout(someone(who, group), group)) == reasons


@pytest.mark.parametrize(
    ("who", "accept", "ask", "leave"),
    [
        ("chair", [IS_MEMBER], [IS_MEMBER], [OFFICE]),
        ("chair until today", [IS_MEMBER], [IS_MEMBER], [OFFICE]),
        ("chair until yesterday", [IS_MEMBER], [IS_MEMBER], []),
        ("core teacher", [IS_MEMBER], [IS_MEMBER], []),
        ("member", [IS_MEMBER], [IS_MEMBER], []),
        ("member until today", [], [], [NO_MEMBER]),
        ("member until yesterday", [], [], [NO_MEMBER]),
        ("other chair", [], [], [NO_MEMBER]),
        ("officer", [], [], [NO_MEMBER]),
        ("newcomer", [], [], [NO_MEMBER]),
    ],
)
def test_may_accept_ask_and_leave(who, accept, ask, leave):
    invitation = make.invitation()
    group = invitation.group
    user = someone(who, group)

    assert against(rules.may_accept_invitation(user, invitation)) == accept
    assert against(rules.may_ask_to_join(user, group)) == ask
    assert against(rules.may_leave_group(user, group)) == leave


@pytest.mark.parametrize(
    ("who", "state", "accept", "revoke"),
    [
        ("newcomer", "open", [], [NO_BOARD]),
        ("newcomer", "revoked", [SHUT_FOR_GOOD], [NO_BOARD, SHUT]),
        ("newcomer", "expired", [SHUT_FOR_GOOD], [NO_BOARD, SHUT]),
        ("member", "open", [IS_MEMBER], [NO_BOARD]),
        ("member", "expired", [SHUT_FOR_GOOD, IS_MEMBER], [NO_BOARD, SHUT]),
        ("secretary", "open", [IS_MEMBER], []),
        ("secretary", "revoked", [SHUT_FOR_GOOD, IS_MEMBER], [SHUT]),
        ("secretary", "expired", [SHUT_FOR_GOOD, IS_MEMBER], [SHUT]),
        ("officer", "open", [], [NO_BOARD]),
    ],
)
def test_may_accept_and_revoke_by_the_state_of_the_invitation(who, state, accept, revoke):
    invitation = make.invitation()
    if state == "revoked":
        services.revoke_invitation(invitation, by=invitation.made_by)
    if state == "expired":
        invitation.expires_at = timezone.now()
        invitation.save()
    user = someone(who, invitation.group)

    assert against(rules.may_accept_invitation(user, invitation)) == accept
    assert against(rules.may_revoke_invitation(user, invitation)) == revoke


@pytest.mark.parametrize(
    ("who", "waiting", "decided"),
    [
        ("chair", [], [DECIDED]),
        ("secretary", [], [DECIDED]),
        ("chair until yesterday", [NO_BOARD], [NO_BOARD, DECIDED]),
        ("member", [NO_BOARD], [NO_BOARD, DECIDED]),
        ("other chair", [NO_BOARD], [NO_BOARD, DECIDED]),
        ("officer", [NO_BOARD], [NO_BOARD, DECIDED]),
        ("newcomer", [NO_BOARD], [NO_BOARD, DECIDED]),
    ],
)
def test_may_decide_join(who: str, waiting: list[str], decided: list[str]):
    request = make.join_request()
    user = someone(who, request.group)

    assert against(rules.may_decide_join(user, request)) == waiting
    services.decide_join(request, by=make.chair(request.group), accepted=False)
    assert against(rules.may_decide_join(user, request)) == decided


@pytest.mark.parametrize(
    ("who", "guides", "dismissed", "holds_office"),
    [
        ("chair", [], ["Tugas ini sudah berakhir."], [1]),
        ("chair until yesterday", [NO_BOARD], [NO_BOARD, "Tugas ini sudah berakhir."], [2]),
        ("member", [NO_BOARD], [NO_BOARD, "Tugas ini sudah berakhir."], [2]),
        ("officer", [NO_BOARD], [NO_BOARD, "Tugas ini sudah berakhir."], [2]),
    ],
)
def test_may_dismiss_guide(who, guides, dismissed, holds_office):
    group = make.group()
    guide = make.member(group, Role.INSTRUCTOR).memberships.get(role=Role.INSTRUCTOR)
    office = make.chair(group).memberships.get(role=Role.CHAIR)
    user = someone(who, group)

    assert against(rules.may_dismiss_guide(user, guide)) == guides
    assert [len(against(rules.may_dismiss_guide(user, office)))] == holds_office
    services.dismiss_guide(guide, by=make.chair(group))
    assert against(rules.may_dismiss_guide(user, guide)) == dismissed


@pytest.mark.parametrize(
    ("who", "state", "change", "close"),
    [
        ("chair", "new", [], [NO_SESSION]),
        ("chair", "session held", [], []),
        ("chair", "closed", [CLOSED], [CLOSED]),
        ("treasurer", "session held", [], []),
        ("chair until yesterday", "session held", [NO_BOARD], [NO_BOARD]),
        ("member", "new", [NO_BOARD], [NO_BOARD, NO_SESSION]),
        ("member", "session held", [NO_BOARD], [NO_BOARD]),
        ("member", "closed", [NO_BOARD, CLOSED], [NO_BOARD, CLOSED]),
        ("officer", "session held", [NO_BOARD], [NO_BOARD]),
        ("other chair", "session held", [NO_BOARD], [NO_BOARD]),
    ],
)
def test_may_change_and_close_cycle(who, state, change, close):
    cycle = make.cycle()
    if state != "new":
        services.count_in_cycle(cycle.pk, Stage.MODELLING)
        cycle.refresh_from_db()
    if state == "closed":
        services.close_cycle(cycle, by=make.chair(cycle.group), reflection="Selesai.")
    user = someone(who, cycle.group)

    assert against(rules.may_change_cycle(user, cycle)) == change
    assert against(rules.may_close_cycle(user, cycle)) == close
