"""Visits: who plans them, who knows of them, and what follows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from activity.services import relay
from groups.roles import Role
from notifications.models import Notice
from notifications.queries import owed_by
from observations import rules as observation_rules
from observations.queries import owed_by as owed_observations
from reinforcement.rules import may_give_feedback
from sessions import rules, services
from sessions.conflicts import EVERYTHING, cautions_about
from sessions.models import ModelSession, Participation
from sessions.queries import guests_of, occasions_for
from sessions.queries import owed_by as owed_sessions
from tests import make

pytestmark = pytest.mark.django_db


def times(**delta) -> dict[str, object]:
    start = timezone.now() + timedelta(**delta)
    return {"starts_at": start, "ends_at": start + timedelta(minutes=80)}


def test_visit_has_a_teacher_a_pengawas_who_observes_and_no_group():
    visit = make.visit()

    [part] = visit.participations.all()
    assert (visit.group, visit.cycle, visit.is_lesson, visit.lesson_hours) == (None, None, True, 0)
    assert (part.user, part.role, part.answer) == (visit.leader, "observer", "coming")


def test_only_pengawas_of_her_school_plan_a_visit():
    group = make.group()
    teacher = make.member(group)
    others = [
        *(make.supervisor(make.school()), make.chair(group), make.principal(teacher.school)),
        *(make.officer(), make.member(group, Role.CORE_TEACHER), teacher),
    ]

    for person in others:
        with pytest.raises(PermissionDenied):
            make.visit(to=teacher, by=person)

    assert not ModelSession.objects.exists()
    assert make.visit(to=teacher, by=make.supervisor(teacher.school)).teacher == teacher


def test_who_knows_of_a_visit():
    visit = make.visit()
    group = visit.teacher.memberships.get().group
    other = make.supervisor(visit.teacher.school)
    readers = [visit.teacher, visit.leader, other]
    strangers = [
        *(make.chair(group), make.member(group), make.member(group, Role.CORE_TEACHER)),
        *(make.principal(visit.teacher.school), make.officer(), make.supervisor(make.school())),
    ]

    reads = [ModelSession.objects.visible_to(one).contains(visit) for one in readers]
    strange = [ModelSession.objects.visible_to(one).contains(visit) for one in strangers]

    assert (reads, strange) == ([True] * 3, [False] * 6)


def test_group_hears_nothing_of_a_visit_and_owes_nothing():
    visit = make.visit(starts_in=-timedelta(hours=2))
    group = visit.teacher.memberships.get().group
    guide, chair = make.member(group, Role.CORE_TEACHER), make.chair(group)
    services.hold_session(visit, by=visit.leader)
    relay()
    now = timezone.now()

    for person in (guide, chair):
        assert not [one for one in owed_by(person, now) if str(visit) in str(one.rest)]
        assert not observation_rules.may_open_sheet(person, visit)
        assert not may_give_feedback(person, visit)
        assert not rules.may_tick_attendance(person, visit)
    told = set(Notice.objects.values_list("recipient", flat=True))
    assert told <= {visit.teacher_id, visit.leader_id}


def test_teacher_is_told_who_comes_and_when():
    visit = make.visit()
    relay()

    notice = Notice.objects.get(recipient=visit.teacher)
    assert f"{visit.leader} akan berkunjung" in notice.text
    assert notice.session == visit


def test_pengawas_owes_a_sheet_after_a_visit():
    visit = make.visit(starts_in=-timedelta(hours=2))

    [owed] = owed_observations(visit.leader, timezone.now())

    assert owed.key == f"submit-observation:{visit.pk}"


@pytest.mark.parametrize("busy", ["teacher", "leader"])
def test_nobody_is_in_two_places(busy):
    visit = make.visit()
    again = visit.teacher if busy == "teacher" else make.member(make.group())
    if busy == "leader":
        again.school = visit.teacher.school
        again.save()
    by = make.supervisor(again.school) if busy == "teacher" else visit.leader

    with pytest.raises(ValidationError) as refused:
        make.visit(to=again, by=by)

    assert set(refused.value.error_dict) == {busy}


def test_board_learns_of_a_clash_without_what_it_is():
    visit = make.visit()
    group = visit.teacher.memberships.get().group

    with pytest.raises(ValidationError) as refused:
        make.session(of=group, teacher=visit.teacher, starts_in=timedelta(days=3))

    assert visit.title not in str(refused.value)
    assert visit.leader.name not in str(refused.value)


def test_same_submission_plans_one_visit():
    teacher = make.member(make.group())
    by, submission = make.supervisor(teacher.school), uuid4()
    plan = times(days=3) | {"title": "Kunjungan", "school": teacher.school}

    first, second = (
        services.plan_visit(teacher, by=by, submission=submission, despite=EVERYTHING, **plan)
        for _ in range(2)
    )

    assert first == second
    assert ModelSession.objects.count() == 1


def test_who_pays_the_visit_alone_moves_and_cancels_it():
    visit = make.visit()
    others = [visit.teacher, make.supervisor(visit.teacher.school)]

    for person in others:
        with pytest.raises(PermissionDenied):
            services.change_session(visit, by=person, despite=EVERYTHING, **times(days=4))
        with pytest.raises(PermissionDenied):
            services.cancel_session(visit, by=person, reason="Ada rapat.")
    services.change_session(visit, by=visit.leader, despite=EVERYTHING, **times(days=4))
    relay()
    moved = Notice.objects.filter(recipient=visit.teacher, kind="changed").count()
    services.cancel_session(visit, by=visit.leader, reason="Ada rapat.")

    visit.refresh_from_db()
    assert (moved, visit.is_cancelled) == (1, True)


def test_board_cannot_plan_a_visit_for_its_group():
    group = make.group()

    with pytest.raises(ValidationError) as refused:
        services.plan_session(
            group,
            by=make.chair(group),
            kind="visit",
            teacher=make.member(group),
            submission=uuid4(),
            title="Kunjungan",
            **times(days=3),
        )

    assert set(refused.value.error_dict) == {"kind"}


def test_database_holds_that_visits_have_no_group_and_all_else_has_one():
    visit, session = make.visit(), make.session()

    for broken in (visit, session):
        broken.group = session.group if broken is visit else None
        with pytest.raises(IntegrityError), transaction.atomic():
            broken.save()


def test_visit_is_in_the_calendars_of_the_two_alone():
    visit = make.visit()
    group = visit.teacher.memberships.get().group
    now = timezone.now()

    def calendar_of(person, of=None) -> list[ModelSession]:
        return [one for each in occasions_for(person, now, group=of) for one in each.sessions]

    assert calendar_of(visit.teacher) == calendar_of(visit.leader) == [visit]
    assert calendar_of(make.chair(group)) == calendar_of(visit.teacher, group) == []


def test_sheet_focus_and_feedback_belong_to_a_visit_as_to_a_lesson():
    visit = make.visit(starts_in=-timedelta(hours=2))

    assert observation_rules.may_choose_focus(visit.leader, visit)
    assert observation_rules.may_open_sheet(visit.leader, visit)
    services.hold_session(visit, by=visit.leader)
    assert may_give_feedback(visit.leader, visit)
    assert not may_give_feedback(visit.teacher, visit)
    assert Participation.objects.filter(session=visit).count() == 1


def test_who_pays_a_visit_is_not_asked_whether_she_comes():
    visit = make.visit()

    assert not rules.may_answer_invitation(visit.leader, visit.participations.get())


def test_guests_of_one_visit_are_not_offered_at_another():
    one, other = make.visit(), make.visit()
    guest = services.invite_guest(one, by=one.teacher, name="Sitti Rahma", institution="BPMP")

    assert not guests_of(other.group).filter(pk=guest.user_id).exists()


def test_planning_at_her_school_tells_nothing_of_a_visit():
    visit = make.visit()
    group = visit.teacher.memberships.get().group
    when = {"starts_at": visit.starts_at, "ends_at": visit.ends_at}
    planned = ModelSession(group=group, school=visit.school, title="Rapat", **when)

    for person in (make.chair(group), visit.teacher):
        assert "school" not in {str(each.about) for each in cautions_about(planned, by=person)}


def test_a_visit_keeps_who_pays_it():
    visit = make.visit()
    part = visit.participations.get()

    with pytest.raises(PermissionDenied):
        services.uninvite(part, by=visit.teacher)
    with pytest.raises(PermissionDenied):
        services.hand_over_place(part, by=visit.teacher, to=make.member(make.group()))
    with pytest.raises(PermissionDenied):
        services.leave_place(part, by=visit.leader)
    with pytest.raises(ValidationError):
        services.invite(visit, visit.leader, by=visit.teacher, role="participant")
    with pytest.raises(ValidationError):
        services.invite(visit, visit.leader, by=visit.teacher, role="resource_person")

    part.refresh_from_db()
    assert part.role == "observer"


def test_after_a_visit_the_two_are_asked_to_call_it_held():
    visit = make.visit(starts_in=-timedelta(hours=2))
    other = make.supervisor(visit.teacher.school)
    now = timezone.now()

    def asked(person) -> list[str]:
        return [one.key for one in owed_sessions(person, now)]

    assert asked(visit.leader) == asked(visit.teacher) == [f"hold-session:{visit.pk}"]
    assert asked(other) == []
    services.hold_session(visit, by=visit.leader)
    assert asked(visit.leader) == []
