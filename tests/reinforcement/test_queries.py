from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from groups.roles import Role
from reinforcement import queries, services
from sessions.services import hold_session
from tests import make

pytestmark = pytest.mark.django_db


def keys(user: User, *, after: timedelta = timedelta(0)) -> list[str]:
    now = timezone.now() + after
    with time_machine.travel(now):
        return [owed.key for owed in queries.owed_by(User.objects.get(pk=user.pk), now)]


def test_the_guru_model_reflects_then_promises_then_does_it():
    planned = make.session()
    session = make.session(held=True)
    teacher = session.teacher
    assert keys(planned.teacher) == []
    [owed] = queries.owed_by(teacher, timezone.now())
    assert (owed.key, owed.stage) == (f"reflect:{session.pk}", "r")
    assert owed.due_at == session.ends_at + timedelta(hours=48)

    make.reflection(on=session)
    session.refresh_from_db()
    [owed] = queries.owed_by(teacher, timezone.now())
    assert owed.key == f"promise:{session.pk}"
    assert session.opens_at
    assert owed.due_at == session.opens_at + timedelta(days=7)

    in_ten_days = timezone.localdate() + timedelta(days=10)
    follow_up = services.promise_follow_up(
        session, by=teacher, commitment="Kartu peran.", due_on=in_ten_days
    )
    assert keys(teacher) == []
    assert keys(teacher, after=timedelta(days=3)) == [f"follow-up:{follow_up.pk}"]

    services.complete_follow_up(follow_up, by=teacher, effort="Di kelas 8.", result="Berhasil.")
    assert keys(teacher, after=timedelta(days=3)) == []


@pytest.mark.parametrize(
    ("who", "owes"),
    [
        ("observer", True),
        ("guru inti", True),
        ("pengawas", True),
        ("participant", False),
        ("pengawas elsewhere", False),
        ("guru model", False),
        ("stranger", False),
    ],
)
def test_who_owes_feedback_for_two_weeks(who, owes):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    user = {
        "observer": lambda: observer,
        "guru inti": lambda: make.member(group, Role.CORE_TEACHER),
        "pengawas": lambda: make.supervisor(session.teacher.school),
        "pengawas elsewhere": lambda: make.supervisor(make.school()),
        "participant": lambda: session.participations.get(role="participant").user,
        "guru model": lambda: session.teacher,
        "stranger": make.person,
    }[who]()
    debt = f"feedback:{session.pk}"

    assert (debt in keys(user)) is owes
    assert debt not in keys(user, after=timedelta(days=15))


def test_feedback_given_is_no_longer_owed_and_a_draft_still_is():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)

    make.feedback(on=session, by=observer, given=False)
    assert keys(observer) == [f"feedback:{session.pk}"]

    services.give_feedback(session, by=observer)
    assert keys(observer) == []


def test_an_observer_who_was_absent_owes_no_feedback():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)

    session.participations.filter(user=observer).update(attendance="sick")

    assert keys(observer) == []


@pytest.mark.parametrize("count", [1, 5])
def test_what_is_owed_costs_one_query_however_much_it_is(count, django_assert_num_queries):
    group = make.group()
    user = make.member(group, Role.CORE_TEACHER)
    for _ in range(count):
        make.session(of=group, held=True)
    queries.owed_by(user, timezone.now())

    with django_assert_num_queries(1):
        owed = queries.owed_by(user, timezone.now())

    assert len(owed) == count


def test_possible_readers_are_the_group_and_her_pengawas():
    feedback = make.feedback()
    session = feedback.session
    make.reflection(on=session)
    member, supervisor = make.member(session.group), make.supervisor(session.teacher.school)
    make.person()
    make.supervisor(make.school())

    readers = list(queries.possible_readers(feedback))
    services.share_feedback(feedback, by=session.teacher, reader=member)

    assert {member, supervisor} <= set(readers)
    assert {reader.pk for reader in readers} == {
        *session.group.memberships.values_list("user", flat=True),
        supervisor.pk,
    } - {session.teacher_id, feedback.author_id}
    assert member not in queries.possible_readers(feedback)


def test_nobody_owes_feedback_on_a_meeting():
    meeting = make.meeting(held=True)
    guide = make.member(meeting.group, Role.CORE_TEACHER)

    assert queries.owed_by(guide, timezone.now()) == []


def test_visit_counts_in_no_coverage_and_awaits_only_who_pays_it():
    visit = make.visit(starts_in=-timedelta(hours=2))
    other = make.supervisor(visit.teacher.school)
    hold_session(visit, by=visit.leader)
    make.meeting(held=True)
    since = timezone.now() - timedelta(days=1)

    assert queries.coverage(None, since).sessions == 0
    assert queries.coverage([visit.school.pk], since).sessions == 0
    assert keys(visit.leader) == [f"feedback:{visit.pk}"]
    assert keys(other) == []
