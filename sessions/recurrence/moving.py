"""Rules that are cut and moved, and which session becomes which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from sessions.recurrence.moments import expansion, moment_of
from sessions.recurrence.rule import (
    DAYS,
    LAST,
    NTHS,
    MonthlyByDay,
    MonthlyByWeekday,
    Rule,
    Weekly,
    check,
)


def ending_before(rule: Rule, moments: Sequence[datetime], index: int) -> Rule:
    """The rule for the first `index` of its `moments` alone."""
    if rule.count is not None:
        return replace(rule, count=index)
    return replace(rule, until=moments[index].date() - timedelta(days=1))


def going_on_from(rule: Rule, index: int) -> Rule:
    """The rule for its occurrences from the `index`th, counted from 0, on."""
    return rule if rule.count is None else replace(rule, count=rule.count - index)


def moved(
    rule: Rule, moments: Sequence[datetime], old: datetime, new: datetime, zone: ZoneInfo
) -> tuple[Rule, list[datetime]]:
    """Move all `moments` of a rule as one of them moved from `old` to `new`, and the rule too.

    Time of day and weeks move by the same amount. Of a monthly rule the pattern moves: from the
    second Thursday to the third Tuesday, in each month. Raises ValidationError for a day that not
    every month has.
    """
    before, after = (moment.astimezone(zone).replace(tzinfo=None) for moment in (old, new))
    rule = replace(rule, pattern=_moved_pattern(rule, before.date(), after.date()))
    check(rule)
    months = (after.year - before.year) * 12 + after.month - before.month
    found = []
    for moment in moments:
        day = moment.astimezone(zone).date()
        if rule.is_weekly:
            day += after.date() - before.date()
        elif after.date() != before.date():
            day = _day_in_month(rule, day.replace(day=1) + relativedelta(months=months))
        found.append(moment_of(datetime.combine(day, after.time()), zone))
    if rule.until and after.date() != before.date():
        rule = replace(rule, until=found[-1].date())
    return rule, found


def _moved_pattern(rule: Rule, old: date, new: date) -> Weekly | MonthlyByWeekday | MonthlyByDay:
    if old == new:
        return rule.pattern
    is_last_week = (new + timedelta(days=7)).month != new.month
    match rule.pattern:
        case Weekly(weekdays, week_start):
            days = (new - old).days
            shifted = sorted((day + days) % 7 for day in weekdays)
            return Weekly(tuple(shifted), (week_start + days) % 7 if rule.every > 1 else week_start)
        case MonthlyByWeekday(nth, _weekday):
            which = (new.day - 1) // 7 + 1
            is_last = which not in NTHS or (nth == LAST and is_last_week)
            return MonthlyByWeekday(LAST if is_last else which, new.weekday())
        case MonthlyByDay(day):
            is_last = (new + timedelta(days=1)).month != new.month
            last = is_last and (day == LAST or new.day not in DAYS)
            return MonthlyByDay(LAST if last else new.day)


def _day_in_month(rule: Rule, first: date) -> date:
    start = datetime.combine(first, time())
    return next(iter(expansion(replace(rule, every=1, count=1, until=None), start))).date()


def matched(old: Sequence[datetime], new: Sequence[datetime]) -> dict[int, int]:
    """Which of the `old` moments becomes which of the `new`, by their indexes, in order.

    As many as there can be are matched, so that together they move as little as can be.
    """
    few, many = (old, new) if len(old) <= len(new) else (new, old)
    spare = len(many) - len(few)
    # best[i][j]: the least movement when the first i of few are among the first i + j of many.
    best = [[timedelta()] * (spare + 1)]
    for i, moment in enumerate(few):
        row: list[timedelta] = []
        for j in range(spare + 1):
            taken = best[i][j] + abs(moment - many[i + j])
            row.append(min(taken, row[-1]) if row else taken)
        best.append(row)
    pairs, j = {}, spare
    for i in range(len(few) - 1, -1, -1):
        while j and best[i + 1][j - 1] <= best[i + 1][j]:
            j -= 1
        pairs[i] = i + j
    return pairs if few is old else {there: here for here, there in pairs.items()}
