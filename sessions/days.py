"""What kind of day and hour it is in Indonesia: holidays, Friday prayer, school hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils.timezone import localtime
from django.utils.translation import get_language
from holidays import GOVERNMENT, PUBLIC, country_holidays

# Decision: zuhur in Sulawesi falls between 11.40 and 12.20 WITA, and men leave for the mosque
# before it; at half past eleven schools here let go, and are back at one.
FRIDAY_PRAYER = {4: (time(11, 30), time(13))}
# Decision: the usual hours of schools in South Sulawesi. Each school chooses five or six days
# (Perpres 87/2017, article 9), so Saturday counts; who plans decides, we only warn.
SCHOOL_HOURS = {
    **dict.fromkeys((0, 1, 2, 3, 5), (time(7, 15), time(13))),
    4: (time(7, 15), time(11)),
}

# How `holidays` marks a day that a moon not yet seen decides.
_ESTIMATED = re.compile(r" \((perkiraan|estimated)\)$")


@dataclass(frozen=True)
class Holiday:
    """A day off for everybody, named in the reader's language.

    `is_joint_leave`: cuti bersama, decreed by three ministers each autumn for the next year.
    `is_estimated`: the day hangs on the moon or on a decree to come, and may move.
    """

    day: date
    name: str
    is_joint_leave: bool
    is_estimated: bool


def holidays_between(first: date, last: date) -> dict[date, list[Holiday]]:
    """Indonesia's public holidays and cuti bersama, both ends included, by day in order.

    Days without any are missing. The source is `holidays`, which knows 1946 to 2100.
    """
    language = "en_US" if (get_language() or "").startswith("en") else "id"
    found: dict[date, list[Holiday]] = {}
    for year in range(first.year, last.year + 1):
        for holiday in _holidays_of(year, language):
            if first <= holiday.day <= last:
                found.setdefault(holiday.day, []).append(holiday)
    return found


def is_friday_prayer(start: datetime, end: datetime) -> bool:
    """Whether that time meets Friday prayer, 11.30 to 13.00, in the current time zone."""
    return _meets(FRIDAY_PRAYER, start, end)


def in_school_hours(start: datetime, end: datetime) -> bool:
    """Whether that time meets lessons, in the current time zone. Knows no holidays."""
    return _meets(SCHOOL_HOURS, start, end)


@lru_cache(maxsize=64)
def _holidays_of(year: int, language: str) -> tuple[Holiday, ...]:
    found = [
        Holiday(
            day=day,
            name=_ESTIMATED.sub("", name),
            is_joint_leave=category == GOVERNMENT,
            is_estimated=bool(_ESTIMATED.search(name)),
        )
        for category in (PUBLIC, GOVERNMENT)
        for days in [country_holidays("ID", years=year, language=language, categories=category)]
        for day in days
        for name in days.get_list(day)
    ]
    return tuple(sorted(found, key=lambda holiday: holiday.day))


def _meets(hours: Mapping[int, tuple[time, time]], start: datetime, end: datetime) -> bool:
    """Whether that time shares a moment with the `hours`, by weekday from Monday, 0."""
    start, end = localtime(start), localtime(end)
    day = start.date()
    while day <= end.date():
        if day.weekday() in hours:
            begin, finish = (
                datetime.combine(day, moment, start.tzinfo) for moment in hours[day.weekday()]
            )
            if start < finish and begin < end:
                return True
        day += timedelta(days=1)
    return False
