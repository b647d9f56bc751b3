from datetime import timedelta

import pytest
from django.utils import timezone

from observations.queries import owed_by
from observations.services import choose_focus, start_observation
from sessions.services import tick_attendance
from tests import make

pytestmark = pytest.mark.django_db


def owed(user, now=None) -> list[str]:
    return [each.verb for each in owed_by(user, now or timezone.now())]


def test_an_observer_owes_a_sheet_from_the_first_minute_until_it_is_submitted():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    soon = make.session(of=group, observers=[observer])
    before = owed(observer)

    make.observation(of=session, submitted=True)

    assert before == ["Isi lembar observasi"]
    assert owed(observer) == []
    assert owed(observer, soon.starts_at) == ["Isi lembar observasi"]
    assert owed(session.planned_by) == []


def test_an_observer_who_was_away_or_after_a_month_owes_no_sheet():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    later = owed(observer, timezone.now() + timedelta(days=31))

    tick_attendance(session, by=session.planned_by, attendance={observer.pk: "sick"})

    assert later == []
    assert owed(observer) == []


def test_whoever_began_a_sheet_owes_its_end():
    session = make.session(held=True)
    supervisor = make.supervisor(session.teacher.school)
    make.indicator()
    before = owed(supervisor)

    start_observation(session, by=supervisor)

    assert before == []
    assert owed(supervisor) == ["Isi lembar observasi"]


def test_the_guru_model_owes_a_focus_before_the_lesson():
    session = make.session()
    before = owed(session.teacher)
    late = owed(session.teacher, session.starts_at)

    choose_focus(session, by=session.teacher, indicator=make.indicator())

    assert before == ["Pilih fokus pengamatan"]
    assert late == []
    assert owed(session.teacher) == []


def test_owed_by_asks_once_however_much_is_owed(django_assert_num_queries):
    group = make.group()
    user = make.member(group)
    for day in range(3):
        make.session(of=group, observers=[user], starts_in=-timedelta(days=day + 1))
        make.session(of=group, teacher=user, starts_in=timedelta(days=day + 1))

    with django_assert_num_queries(1):
        found = owed_by(user, timezone.now())

    assert len({each.key for each in found}) == 6
