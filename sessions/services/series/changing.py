"""A series is changed from one session on, or all that remains of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Unpack

from accounts.models import User
from activity.services import changing, record
from sessions import recurrence, rules
from sessions.conflicts import lock_diaries, require_all_free
from sessions.events import SeriesChanged
from sessions.models import AgendaItem, ModelSession, Participation, Series
from sessions.plans import Point
from sessions.recurrence import Rule
from sessions.services import drafts, places
from sessions.services.drafts import Draft, Plan
from sessions.services.series.courses import Change, Course, occurs
from sessions.services.series.edits import Done, apply
from sessions.services.series.occurrences import check_conflicts, copy_of, make
from sessions.services.series.schedules import Schedule, as_words, schedule_of

# What a change of a series may write into its sessions, besides the fields of the plan.
KEPT = (
    *("series", "occurs_at", "deviates", "starts_at", "ends_at", "lesson_hours"),
    *("status", "cancel_reason", "revision", "revised_at", "live_version"),
)

# What is given to people in each session by itself, not by the plan.
OF_ONE = ("observers", "guests")


def change_following(
    session: ModelSession,
    *,
    by: User,
    rule: Rule | None = None,
    skip: Collection[date] | None = None,
    agenda: Sequence[Point] | None = None,
    despite: Collection[str] = frozenset(),
    **plan: Unpack[Plan],
) -> Series:
    """Change this session and all later ones; they go on as a series of their own.

    What differs from this session's plan is written into the others, except into those that were
    changed by themselves, that are cancelled or that have begun. When the time moves, the others
    move as much by the clock, and everyone is asked again. A new `rule` says when this session
    and the later ones are from now on, except on the days of `skip`: sessions are kept where
    their day is near, those that are too many are cancelled, missing ones are made.
    """
    change = Change(dict(plan), rule, skip, agenda, despite)
    return _change(session, change, by=by, is_whole=False)


def change_all(
    session: ModelSession,
    *,
    by: User,
    rule: Rule | None = None,
    skip: Collection[date] | None = None,
    agenda: Sequence[Point] | None = None,
    despite: Collection[str] = frozenset(),
    **plan: Unpack[Plan],
) -> Series:
    """Change every session of the series that has not begun, as `change_following` does.

    When the time or the rule changes after some took place, the rest goes on as a series of its
    own: what was stays as it was.
    """
    change = Change(dict(plan), rule, skip, agenda, despite)
    return _change(session, change, by=by, is_whole=True)


def _change(session: ModelSession, change: Change, *, by: User, is_whole: bool) -> Series:
    if session.series is None:
        rules.may_change_series.require(by, session)
        raise TypeError("The rule lets nobody here.")
    series = session.series
    with changing(series):
        course = Course.read(series, session)
        chosen = course.chosen
        rules.may_change_series.require(by, chosen)
        start, end = chosen.starts_at, chosen.ends_at
        change.plan.setdefault("starts_at", start)
        change.plan.setdefault("ends_at", end)
        here = chosen.teacher_id, chosen.leader_id, chosen.note_taker_id
        schedule = schedule_of(course, change, is_whole=is_whole)
        target = _cut(course, schedule, by=by)
        done = apply(course, change, schedule, target)
        draft = drafts.draft_of(chosen, change.agenda, here)
        _check(course, change, done, draft, by=by)
        _save(course, change, done, draft, target)
        places.settle(done.touched, by=by)
        record(
            SeriesChanged(
                series_id=target.pk,
                session_ids=sorted(row.pk for row in [*done.touched, *done.made]),
                cancelled_ids=sorted(row.pk for row in done.surplus),
                moved=bool(done.moved),
                is_told=done.is_told,
            ),
            by=by,
        )
    session.refresh_from_db()
    return target


def _cut(course: Course, schedule: Schedule, *, by: User) -> Series:
    """End the series before the change and begin another, where sessions come before it."""
    series, zone = course.series, course.series.zone
    target = series
    if any(occurs(row) < schedule.begins for row in course.rows):
        moments = series.moments()
        index = moments.index(schedule.begins)
        earlier = series.skipped_at & set(moments[:index])
        series.rule = recurrence.to_text(
            recurrence.ending_before(series.recurrence, moments, index), zone
        )
        series.skipped = as_words(earlier)
        target = Series(
            group=series.group, time_zone=series.time_zone, continues=series, made_by=by
        )
    else:
        target.revise()
    target.rule = recurrence.to_text(schedule.rule, zone)
    target.starts_at = schedule.moments[0]
    target.skipped = as_words(schedule.skipped)
    return target


def _check(course: Course, change: Change, done: Done, draft: Draft, *, by: User) -> None:
    """Raise ValidationError when somebody's diary does not fit, or the days want consent."""
    sessions = [*done.made, *(row for row in done.moved if row.is_planned)]
    if change.agenda is not None or "leader" in change.plan:
        sessions = [*done.made, *done.touched]
    if sessions:
        gone = {row.pk for row in [*sessions, *done.surplus] if row.pk}
        lock_diaries(drafts.flat(draft.named))
        named = dict(draft.named)
        guests = {"guests": named.pop("guests", ())}
        if course.chosen in sessions:
            require_all_free([course.chosen], guests, by=by, instead_of=gone)
        check_conflicts(sessions, named, by=by, despite=change.despite, instead_of=gone)


def _save(course: Course, change: Change, done: Done, draft: Draft, target: Series) -> None:
    if target is not course.series:
        course.series.revise()
        target.save()
    course.series.save(update_fields=["rule", "starts_at", "skipped", "revision", "revised_at"])
    # Two sessions may change places: for a moment none has any.
    pks = [row.pk for row in done.rows]
    ModelSession.objects.filter(pk__in=pks).update(occurs_at=None)
    for row in done.rows:
        row.series_id = row.series.pk if row.series else None
    ModelSession.objects.bulk_update(done.rows, sorted({*KEPT, *change.plan}))
    if change.agenda is not None:
        AgendaItem.objects.filter(session__in=done.touched).delete()
        AgendaItem.objects.bulk_create(
            copy_of(item, of) for of in done.touched for item in draft.items
        )
    _invite_named(done.touched, draft)
    if done.made:
        like = done.like or course.chosen
        make(done.made, list(like.agenda.all()), list(like.participations.all()))
    places.ask_again(done.moved)


def _invite_named(sessions: Collection[ModelSession], draft: Draft) -> None:
    """Invite whom the plan gives something to do to each session, once.

    Who observes or is narasumber in the chosen one was invited to that one.
    """
    of_each = {part: people for part, people in draft.named.items() if part not in OF_ONE}
    named = {person.pk for person in drafts.flat(of_each)}
    parts = Participation.objects.filter(session__in=sessions, user__in=named)
    invited = set(parts.values_list("session", "user"))
    Participation.objects.bulk_create(
        Participation(session=session, user_id=person)
        for session in sessions
        for person in named - {session.teacher_id}
        if (session.pk, person) not in invited
    )
