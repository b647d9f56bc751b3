"""Counts of what happened, which tell nothing of fewer than five teachers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reinforcement.queries import Coverage, coverage
from tests import make

pytestmark = pytest.mark.django_db


def counted(**numbers: int | None) -> Coverage:
    return Coverage(**{"observed": 0, "fed_back": 0, "promised": 0, "sessions": 0} | numbers)


def covered() -> Coverage:
    return coverage(None, timezone.now() - timedelta(days=365))


def taught(*, teachers: int, promised: int = 0) -> None:
    """So many teachers held a lesson each, and the first of them promised."""
    sessions = [make.session(held=True) for _ in range(teachers)]
    for session in sessions[:promised]:
        make.follow_up(on=session)


WITHHELD = counted(sessions=None, observed=None, fed_back=None, promised=None)


@pytest.mark.parametrize(
    ("teachers", "promised", "expected"),
    [
        (0, 0, counted()),
        (1, 1, WITHHELD),
        (4, 0, WITHHELD),
        (4, 4, WITHHELD),
        (5, 0, counted(sessions=5)),
        (5, 5, counted(sessions=5, promised=5)),
        # Of few who did, and of few who did not.
        (6, 1, counted(sessions=6, promised=None)),
        (6, 5, counted(sessions=6, promised=None)),
        (10, 5, counted(sessions=10, promised=5)),
    ],
)
def test_what_is_counted_tells_nothing_of_fewer_than_five_teachers(teachers, promised, expected):
    taught(teachers=teachers, promised=promised)

    assert covered() == expected


def test_many_sessions_of_few_teachers_are_withheld_too():
    group = make.group()
    teacher = make.member(group)
    for days in range(1, 7):
        make.session(of=group, teacher=teacher, starts_in=timedelta(days=-days), held=True)

    assert covered().is_withheld


def test_coverage_is_of_the_schools_asked_for_and_costs_one_query(django_assert_num_queries):
    taught(teachers=5)
    school = make.session(held=True).model_teacher.school

    with django_assert_num_queries(1):
        of_all = covered()
    of_one = coverage([school.pk], timezone.now() - timedelta(days=365))

    assert (of_all.sessions, of_one.is_withheld) == (6, True)
