"""When the sessions of a series are: the moments of its rule, before and after a change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sessions import recurrence
from sessions.recurrence import Rule
from sessions.services.series.courses import Change, Course, occurs


@dataclass
class Schedule:
    """Where the sessions from some moment on come to be: the new rule and its moments."""

    begins: datetime
    rule: Rule
    moments: list[datetime]
    skipped: set[datetime]
    # From the moment that the old rule has to the one that the new rule has.
    places: dict[datetime, datetime]
    is_new: bool


def schedule_of(course: Course, change: Change, *, is_whole: bool) -> Schedule:
    """Say when everything is from now on: the same, moved as the chosen one, or by a new rule."""
    series, chosen = course.series, course.chosen
    zone, moments = series.zone, series.moments()
    shift = _wall(change.plan["starts_at"], zone) - _wall(chosen.starts_at, zone)
    target = recurrence.wall_shift(occurs(chosen), shift, zone)
    begins = occurs(chosen)
    if is_whole:
        begins = min(occurs(row) for row in course.rows if course.is_open(row))
        if not shift and change.rule is None:
            begins = moments[0]
    index = moments.index(begins)
    rest, coming = recurrence.going_on_from(series.recurrence, index), moments[index:]
    skipped = series.skipped_at
    if change.rule is None or (change.rule == rest and change.skip is None):
        rule, found = rest, coming
        if shift:
            rule, found = recurrence.moved(rest, coming, occurs(chosen), target, zone)
        places = dict(zip(coming, found, strict=True))
        skipped = {places[moment] for moment in skipped if moment in places}
        return Schedule(begins, rule, found, skipped, places, is_new=False)
    first = _on_day_of(begins, target, zone) if is_whole else target
    skip = {moment.date() for moment in skipped} if change.skip is None else set(change.skip)
    found, taken = chosen_moments(change.rule, first, zone, skip)
    old = [occurs(row) for row in course.rows if occurs(row) >= begins]
    places = {old[here]: taken[there] for here, there in recurrence.matched(old, taken).items()}
    return Schedule(begins, change.rule, found, set(found) - set(taken), places, is_new=True)


def chosen_moments(
    rule: Rule, start: datetime, zone: ZoneInfo, skip: Collection[date]
) -> tuple[list[datetime], list[datetime]]:
    """Every moment of the rule from the first that fits on, and those that are not skipped."""
    try:
        recurrence.check(rule)
        moments = recurrence.occurrences(rule, recurrence.first_of(rule, start, zone), zone)
    except ValidationError as error:
        raise ValidationError({"rule": error}) from error
    chosen = [moment for moment in moments if moment.date() not in skip]
    if not chosen:
        raise ValidationError({"skip": _("Sisakan paling sedikit satu tanggal.")})
    return moments, chosen


def as_words(moments: Iterable[datetime]) -> list[str]:
    """Moments as a row of the database keeps them, in order."""
    return [moment.isoformat() for moment in sorted(moments)]


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _on_day_of(day: datetime, clock: datetime, zone: ZoneInfo) -> datetime:
    """The day of one moment at the time of another."""
    shift = datetime.combine(_wall(day, zone).date(), _wall(clock, zone).time()) - _wall(day, zone)
    return recurrence.wall_shift(day, shift, zone)
