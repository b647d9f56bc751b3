"""A group's calendar on the phone shows what our own shows, after everything done to a series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client as Phone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from groups.models import Group
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.days import holidays_between
from sessions.models import CalendarFeed, ModelSession, Series
from sessions.queries import sessions_between
from sessions.recurrence import MonthlyByWeekday, Rule, Weekly
from tests import make
from tests.sessions.calendar_clients import (
    Client,
    expanded,
    faults_in,
    run_ical_js,
    run_khal,
)
from tests.sessions.test_series_edits import EDITS, PATTERNS, World, plan, undone

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")
EVER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
TU, TH = 1, 3
HOUR = timedelta(hours=1)
YEAR = date(2027, 1, 7), date(2027, 12, 30)

# From when to when, in seconds since 1970, what, and whether it takes place.
type Shown = list[tuple[int, int, str, str]]


@pytest.fixture(scope="module")
def khal() -> Iterator[Client]:
    with run_khal() as client:
        yield client


@pytest.fixture(scope="module")
def ical_js() -> Iterator[Client]:
    with run_ical_js() as client:
        yield client


def ours(person: User, group: Group) -> Shown:
    return sorted(
        (
            int(session.starts_at.timestamp()),
            int(session.ends_at.timestamp()),
            session.title,
            "CANCELLED" if session.is_cancelled else "CONFIRMED",
        )
        for session in sessions_between(person, *EVER, group=group)
    )


class Subscriber:
    """A member whose calendar programs all fetch the group's calendar."""

    def __init__(self, person: User, group: Group, *clients: Client) -> None:
        self.person, self.group, self.clients = person, group, clients
        self.feed: CalendarFeed = services.make_calendar_feed(by=person, group=group)

    def assert_sees_ours(self) -> Shown:
        content = Phone().get(self.feed.get_absolute_url()).content
        assert faults_in(content) == []
        expected = ours(self.person, self.group)
        for read in [expanded, *(client.read for client in self.clients)]:
            assert sorted(facts for _uid, *facts in read(content)) == [*map(list, expected)]
        return expected


def change(how, session: ModelSession, *, by: timedelta | None = None, **plan) -> Series:
    if by:
        plan |= {"starts_at": session.starts_at + by, "ends_at": session.ends_at + by}
    return how(session, by=session.planned_by, despite=EVERYTHING, **plan)


def rows(series: Series) -> list[ModelSession]:
    return list(series.sessions.order_by("occurs_at"))


def count_of(shown: Shown) -> tuple[int, int]:
    """How many there are, and how many of them are cancelled."""
    return len(shown), sum(status == "CANCELLED" for *_facts, status in shown)


@pytest.mark.parametrize("zone", ["Asia/Makassar", "Asia/Jayapura"])
def test_a_year_of_a_series_with_everything_done_to_it_is_the_same_everywhere(
    khal, ical_js, zone: str
):
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=WITA), tick=False) as clock:
        group = make.group()
        person = make.member(group)
        User.objects.filter(pk=person.pk).update(time_zone=zone)
        phone = Subscriber(person, group, khal, ical_js)
        holidays = [day for day in holidays_between(*YEAR) if day.weekday() == TH]

        series = services.plan_series(
            group,
            by=make.chair(group),
            rule=Rule(Weekly((TH,)), until=YEAR[1]),
            skip=holidays,
            submission=uuid4(),
            kind="sharing",
            title="Berbagi praktik baik; rutin",
            place="Aula",
            starts_at=datetime(2027, 1, 7, 14, tzinfo=WITA),
            ends_at=datetime(2027, 1, 7, 16, tzinfo=WITA),
            despite=EVERYTHING,
        )
        assert len(holidays) >= 3
        planned = 52 - len(holidays)
        assert count_of(phone.assert_sees_ours()) == (planned, 0)

        change(services.change_session, rows(series)[2], by=19 * HOUR, title="Raker, Masamba")
        assert count_of(phone.assert_sees_ours()) == (planned, 0)

        services.cancel_session(rows(series)[4], by=series.made_by, reason="Jalan putus.")
        assert count_of(phone.assert_sees_ours()) == (planned, 1)

        later = change(services.change_following, rows(series)[20], by=-5 * HOUR)
        assert count_of(phone.assert_sees_ours()) == (planned, 1)

        clock.move_to(datetime(2027, 2, 20, 9, tzinfo=WITA))
        services.hold_session(rows(series)[0], by=series.made_by)
        rest = change(services.change_all, rows(series)[9], by=2 * 24 * HOUR, place="Kebun")
        assert rest.continues == series
        assert count_of(phone.assert_sees_ours()) == (planned, 1)

        once_a_month = Rule(MonthlyByWeekday(2, TU), count=5)
        monthly = change(services.change_all, rows(later)[8], rule=once_a_month)
        surplus = planned - 20 - 5
        assert monthly == later
        assert count_of(phone.assert_sees_ours()) == (planned, 1 + surplus)

        change(services.change_session, rows(monthly)[1], by=HOUR)
        services.cancel_session(rows(monthly)[2], by=series.made_by, reason="Ada rapat.")
        assert count_of(phone.assert_sees_ours()) == (planned, 2 + surplus)

        services.cancel_following(rows(monthly)[3], by=series.made_by, reason="Libur panjang.")
        assert count_of(phone.assert_sees_ours()) == (planned, 4 + surplus)

        services.cancel_all(rows(rest)[-1], by=series.made_by, reason="Bubar.")
        phone.assert_sees_ours()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.builds(Rule, PATTERNS, every=st.integers(1, 2), count=st.integers(4, 7)),
    st.integers(0, 2),
    st.lists(st.tuples(st.integers(0, 20), EDITS), min_size=2, max_size=7),
)
def test_whatever_is_done_to_a_series_is_the_same_everywhere(khal, ical_js, rule, skipped, edits):
    with undone():
        group = make.group()
        plan(group, rule, skipped)
        phone = Subscriber(make.member(group), group, khal, ical_js)
        world = World(group)
        phone.assert_sees_ours()
        for index, (what, scope, how) in edits:
            world.edit(index, what, scope, how)
            phone.assert_sees_ours()
