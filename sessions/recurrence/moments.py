"""When a rule occurs, by the clock on the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from dateutil import rrule
from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sessions.recurrence.rule import MOST, MonthlyByDay, MonthlyByWeekday, Rule, Weekly

LONGEST = relativedelta(years=2)


def first_of(rule: Rule, start: datetime, zone: ZoneInfo) -> datetime:
    """The first moment at or after `start` that the pattern has, at the same time of the day."""
    wall = start.astimezone(zone).replace(tzinfo=None)
    return moment_of(next(iter(expansion(replace(rule, every=1, count=1, until=None), wall))), zone)


def occurrences(rule: Rule, start: datetime, zone: ZoneInfo) -> list[datetime]:
    """Every moment of the rule from `start` on, which should be its first; see `first_of`.

    An hour that the zone's clock jumps over is that much later, as RFC 5545 says. Raises
    ValidationError when the rule goes on for too long.
    """
    wall = start.astimezone(zone).replace(tzinfo=None)
    found: list[datetime] = []
    for naive in expansion(rule, wall):
        if len(found) == MOST:
            raise ValidationError(_("Satu rangkaian 1 sampai %(most)s kali.") % {"most": MOST})
        if naive > wall + LONGEST:
            raise ValidationError(_("Satu rangkaian paling lama dua tahun."))
        found.append(moment_of(naive, zone))
    if not found:
        raise ValidationError(_("Rangkaian ini berakhir sebelum mulai."))
    return found


def expansion(rule: Rule, wall: datetime) -> rrule.rrule:
    """Naive, because what recurs is what the clock on the wall shows."""
    until = datetime.combine(rule.until, time.max) if rule.until else None
    expand = partial(rrule.rrule, interval=rule.every, dtstart=wall, count=rule.count, until=until)
    match rule.pattern:
        case Weekly(weekdays, week_start):
            return expand(rrule.WEEKLY, byweekday=weekdays, wkst=week_start)
        case MonthlyByWeekday(nth, weekday):
            return expand(rrule.MONTHLY, byweekday=rrule.weekdays[weekday](nth))
        case MonthlyByDay(day):
            return expand(rrule.MONTHLY, bymonthday=day)


def moment_of(wall: datetime, zone: ZoneInfo) -> datetime:
    # There and back: a time that the clock jumps over becomes one that it shows.
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def wall_shift(of: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """Move a moment by what the clock on the wall shows."""
    return moment_of(of.astimezone(zone).replace(tzinfo=None) + by, zone)
