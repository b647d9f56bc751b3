from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from sessions.days import Holiday, holidays_between, in_school_hours, is_friday_prayer


def local(text: str, zone: str = "Asia/Makassar") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_independence_day_is_a_public_holiday_in_both_languages():
    day = date(2026, 8, 17)

    with translation.override("id"):
        assert holidays_between(day, day) == {
            day: [Holiday(day, "Hari Kemerdekaan Republik Indonesia", False, False)]  # noqa: FBT003
        }
    with translation.override("en"):
        assert [h.name for h in holidays_between(day, day)[day]] == ["Independence Day"]


def test_lebaran_2026_is_two_days_among_three_of_joint_leave():
    found = holidays_between(date(2026, 3, 19), date(2026, 3, 25))

    assert [
        (day.day, holiday.name, holiday.is_joint_leave)
        for day, holidays in found.items()
        for holiday in holidays
    ] == [
        (19, "Hari Suci Nyepi", False),
        (20, "Cuti Bersama Hari Raya Idul Fitri", True),
        (21, "Hari Raya Idul Fitri", False),
        (22, "Hari kedua dari Hari Raya Idul Fitri", False),
        (23, "Cuti Bersama Hari Raya Idul Fitri", True),
        (24, "Cuti Bersama Hari Raya Idul Fitri", True),
    ]


@pytest.mark.parametrize(
    ("language", "name"), [("id", "Hari Raya Idul Fitri"), ("en", "Eid al-Fitr")]
)
def test_a_day_that_hangs_on_the_moon_is_marked_and_its_name_is_clean(language, name):
    with translation.override(language):
        (holiday,) = holidays_between(date(2027, 3, 10), date(2027, 3, 10))[date(2027, 3, 10)]

    assert holiday == Holiday(date(2027, 3, 10), name, is_joint_leave=False, is_estimated=True)


def test_no_mark_of_the_library_is_left_in_any_name():
    for language in ("id", "en"):
        with translation.override(language):
            years = holidays_between(date(2024, 1, 1), date(2031, 12, 31))

        holidays = [holiday for day in years.values() for holiday in day]
        assert any(holiday.is_estimated for holiday in holidays)
        assert [holiday.name for holiday in holidays if "(" in holiday.name] == []


def test_holidays_come_in_order_across_new_year_with_both_ends():
    found = holidays_between(date(2026, 12, 24), date(2027, 1, 1))

    assert list(found) == [date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)]
    assert [h.is_joint_leave for day in found.values() for h in day] == [True, False, False]


def test_a_span_that_ends_before_it_begins_or_that_nobody_knows_has_none():
    assert holidays_between(date(2026, 8, 18), date(2026, 8, 16)) == {}
    assert holidays_between(date(2500, 1, 1), date(2500, 12, 31)) == {}


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        ("2026-11-27T11:00", "2026-11-27T11:30", False),
        ("2026-11-27T11:00", "2026-11-27T11:31", True),
        ("2026-11-27T12:00", "2026-11-27T12:30", True),
        ("2026-11-27T13:00", "2026-11-27T15:00", False),
        ("2026-11-26T12:00", "2026-11-26T12:30", False),
        ("2026-11-26T20:00", "2026-11-27T12:00", True),
        ("2026-11-25T08:00", "2026-11-28T08:00", True),
    ],
)
def test_friday_prayer(start, end, meets):
    assert is_friday_prayer(local(start), local(end)) is meets


def test_friday_prayer_is_asked_on_the_clock_of_the_reader():
    start, end = (
        local("2026-11-27T10:40", "Asia/Jakarta"),
        local("2026-11-27T11:10", "Asia/Jakarta"),
    )

    assert is_friday_prayer(start, end)
    with timezone.override(ZoneInfo("Asia/Jakarta")):
        assert not is_friday_prayer(start, end)


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        ("2026-11-24T06:00", "2026-11-24T07:15", False),
        ("2026-11-24T12:59", "2026-11-24T15:00", True),
        ("2026-11-24T13:00", "2026-11-24T15:00", False),
        ("2026-11-27T10:30", "2026-11-27T12:00", True),
        ("2026-11-27T11:00", "2026-11-27T13:00", False),
        ("2026-11-28T09:00", "2026-11-28T10:00", True),
        ("2026-11-29T09:00", "2026-11-29T10:00", False),
    ],
)
def test_school_hours(start, end, meets):
    assert in_school_hours(local(start), local(end)) is meets
