"""Our calendars as others read them: whatever was done to a series, all show what we show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.models import Group
from sessions import calendars
from sessions.calendars import Occasion
from sessions.models import ModelSession, Series
from tests.sessions.calendar_clients import (
    Client,
    Occurrence,
    expanded,
    faults_in,
    run_ical_js,
    run_khal,
)

WITA = ZoneInfo("Asia/Makassar")
HOUR = timedelta(hours=1)
GROUP = Group(pk=1, name="MGMP IPA SMP Luwu Utara; “Seko, Rampi”")
ids = count(1)


@pytest.fixture(scope="module")
def khal() -> Iterator[Client]:
    with run_khal() as client:
        yield client


@pytest.fixture(scope="module")
def ical_js() -> Iterator[Client]:
    with run_ical_js() as client:
        yield client


def made_session(starts_at: datetime, **facts: object) -> ModelSession:
    return ModelSession(
        pk=next(ids),
        group=GROUP,
        kind=ModelSession.Kind.SHARING,
        planned_at=starts_at - timedelta(days=30),
        starts_at=starts_at,
        **{"title": "Pertemuan; rutin", "place": "Aula", "ends_at": starts_at + 2 * HOUR} | facts,
    )


def made_series(rule: str, starts_at: datetime, zone: str = "Asia/Makassar") -> Occasion:
    """A series as it is planned: each moment of its rule has a session."""
    made_at = starts_at - timedelta(days=30)
    series = Series(pk=next(ids), rule=rule, starts_at=starts_at, time_zone=zone, made_at=made_at)
    sessions = [
        made_session(moment.astimezone(UTC), series=series, occurs_at=moment.astimezone(UTC))
        for moment in calendars.occurrences_of(series)
    ]
    return Occasion(sessions, series)


def ours(occasions: list[Occasion]) -> list[Occurrence]:
    """What our own calendar shows, written as the clients write it."""
    return sorted(
        (
            _uid(occasion, session),
            int(session.starts_at.timestamp()),
            int(session.ends_at.timestamp()),
            session.title,
            "CANCELLED" if session.is_cancelled else "CONFIRMED",
        )
        for occasion in occasions
        for session in occasion.sessions
    )


def _uid(occasion: Occasion, session: ModelSession) -> str:
    return f"{(occasion.series or session).uid}@localhost"


def feed(*occasions: Occasion) -> bytes:
    return calendars.feed(occasions, name="Smart MGMP", zone=WITA)


def assert_everyone_reads_the_same(occasions: list[Occasion], *clients: Client) -> None:
    calendar = feed(*occasions)
    assert faults_in(calendar) == []
    assert expanded(calendar) == ours(occasions)
    for client in clients:
        assert client.read(calendar) == ours(occasions)


def test_a_year_of_meetings_with_every_exception_is_the_same_everywhere(khal, ical_js):
    """Moved, cancelled, skipped for a holiday, renamed, and from May on at another hour."""
    first = datetime(2027, 1, 14, 9, tzinfo=WITA)
    until = made_series("FREQ=MONTHLY;BYDAY=2TH;UNTIL=20270430T000000Z", first)
    onward = made_series(
        "FREQ=MONTHLY;BYDAY=2TH;COUNT=8", datetime(2027, 5, 13, 13, 30, tzinfo=WITA)
    )
    moved, cancelled = until.sessions[1], until.sessions[2]
    moved.starts_at += timedelta(days=5, hours=3)
    moved.ends_at = moved.starts_at + 3 * HOUR
    cancelled.status = ModelSession.Status.CANCELLED
    onward.sessions[3].title = "Raker di Masamba"
    holiday = onward.sessions.pop(5)
    alone = Occasion([made_session(datetime(2027, 3, 2, 1, tzinfo=UTC), title="Sesi sendiri")])

    occasions = [until, onward, alone]

    assert_everyone_reads_the_same(occasions, khal, ical_js)
    parsed = icalendar.Calendar.from_ical(feed(*occasions))
    events = parsed.walk("VEVENT")
    masters = [event for event in events if "RRULE" in event]
    assert len(masters) == 2
    assert sum("RECURRENCE-ID" in event for event in events) == 3
    assert masters[1]["EXDATE"].dts[0].dt == holiday.occurs_at
    assert len(ours(occasions)) == 4 + 8 - 1 + 1


@pytest.mark.parametrize(
    ("zone", "name"), [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]
)
def test_each_zone_of_indonesia_comes_with_its_own_description(khal, ical_js, zone, name):
    series = made_series(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=9",
        datetime(2026, 12, 7, 8, tzinfo=ZoneInfo(zone)),
        zone,
    )
    series.sessions[2].title = "Rapat"

    assert_everyone_reads_the_same([series], khal, ical_js)
    parsed = icalendar.Calendar.from_ical(feed(series))
    [described] = parsed.walk("VTIMEZONE")
    assert described["TZID"] == zone
    assert described.walk("STANDARD")[0]["TZNAME"] == name
    assert {event["DTSTART"].params["TZID"] for event in parsed.walk("VEVENT")} == {zone}


def test_parts_of_a_second_do_not_take_a_series_apart():
    start = datetime(2026, 12, 7, 8, 0, 0, 123456, tzinfo=WITA)
    series = made_series("FREQ=WEEKLY;COUNT=3", start)
    for session in series.sessions:
        session.occurs_at = session.occurs_at.replace(microsecond=123456)
        session.starts_at = session.occurs_at

    [event] = icalendar.Calendar.from_ical(feed(series)).walk("VEVENT")

    assert "RRULE" in event
    assert "EXDATE" not in event


rules = st.one_of(
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};COUNT={}".format,
        st.integers(1, 3),
        st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA"]), min_size=1).map(
            lambda days: ",".join(sorted(days))
        ),
        st.integers(1, 20),
    ),
    st.builds(
        "FREQ=MONTHLY;BYDAY={}{};COUNT={}".format,
        st.sampled_from([1, 2, 3, 4, -1]),
        st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA"]),
        st.integers(1, 12),
    ),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={};COUNT={}".format, st.integers(1, 31), st.integers(1, 8)),
)
changes = st.lists(
    st.tuples(
        st.integers(0, 19),
        st.sampled_from(["move", "cancel", "rename", "lengthen", "take out", "put back"]),
        st.integers(-72, 72),
    ),
    max_size=12,
)


def exception(occasion: Occasion, number: int, change: str, hours: int) -> None:
    if not occasion.sessions:
        return
    sessions = occasion.sessions
    session = sessions[number % len(sessions)]
    if change == "move":
        session.starts_at += hours * HOUR
        session.ends_at += hours * HOUR
    elif change == "cancel":
        session.status = ModelSession.Status.CANCELLED
    elif change == "rename":
        session.title = f"Nama lain {hours}"
    elif change == "lengthen":
        session.ends_at += abs(hours) * HOUR
    elif change == "put back":
        session.starts_at = session.occurs_at or session.starts_at
        session.ends_at = session.starts_at + 2 * HOUR
    elif len(sessions) > 1:
        sessions.remove(session)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rule=rules, start=st.datetimes(datetime(2026, 7, 1), datetime(2027, 6, 30)), done=changes)  # noqa: DTZ001
def test_any_series_with_any_exceptions_is_the_same_everywhere(khal, ical_js, rule, start, done):
    starts_at = start.replace(second=0, microsecond=0, tzinfo=WITA)
    occasion = made_series(rule, starts_at)
    for number, change, hours in done:
        exception(occasion, number, change, hours)

    assert_everyone_reads_the_same([occasion], khal, ical_js)
