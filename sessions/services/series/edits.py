"""What a change of many writes into the sessions of a series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sessions import recurrence
from sessions.models import ModelSession, Series
from sessions.recurrence import Rule
from sessions.services import drafts
from sessions.services.series.courses import Change, Course, occurs
from sessions.services.series.occurrences import occurrence
from sessions.services.series.schedules import Schedule


@dataclass
class Done:
    """What became of the sessions, not saved yet."""

    rows: list[ModelSession] = field(default_factory=list)
    touched: list[ModelSession] = field(default_factory=list)
    moved: list[ModelSession] = field(default_factory=list)
    surplus: list[ModelSession] = field(default_factory=list)
    made: list[ModelSession] = field(default_factory=list)
    is_told: bool = False
    # Which one the made ones are copies of: no exception, where there is another.
    like: ModelSession | None = None


def apply(course: Course, change: Change, schedule: Schedule, target: Series) -> Done:
    """Write the change into the sessions that take it, and give each its place in the rule."""
    done = Done(is_told=schedule.is_new)
    write = _writer(course.chosen, change.plan, schedule)
    for row in course.rows:
        if occurs(row) < schedule.begins:
            continue
        done.rows.append(row)
        before = _state(row)
        place = schedule.places.get(occurs(row))
        if place is None:
            _leave(row, course, done, schedule.rule)
        else:
            row.series, row.occurs_at = target, place
            if course.takes(row):
                done.touched.append(row)
                write(row)
            row.deviates = row.deviates or row.starts_at != place
        after = _state(row)
        if after != before or change.agenda is not None:
            row.revise()
            row.live_version += 1
        if _times(after) != _times(before):
            done.moved.append(row)
        done.is_told |= _told(after) != _told(before)
    kept = set(schedule.places.values()) | schedule.skipped
    length = change.plan["ends_at"] - change.plan["starts_at"]
    missing = [moment for moment in schedule.moments if moment not in kept]
    done.like = next((row for row in done.touched if not row.deviates), course.chosen)
    done.made = [occurrence(done.like, target, moment, length) for moment in missing]
    return done


def _writer(
    chosen: ModelSession, plan: dict[str, Any], schedule: Schedule
) -> Callable[[ModelSession], None]:
    """Return what writes into a session, at its new place, all that differs from the chosen one."""
    fields = {name: value for name, value in plan.items() if getattr(chosen, name) != value}
    has_moved = schedule.is_new or bool(fields.keys() & set(drafts.TIME))
    length = plan["ends_at"] - plan["starts_at"]

    def write(row: ModelSession) -> None:
        hours = drafts.hours_there_are(row)
        for name in fields.keys() - set(drafts.TIME):
            setattr(row, name, fields[name])
        if row is chosen and not schedule.is_new:
            row.starts_at, row.ends_at = plan["starts_at"], plan["ends_at"]
        elif has_moved:
            row.starts_at = occurs(row)
            row.ends_at = row.starts_at + length
        if "lesson_hours" not in plan:
            row.lesson_hours = drafts.hours_as_before(row, hours)

    return write


def _leave(row: ModelSession, course: Course, done: Done, rule: Rule) -> None:
    """Let a session go for which the new rule has no place; one that is still to come is off."""
    if course.is_open(row):
        done.surplus.append(row)
        row.status = ModelSession.Status.CANCELLED
        with translation.override("id"):
            words = str(_("Rangkaian berubah menjadi: %(rule)s."))
            row.cancel_reason = words % {"rule": recurrence.in_words(rule)}
    row.series, row.occurs_at, row.deviates = None, None, False


def _state(row: ModelSession) -> dict[str, Any]:
    """What calendars and pages could show of it; no other row is read."""
    plan = set(drafts.plan_fields())
    fields = [each.attname for each in ModelSession._meta.concrete_fields if each.name in plan]
    names = ["series_id", "occurs_at", "deviates", "status", *fields]
    return {name: getattr(row, name) for name in names}


def _times(state: dict[str, Any]) -> tuple[Any, ...]:
    return state["starts_at"], state["ends_at"]


def _told(state: dict[str, Any]) -> tuple[Any, ...]:
    """What everyone who is invited hears of."""
    return tuple(state[name] for name in (*drafts.WHEREABOUTS, "status"))
