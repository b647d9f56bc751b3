"""What each service of groups changes, and that a refusal changes nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from groups import services
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership, Stage
from groups.roles import Role
from groups.rules import board_groups_of, groups_of
from schools.models import Level
from tests import make

pytestmark = pytest.mark.django_db


def happened() -> list[str]:
    """The names of what was recorded, in order."""
    return [name.removeprefix("groups.") for name in Entry.objects.values_list("name", flat=True)]


def held(group: Group, **of: Any) -> set[tuple[str, str]]:
    """Who holds which role in the group today."""
    seats = group.memberships.current().filter(**of).select_related("user")
    return {(seat.user.username, seat.role) for seat in seats}


def again(user: User) -> User:
    """The same person in another request."""
    return User.objects.get(pk=user.pk)


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


def words(**changes: Any) -> Any:
    return {
        "kind": Group.Kind.MGMP,
        "name": "MGMP Matematika SMP",
        "code": "MGMP-MTK",
        "subject": make.subject(),
        "level": Level.SMP,
        "regency": make.district().regency,
        "governing_body": "Dinas Pendidikan Kabupaten Luwu Utara",
        **changes,
    }


# --- the group ----------------------------------------------------------------------------------
def test_create_group_makes_its_first_chair_a_member_too():
    officer, chair = make.officer(), make.newcomer()

    group = services.create_group(
        by=officer, chair=chair, ends_on=day(700), decree="421/7/2026", **words()
    )

    assert held(group) == {(chair.username, "member"), (chair.username, "chair")}
    office = group.memberships.get(role=Role.CHAIR)
    assert (office.starts_on, office.ends_on, office.decree) == (day(0), day(700), "421/7/2026")
    assert again(chair).approved_at is not None
    assert board_groups_of(chair) == {group.pk}
    assert happened() == ["PersonJoined", "GroupCreated"]


def test_create_group_by_a_teacher_changes_nothing():
    teacher = make.person()

    with pytest.raises(PermissionDenied, match="Dinas Pendidikan"):
        services.create_group(by=teacher, chair=teacher, **words())

    assert not Group.objects.exists()
    assert happened() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"subject": None}, "subject"), ({"name": ""}, "name"), ({"code": ""}, "code")],
)
def test_create_group_with_wrong_words_saves_nothing(changes: dict[str, Any], field: str):
    officer = make.officer()

    with pytest.raises(ValidationError) as refused:
        services.create_group(by=officer, chair=make.person(), **words(**changes))

    assert list(refused.value.message_dict) == [field]
    assert not Group.objects.exists()


def test_edit_group_by_its_board_changes_only_what_was_said():
    group = make.group()
    chair = make.chair(group)

    services.edit_group(group, by=chair, letterhead="MGMP IPA SMP\nKabupaten Luwu Utara", weekday=3)

    group.refresh_from_db()
    assert (group.letterhead, group.weekday) == ("MGMP IPA SMP\nKabupaten Luwu Utara", 3)
    assert group.level == Level.SMP
    assert happened() == ["GroupEdited"]


def test_edit_group_by_a_member_changes_nothing():
    group = make.group()

    with pytest.raises(PermissionDenied, match="pengurus"):
        services.edit_group(group, by=make.member(group), name="Lain")

    group.refresh_from_db()
    assert group.name != "Lain"


# --- coming in ----------------------------------------------------------------------------------
def test_make_invitation_twice_by_one_form_makes_one():
    group, submission = make.group(), uuid4()
    chair = make.chair(group)

    first = services.make_invitation(group, by=chair, submission=submission)
    second = services.make_invitation(group, by=chair, submission=submission)

    assert first == second
    assert group.invitations.count() == 1
    assert first.is_open(timezone.now() + timedelta(days=13))
    assert not first.is_open(timezone.now() + timedelta(days=15))
    assert happened() == ["InvitationMade"]


def test_make_invitation_by_a_member_or_for_the_past_makes_none():
    group = make.group()
    past = timezone.now() - timedelta(minutes=1)

    with pytest.raises(PermissionDenied, match="pengurus"):
        services.make_invitation(group, by=make.member(group))
    with pytest.raises(ValidationError, match="sudah lewat"):
        services.make_invitation(group, by=make.chair(group), expires_at=past)

    assert not Invitation.objects.exists()


def test_revoke_invitation_closes_the_link_once():
    invitation = make.invitation()
    chair = invitation.made_by

    services.revoke_invitation(invitation, by=chair)

    assert not invitation.is_open(timezone.now())
    with pytest.raises(PermissionDenied, match="tidak berlaku"):
        services.revoke_invitation(invitation, by=chair)
    assert happened() == ["InvitationMade", "InvitationRevoked"]


def test_accept_invitation_lets_a_newcomer_in_from_today():
    invitation, newcomer = make.invitation(), make.newcomer()
    request = services.ask_to_join(invitation.group, by=newcomer)

    seat = services.accept_invitation(invitation, by=newcomer)

    assert (seat.role, seat.starts_on, seat.ends_on) == ("member", day(0), None)
    assert newcomer.approved_at == again(newcomer).approved_at is not None
    assert groups_of(newcomer) == {invitation.group_id}
    invitation.refresh_from_db()
    assert invitation.uses == 1
    request.refresh_from_db()
    assert (request.accepted, request.decided_by) == (True, invitation.made_by)
    assert happened() == ["InvitationMade", "JoinAsked", "PersonJoined"]


@pytest.mark.parametrize("state", ["expired", "revoked", "stale page"])
def test_accept_invitation_that_closed_changes_nothing(state: str):
    invitation, newcomer = make.invitation(), make.newcomer()
    if state == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        invitation.refresh_from_db()
    elif state == "revoked":
        services.revoke_invitation(invitation, by=invitation.made_by)
    else:
        other = Invitation.objects.get(pk=invitation.pk)
        services.revoke_invitation(other, by=invitation.made_by)

    with pytest.raises(PermissionDenied, match="sudah tidak berlaku"):
        services.accept_invitation(invitation, by=newcomer)

    assert groups_of(again(newcomer)) == frozenset()
    assert again(newcomer).approved_at is None
    assert Invitation.objects.get().uses == 0


def test_accept_invitation_twice_makes_one_membership():
    invitation, person = make.invitation(), make.person()
    services.accept_invitation(invitation, by=person)

    with pytest.raises(PermissionDenied, match="sudah menjadi anggota"):
        services.accept_invitation(invitation, by=person)

    assert person.memberships.count() == 1
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_coming_back_on_the_day_of_leaving_takes_up_the_old_membership():
    invitation = make.invitation()
    member = make.member(invitation.group)
    services.leave_group(invitation.group, by=member)

    services.accept_invitation(invitation, by=member)

    seat = member.memberships.get()
    assert (seat.starts_on, seat.ends_on) == (day(-30), None)


def test_coming_back_later_begins_a_new_membership():
    invitation = make.invitation()
    member = make.member(invitation.group)
    member.memberships.update(ends_on=day(-1))

    services.accept_invitation(invitation, by=again(member))

    starts = member.memberships.order_by("pk").values_list("starts_on", "ends_on")
    assert list(starts) == [(day(-30), day(-1)), (day(0), None)]
    assert invitation.group.memberships.current().as_members().filter(user=member).count() == 1


def test_ask_to_join_waits_for_the_board_once():
    group, newcomer = make.group(), make.newcomer()

    request = services.ask_to_join(group, by=newcomer, message="Saya mengajar di SMPN 3 Seko.")

    with pytest.raises(ValidationError, match="sudah menunggu"):
        services.ask_to_join(group, by=newcomer)
    assert list(JoinRequest.objects.waiting()) == [request]
    assert happened() == ["JoinAsked"]


def test_ask_to_join_by_a_member_asks_nothing():
    group = make.group()

    with pytest.raises(PermissionDenied, match="sudah menjadi anggota"):
        services.ask_to_join(group, by=make.member(group))

    assert not JoinRequest.objects.exists()


def test_decide_join_accepting_lets_the_person_in():
    request = make.join_request()
    chair = make.chair(request.group)

    services.decide_join(request, by=chair, accepted=True)

    request.refresh_from_db()
    assert (request.accepted, request.decided_by) == (True, chair)
    assert held(request.group, user=request.user) == {(request.user.username, "member")}
    assert again(request.user).approved_at is not None
    assert happened() == ["JoinAsked", "PersonJoined", "JoinDecided"]


def test_decide_join_declining_lets_nobody_in_and_allows_a_new_request():
    request = make.join_request()

    services.decide_join(request, by=make.chair(request.group), accepted=False)

    assert groups_of(again(request.user)) == frozenset()
    assert again(request.user).approved_at is None
    assert services.ask_to_join(request.group, by=request.user) != request


def test_decide_join_by_a_second_board_member_is_refused_in_words():
    request = make.join_request()
    stale = JoinRequest.objects.get(pk=request.pk)
    services.decide_join(request, by=make.chair(request.group), accepted=False)

    with pytest.raises(PermissionDenied, match="sudah diputuskan"):
        services.decide_join(stale, by=make.member(request.group, Role.SECRETARY), accepted=True)

    assert JoinRequest.objects.get().accepted is False
    assert groups_of(again(request.user)) == frozenset()


def test_decide_join_by_a_board_whose_term_ended_yesterday_changes_nothing():
    request = make.join_request()
    chair = make.chair(request.group)
    chair.memberships.filter(role=Role.CHAIR).update(ends_on=day(-1))

    with pytest.raises(PermissionDenied, match="pengurus"):
        services.decide_join(request, by=chair, accepted=True)

    assert JoinRequest.objects.waiting().count() == 1


def test_a_term_that_ends_today_still_counts_today():
    request = make.join_request()
    chair = make.chair(request.group)
    chair.memberships.filter(role=Role.CHAIR).update(ends_on=day(0))

    services.decide_join(request, by=chair, accepted=True)

    assert request.accepted is True


def test_leave_group_ends_membership_and_guiding_with_this_day():
    group = make.group()
    guide = make.member(group, Role.CORE_TEACHER)

    services.leave_group(group, by=guide)

    assert set(guide.memberships.values_list("role", "ends_on")) == {
        ("member", day(0)),
        ("core_teacher", day(0)),
    }
    assert groups_of(guide) == {group.pk}
    assert happened() == ["PersonLeft"]
    with pytest.raises(PermissionDenied, match="bukan anggota"):
        services.leave_group(group, by=guide)


def test_leave_group_by_a_chair_or_by_who_will_be_one_changes_nothing():
    group = make.group()
    chair, next_chair = make.chair(group), make.member(group)
    make_next = {"starts_on": day(3), "ends_on": day(365), "decree": "SK 2"}
    services.hand_over_board(group, by=chair, chair=next_chair, **make_next)

    for person in (chair, next_chair):
        with pytest.raises(PermissionDenied, match="Serahkan dulu"):
            services.leave_group(group, by=person)

    assert not group.memberships.as_members().exclude(ends_on=None).exists()


# --- offices ------------------------------------------------------------------------------------
def test_hand_over_board_ends_the_former_offices_and_keeps_memberships():
    group = make.group()
    chair, secretary = make.chair(group), make.member(group, Role.SECRETARY)
    successor = make.member(group)
    make.member(group)

    board = services.hand_over_board(
        group,
        by=chair,
        chair=successor,
        secretary=chair,
        starts_on=day(0),
        ends_on=day(365),
        decree="421.3/88/2026",
    )

    assert held(group, role__in=["chair", "secretary", "treasurer"]) == {
        (successor.username, "chair"),
        (chair.username, "secretary"),
    }
    assert {(seat.ends_on, seat.decree) for seat in board} == {(day(365), "421.3/88/2026")}
    assert secretary.memberships.get(role=Role.SECRETARY).ends_on == day(-1)
    assert groups_of(again(secretary)) == {group.pk}
    assert board_groups_of(again(secretary)) == frozenset()
    assert happened() == ["BoardHandedOver"]


def test_hand_over_board_to_come_keeps_the_present_board_until_then():
    group = make.group()
    chair, successor = make.chair(group), make.member(group)

    services.hand_over_board(
        group, by=chair, chair=successor, starts_on=day(10), ends_on=day(375), decree="SK 2"
    )

    assert chair.memberships.get(role=Role.CHAIR).ends_on == day(9)
    assert board_groups_of(again(chair)) == {group.pk}
    assert board_groups_of(again(successor)) == frozenset()


def test_hand_over_board_again_on_the_same_day_corrects_the_slip():
    group = make.group()
    chair, wrong, right = make.chair(group), make.member(group), make.member(group)
    term = {"starts_on": day(0), "ends_on": day(365), "decree": "SK 2"}
    services.hand_over_board(group, by=chair, chair=wrong, **term)

    services.hand_over_board(group, by=again(wrong), chair=right, **term)

    assert held(group, role="chair") == {(right.username, "chair")}
    assert not wrong.memberships.filter(role=Role.CHAIR).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decree": " "}, "decree"),
        ({"starts_on": day(0), "ends_on": day(0)}, "ends_on"),
        ({"starts_on": day(-20), "ends_on": day(-1)}, "ends_on"),
        ({"starts_on": day(-60)}, "starts_on"),
        ({"chair": "a stranger"}, "chair"),
        ({"treasurer": "a stranger"}, "treasurer"),
    ],
)
def test_hand_over_board_with_wrong_words_changes_nothing(changes: dict[str, Any], field: str):
    group = make.group()
    chair, successor = make.chair(group), make.member(group)
    before = held(group)
    given: dict[str, Any] = {
        "chair": successor,
        "starts_on": day(0),
        "ends_on": day(365),
        "decree": "SK 2",
        **{
            name: make.person() if value == "a stranger" else value
            for name, value in changes.items()
        },
    }

    with pytest.raises(ValidationError) as refused:
        services.hand_over_board(group, by=chair, **given)

    assert list(refused.value.message_dict) == [field]
    assert held(group) == before
    assert happened() == []


def test_hand_over_board_by_the_dinas_when_the_term_ran_out():
    group = make.group()
    chair, successor = make.chair(group), make.member(group)
    chair.memberships.filter(role=Role.CHAIR).update(ends_on=day(-1))
    term = {"starts_on": day(0), "ends_on": day(365), "decree": "SK 2"}

    with pytest.raises(PermissionDenied, match="pengurus kelompok atau Dinas"):
        services.hand_over_board(group, by=chair, chair=successor, **term)
    services.hand_over_board(group, by=make.officer(), chair=successor, **term)

    assert held(group, role="chair") == {(successor.username, "chair")}


def test_a_chair_who_handed_over_in_another_tab_can_no_longer_act():
    group = make.group()
    chair, successor = make.chair(group), make.member(group)
    assert board_groups_of(chair) == {group.pk}
    services.hand_over_board(
        group,
        by=again(chair),
        chair=successor,
        starts_on=day(0),
        ends_on=day(365),
        decree="SK 2",
    )

    with pytest.raises(PermissionDenied, match="pengurus"):
        services.make_invitation(group, by=chair)

    assert not Invitation.objects.exists()


def test_appoint_guide_comes_beside_membership_and_dismiss_ends_it():
    group = make.group()
    chair, member = make.chair(group), make.member(group)

    seat = services.appoint_guide(
        group, by=chair, person=member, role=Role.INSTRUCTOR, decree="SK 9"
    )

    assert held(group, user=member) == {
        (member.username, "member"),
        (member.username, "instructor"),
    }
    services.dismiss_guide(seat, by=chair)
    assert member.memberships.get(role=Role.INSTRUCTOR).ends_on == day(0)
    assert member.memberships.get(role=Role.MEMBER).ends_on is None
    with pytest.raises(PermissionDenied, match="sudah berakhir"):
        services.dismiss_guide(seat, by=chair)
    assert happened() == ["GuideAppointed", "GuideDismissed"]


def test_appoint_guide_of_a_stranger_twice_or_to_an_office_changes_nothing():
    group = make.group()
    chair, guide = make.chair(group), make.member(group, Role.CORE_TEACHER)

    with pytest.raises(ValidationError, match="bukan anggota"):
        services.appoint_guide(group, by=chair, person=make.person(), role=Role.INSTRUCTOR)
    with pytest.raises(ValidationError, match="sudah memegang"):
        services.appoint_guide(group, by=chair, person=guide, role=Role.CORE_TEACHER)
    with pytest.raises(ValidationError, match="guru inti atau instruktur"):
        services.appoint_guide(group, by=chair, person=guide, role=Role.TREASURER)
    with pytest.raises(PermissionDenied, match="pengurus"):
        services.appoint_guide(group, by=guide, person=guide, role=Role.INSTRUCTOR)

    assert group.memberships.exclude(role=Role.MEMBER).count() == 2


def test_dismiss_guide_cannot_end_an_office():
    group = make.group()
    chair = make.chair(group)

    with pytest.raises(PermissionDenied, match="guru inti dan instruktur"):
        services.dismiss_guide(chair.memberships.get(role=Role.CHAIR), by=chair)

    assert board_groups_of(again(chair)) == {group.pk}


# --- cycles -------------------------------------------------------------------------------------
def cycle_words(**changes: Any) -> Any:
    return {
        "theme": "Bertanya di kelas IPA",
        "problem": "Murid jarang bertanya.",
        "starts_on": day(0),
        "ends_on": day(40),
        **changes,
    }


def test_open_cycle_counts_up_in_its_group_and_once_for_one_form():
    group, submission = make.group(), uuid4()
    chair = make.chair(group)
    first = services.open_cycle(group, by=chair, **cycle_words())
    services.count_in_cycle(first.pk, Stage.MODELLING)
    services.close_cycle(first, by=chair, reflection="Murid mulai bertanya.")

    second = services.open_cycle(group, by=chair, submission=submission, **cycle_words())
    same = services.open_cycle(group, by=chair, submission=submission, **cycle_words())

    assert (first.number, second.number) == (1, 2)
    assert same == second
    assert happened() == ["CycleOpened", "CycleClosed", "CycleOpened"]


def test_open_cycle_while_one_runs_opens_none():
    running = make.cycle()
    chair = make.chair(running.group)

    with pytest.raises(ValidationError, match="masih punya siklus"):
        services.open_cycle(running.group, by=chair, **cycle_words())

    assert list(Cycle.objects.all()) == [running]


def test_open_cycle_by_a_member_or_with_wrong_dates_opens_none():
    group = make.group()

    with pytest.raises(PermissionDenied, match="pengurus"):
        services.open_cycle(group, by=make.member(group), **cycle_words())
    with pytest.raises(ValidationError, match="berakhir sebelum mulai"):
        services.open_cycle(group, by=make.chair(group), **cycle_words(ends_on=day(-1)))

    assert not Cycle.objects.exists()


def test_edit_cycle_keeps_what_was_not_said_until_it_is_closed():
    cycle = make.cycle()
    chair = make.chair(cycle.group)

    services.edit_cycle(cycle, by=chair, theme="Menalar dengan data")

    cycle.refresh_from_db()
    assert (cycle.theme, cycle.problem) == ("Menalar dengan data", "Murid jarang bertanya.")
    services.count_in_cycle(cycle.pk, Stage.MODELLING)
    services.close_cycle(cycle, by=chair, reflection="Selesai.")
    with pytest.raises(PermissionDenied, match="sudah ditutup"):
        services.edit_cycle(cycle, by=chair, theme="Lain")
    cycle.refresh_from_db()
    assert cycle.theme == "Menalar dengan data"


def test_close_cycle_needs_a_held_session_and_a_reflection_and_is_done_once():
    cycle = make.cycle()
    chair = make.chair(cycle.group)

    with pytest.raises(PermissionDenied, match="Belum ada sesi"):
        services.close_cycle(cycle, by=chair, reflection="Murid mulai bertanya.")
    services.count_in_cycle(cycle.pk, Stage.MODELLING)
    with pytest.raises(ValidationError, match="refleksi singkat"):
        services.close_cycle(cycle, by=chair, reflection="  ")
    assert Cycle.objects.get().closed_at is None

    services.close_cycle(cycle, by=chair, reflection="Murid mulai bertanya.")

    assert cycle.reflection == "Murid mulai bertanya."
    with pytest.raises(PermissionDenied, match="sudah ditutup"):
        services.close_cycle(cycle, by=chair, reflection="Lagi.")
    assert happened() == ["CycleClosed"]


def test_count_in_cycle_moves_the_stage_and_takes_back():
    cycle = make.cycle()

    services.count_in_cycle(cycle.pk, Stage.SHARING)
    services.count_in_cycle(cycle.pk, Stage.SHARING)
    services.count_in_cycle(cycle.pk, Stage.SHARING, -1)
    services.count_in_cycle(None, Stage.MODELLING)

    cycle.refresh_from_db()
    assert list(cycle.counts.values()) == [1, 0, 0, 0, 0]
    assert cycle.stage == Stage.MODELLING


def test_memberships_are_kept_by_their_dates():
    group = make.group()
    member = make.member(group)
    member.memberships.update(starts_on=day(-10), ends_on=day(-2))

    on = {n: Membership.objects.current(day(n)).exists() for n in (-11, -10, -2, -1)}

    assert on == {-11: False, -10: True, -2: True, -1: False}


def test_invitation_sent_with_the_mark_of_another_groups_is_refused_in_words():
    one, two = make.group(), make.group()
    mark = uuid4()
    services.make_invitation(one, by=make.chair(one), submission=mark)

    with pytest.raises(ValidationError):
        services.make_invitation(two, by=make.chair(two), submission=mark)

    assert not two.invitations.exists()
