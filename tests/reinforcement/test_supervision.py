"""The board of a pengawas: whom she saw, what was promised, what waits for her."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from reinforcement.models import FollowUp
from reinforcement.queries import supervision_board, visits_at
from sessions import services as sessions
from sessions.models import ModelSession
from sessions.semesters import Semester
from tests import make

pytestmark = pytest.mark.django_db
# The middle of a semester, so that a few days before are of it, too.
NOW = datetime(2026, 10, 14, 12, tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(NOW, tick=False):
        yield


def supervised(count: int) -> tuple[User, list[User]]:
    """A pengawas, and so many teachers of one of her schools."""
    group = make.group()
    teachers = [make.member(group) for _ in range(count)]
    for teacher in teachers[1:]:
        teacher.school = teachers[0].school
        teacher.save()
    return make.supervisor(teachers[0].school), teachers


def paid(by: User, to: User, *, days_ago: int = 0) -> ModelSession:
    """A visit that was paid so many days ago, with the sheet of the pengawas."""
    visit = make.visit(to=to, by=by, starts_in=-timedelta(days=days_ago, hours=3))
    sessions.hold_session(visit, by=by)
    make.observation(of=visit, observer=by, submitted=True)
    visit.refresh_from_db()
    return visit


def board_of(supervisor: User):
    return supervision_board(User.objects.get(pk=supervisor.pk), timezone.now())


def test_teachers_of_her_schools_are_on_the_board_and_no_others():
    supervisor, teachers = supervised(2)
    make.member(make.group())

    assert {charge.teacher for charge in board_of(supervisor).charges} == set(teachers)


def test_who_was_seen_this_term_and_who_was_not():
    supervisor, [seen, unseen] = supervised(2)
    visit = paid(supervisor, seen)

    board = board_of(supervisor)

    told = {charge.teacher: (charge.seen_at, charge.is_seen) for charge in board.charges}
    assert told == {seen: (visit.starts_at, True), unseen: (None, False)}
    assert board.seen == 1


def test_seen_last_term_is_not_seen_in_this_one():
    supervisor, [teacher] = supervised(1)
    visit = paid(supervisor, teacher)
    ModelSession.objects.filter(pk=visit.pk).update(starts_at=visit.starts_at - timedelta(days=200))

    [charge] = board_of(supervisor).charges

    assert (charge.is_seen, charge.seen_at is None) == (False, False)


def test_sheet_of_another_pengawas_does_not_count_as_hers():
    supervisor, [teacher] = supervised(1)
    paid(make.supervisor(teacher.school), teacher)

    assert [charge.is_seen for charge in board_of(supervisor).charges] == [False]


def test_promises_feedback_and_visits_stand_beside_each_teacher():
    supervisor, [teacher, other] = supervised(2)
    held = paid(supervisor, teacher)
    follow_up = make.follow_up(on=held)
    coming = make.visit(to=other, by=supervisor)

    told = {
        charge.teacher: (list(charge.follow_ups), list(charge.waiting), charge.visit)
        for charge in board_of(supervisor).charges
    }

    assert told == {teacher: ([follow_up], [held], None), other: ([], [], coming)}


def test_most_urgent_first_feedback_then_overdue_then_longest_unseen():
    supervisor, [waiting, overdue, never, recent] = supervised(4)
    paid(supervisor, waiting)
    for days_ago, teacher in ((2, overdue), (3, recent)):
        make.feedback(on=paid(supervisor, teacher, days_ago=days_ago), by=supervisor)
    make.follow_up(on=overdue.taught_sessions.get())
    FollowUp.objects.update(due_on=timezone.localdate() - timedelta(days=1))

    order = [charge.teacher for charge in board_of(supervisor).charges]

    assert order == [waiting, overdue, never, recent]


def test_workload_counts_visits_sheets_and_feedback_of_the_term():
    supervisor, [first, second] = supervised(2)
    make.feedback(on=paid(supervisor, first), by=supervisor)
    make.visit(to=second, by=supervisor)

    workload = board_of(supervisor).workload

    assert (workload.visits_held, workload.visits_planned) == (1, 1)
    assert (workload.sheets, workload.feedback) == (1, 1)


@pytest.mark.parametrize("count", [1, 12])
def test_board_costs_the_same_however_many_teachers(count, django_assert_num_queries):
    supervisor, teachers = supervised(count)
    for days_ago, teacher in enumerate(teachers[:3]):
        make.follow_up(on=paid(supervisor, teacher, days_ago=days_ago))
    supervisor = User.objects.get(pk=supervisor.pk)

    with django_assert_num_queries(10):
        board = supervision_board(supervisor, timezone.now())
        words = [str(charge.teacher.school.district) for charge in board.charges]

    assert len(words) == count


def test_recap_has_the_own_visits_of_that_school_and_semester_alone():
    supervisor, [teacher] = supervised(1)
    held = paid(supervisor, teacher)
    make.feedback(on=held, by=supervisor)
    planned = make.visit(to=teacher, by=supervisor)
    cancelled = make.visit(to=teacher, by=supervisor, starts_in=timedelta(days=9))
    sessions.cancel_session(cancelled, by=supervisor, reason="Ada rapat.")
    make.visit(to=teacher, by=make.supervisor(teacher.school), starts_in=timedelta(days=20))
    semester = Semester.of(timezone.localdate())

    found = visits_at(supervisor, teacher.school, semester)

    assert [(one.session, one.has_sheet, one.has_feedback) for one in found] == [
        (held, True, True),
        (planned, False, False),
    ]
    assert visits_at(supervisor, teacher.school, semester.next) == []
    assert visits_at(supervisor, make.school(), semester) == []


def test_recap_says_nothing_of_a_teacher_who_went_to_a_school_of_others():
    supervisor, [teacher] = supervised(1)
    held = paid(supervisor, teacher)
    make.follow_up(on=held)
    school, semester = teacher.school, Semester.of(timezone.localdate())
    [before] = visits_at(supervisor, school, semester)
    assert before.session.follow_ups.all()

    User.objects.filter(pk=teacher.pk).update(school=make.school())

    [after] = visits_at(supervisor, school, semester)
    assert not after.session.follow_ups.all()
