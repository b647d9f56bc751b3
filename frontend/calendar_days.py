"""What a calendar shows of days, hours and sessions, whichever way it is laid out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from groups.models import Group
from groups.rules import board_groups_of
from sessions import calendars, queries
from sessions.days import FRIDAY_PRAYER, Holiday, holidays_between
from sessions.models import ModelSession

Kind = ModelSession.Kind
# A month of more sessions is cut: a page must stay light, and nobody reads three hundred lines.
MOST_IN_A_PAGE = 300
MOST_IN_A_CELL = 4
DAY = timedelta(days=1)
DAY_OF_WORK = 7, 16


class Look(NamedTuple):
    """How a kind of session looks in a calendar: the letter of its stage, if any, and a word."""

    stage: str
    word: Promise


LOOKS = {
    Kind.LESSON: Look("m", gettext_lazy("Guru model")),
    Kind.VISIT: Look("a", gettext_lazy("Kunjungan")),
    Kind.WORKSHOP: Look("", gettext_lazy("Raker")),
    Kind.SHARING: Look("s", gettext_lazy("Berbagi")),
    Kind.THINK_PAIRS: Look("t", gettext_lazy("Think & Pairs")),
    Kind.REFLECTION: Look("r", gettext_lazy("Refleksi")),
}


@dataclass(frozen=True)
class Mark:
    """A session on one of its days."""

    session: ModelSession
    day: date

    @property
    def look(self) -> Look:
        return LOOKS[Kind(self.session.kind)]

    @property
    def begins(self) -> datetime | None:
        """When it begins; None on a day on which it goes on."""
        local = timezone.localtime(self.session.starts_at)
        return local if local.date() == self.day else None

    @property
    def place(self) -> str:
        return calendars.place_of(self.session)

    @property
    def hours(self) -> tuple[int, int]:
        """The first hour of this day that it fills, and the one after its last."""
        midnight = datetime.combine(self.day, time(), timezone.get_current_timezone())
        begun = max(self.session.starts_at - midnight, timedelta())
        left = min(self.session.ends_at - midnight, DAY)
        hour = timedelta(hours=1)
        return begun // hour, max(-(-left // hour), begun // hour + 1)


@dataclass
class Day:
    """A day of a calendar, with what is on it."""

    date: date
    is_today: bool
    is_outside: bool
    holidays: list[Holiday]
    marks: list[Mark]
    plan_url: str

    @property
    def shown(self) -> list[Mark]:
        """What has room in a cell of the month."""
        many = len(self.marks) > MOST_IN_A_CELL
        return self.marks[: MOST_IN_A_CELL - 1] if many else self.marks

    @property
    def more(self) -> int:
        return len(self.marks) - len(self.shown)

    @property
    def is_off(self) -> bool:
        return bool(self.holidays) or self.date.isoweekday() == 7  # noqa: PLR2004 -- Sunday

    @property
    def is_empty(self) -> bool:
        return not (self.marks or self.holidays)

    @property
    def prayer(self) -> tuple[time, time] | None:
        return FRIDAY_PRAYER.get(self.date.weekday())

    @property
    def week(self) -> str:
        return week_of(self.date)


@dataclass
class Slot:
    """Hours of one day in the week's table; sessions that overlap share them."""

    first: int
    last: int
    marks: list[Mark] = field(default_factory=list)
    prayer: tuple[time, time] | None = None

    @property
    def rows(self) -> int:
        return self.last - self.first


class Hour(NamedTuple):
    """A line of the week's table: the cells that begin at this hour."""

    at: time
    slots: list[Slot]


def days_for(
    user: User, dates: list[date], group: Group | None, *, month: int | None = None
) -> tuple[list[Day], bool]:
    """Return the days with what is on them, and whether there was more than a page holds."""
    zone = timezone.get_current_timezone()
    first, last = (datetime.combine(on, time(), zone) for on in (dates[0], dates[-1] + DAY))
    found = list(queries.sessions_between(user, first, last, group=group)[: MOST_IN_A_PAGE + 1])
    marks: defaultdict[date, list[Mark]] = defaultdict(list)
    for session in found[:MOST_IN_A_PAGE]:
        for day in _days_of(session):
            marks[day].append(Mark(session, day))
    holidays = holidays_between(dates[0], dates[-1])
    today = timezone.localdate()
    plan = _plan_url(user, group)
    days = [
        Day(
            date=on,
            is_today=on == today,
            is_outside=month is not None and on.month != month,
            holidays=holidays.get(on, []),
            marks=marks[on],
            plan_url=f"{plan}on={on}" if plan and on >= today else "",
        )
        for on in dates
    ]
    return days, len(found) > MOST_IN_A_PAGE


def _plan_url(user: User, group: Group | None) -> str:
    """Where a board plans; empty for who plans nothing here."""
    plans = board_groups_of(user)
    if group is None and plans:
        return f"{reverse('plan-session')}?"
    if group and group.pk in plans:
        return f"{reverse('plan-session')}?group={group.pk}&"
    return ""


def _days_of(session: ModelSession) -> Iterable[date]:
    """Every day that a session touches; one that ends at midnight leaves the next day alone."""
    day = timezone.localdate(session.starts_at)
    last = timezone.localdate(session.ends_at - timedelta(seconds=1))
    while day <= last:
        yield day
        day += DAY


def hours_of(days: list[Day]) -> list[Hour]:
    """The lines of the week's table, from seven to four or as long as there is something."""
    slots = [_slots(day) for day in days]
    first = min([DAY_OF_WORK[0], *(slot.first for of_day in slots for slot in of_day)])
    last = max([DAY_OF_WORK[1], *(slot.last for of_day in slots for slot in of_day)])
    lines: defaultdict[int, list[Slot]] = defaultdict(list)
    for of_day in slots:
        for slot in _with_gaps(of_day, first, last):
            lines[slot.first].append(slot)
    return [Hour(time(hour), lines[hour]) for hour in range(first, last)]


def _slots(day: Day) -> list[Slot]:
    """What fills the hours of a day: sessions, and on Friday the prayer."""
    slots = [Slot(*mark.hours, [mark]) for mark in day.marks]
    if day.prayer:
        begin, end = day.prayer
        slots.append(Slot(begin.hour, end.hour + bool(end.minute), prayer=day.prayer))
    joined: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: slot.first):
        if joined and slot.first < joined[-1].last:
            joined[-1].last = max(joined[-1].last, slot.last)
            joined[-1].marks += slot.marks
            joined[-1].prayer = joined[-1].prayer or slot.prayer
        else:
            joined.append(slot)
    return joined


def _with_gaps(slots: list[Slot], first: int, last: int) -> Iterable[Slot]:
    """The slots of a day, and an empty one for each hour between them."""
    ends = [Slot(first, first), *slots, Slot(last, last)]
    for before, slot in pairwise(ends):
        yield from (Slot(hour, hour + 1) for hour in range(before.last, slot.first))
        if slot.rows:
            yield slot


def week_of(day: date) -> str:
    """The week of a day as an address has it, e.g. 2026-W48."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"
