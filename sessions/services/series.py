"""Sessions that recur: planned together; changed and cancelled from one on, or all that remain.

A series stores its rule alone. What its sessions say stands in the sessions: whatever is changed
of all of them is written into each, so that a single one may differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Group
from sessions import recurrence, rules
from sessions.conflicts import lock_diaries, require_all_free, require_consent_to_all
from sessions.events import SeriesCancelled, SeriesChanged, SeriesPlanned
from sessions.models import AgendaItem, ModelSession, Participation, Series
from sessions.plans import Point
from sessions.recurrence import Rule
from sessions.services import places, planning
from sessions.services.planning import Draft, Plan

Answer, Status = Participation.Answer, ModelSession.Status
# What a change of a series may write into its sessions, besides the fields of the plan.
KEPT = (
    *("series", "occurs_at", "deviates", "starts_at", "ends_at", "lesson_hours"),
    *("status", "cancel_reason", "revision", "revised_at", "live_version"),
)


# --- planning


def plan_series(
    group: Group,
    *,
    by: User,
    rule: Rule,
    submission: UUID,
    skip: Collection[date] = (),
    despite: Collection[str] = frozenset(),
    **plan: Any,
) -> Series:
    """Plan every session of the rule but those on the days of `skip`, and invite people once.

    Takes what `plan_session` takes; times are those of the first session, whose day is the first
    that fits the rule. A lesson plan is not taken: it belongs to one lesson. The same `submission`
    twice plans one series. People who are busy on one of the days refuse the whole.
    """
    with changing(group):
        rules.may_plan_session.require(by, group)
        if made := Series.objects.filter(submission=submission, made_by=by).first():
            return made
        zone = ZoneInfo(by.time_zone)
        moments, made_at = _chosen(rule, plan["starts_at"], zone, skip)
        length = plan["ends_at"] - plan["starts_at"]
        times = {"starts_at": made_at[0], "ends_at": made_at[0] + length}
        draft = planning.draft_session(group, planner=by, **(plan | times))
        series = Series(
            group=group,
            rule=recurrence.to_text(rule, zone),
            starts_at=moments[0],
            time_zone=zone.key,
            skipped=_as_words(set(moments) - set(made_at)),
            made_by=by,
            submission=submission,
        )
        sessions = [_occurrence(draft.session, series, at, length) for at in made_at]
        _check_conflicts(sessions, draft.named, by=by, despite=despite)
        series.save()
        _make(sessions, draft.items, draft.parts)
        record(SeriesPlanned(series_id=series.pk), by=by)
    return series


def _chosen(
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


def _as_words(moments: Iterable[datetime]) -> list[str]:
    return [moment.isoformat() for moment in sorted(moments)]


def _occurrence(
    like: ModelSession, series: Series, at: datetime, length: timedelta
) -> ModelSession:
    """Make another session of the same plan, not saved yet."""
    values = {name: getattr(like, name) for name in planning.plan_fields()}
    values |= {"starts_at": at, "ends_at": at + length}
    return ModelSession(**values, series=series, occurs_at=at)


def _make(
    sessions: Sequence[ModelSession],
    items: Collection[AgendaItem],
    parts: Collection[Participation],
) -> None:
    """Save sessions, each with its own copy of the agenda and of who is invited."""
    for session in sessions:
        session.series_id = session.series.pk if session.series else None
    made = ModelSession.objects.bulk_create(sessions)
    AgendaItem.objects.bulk_create(_copy(item, of) for of in made for item in items)
    Participation.objects.bulk_create(
        Participation(session=of, user_id=part.user_id, role=part.role, task=part.task)
        for of in made
        for part in parts
    )


def _copy(item: AgendaItem, of: ModelSession) -> AgendaItem:
    return AgendaItem(
        session=of,
        position=item.position,
        title=item.title,
        minutes=item.minutes,
        speaker_id=item.speaker_id,
        speaker_name=item.speaker_name,
    )


def _check_conflicts(
    sessions: Sequence[ModelSession],
    named: Mapping[str, Collection[User]],
    *,
    by: User,
    despite: Collection[str],
    instead_of: Collection[int] = (),
) -> None:
    people = planning.busy_of(named)
    lock_diaries(planning.flat(people))
    require_all_free(sessions, people, by=by, instead_of=instead_of)
    require_consent_to_all(sessions, by=by, despite=despite)


# --- changing


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
    change = _Change(dict(plan), rule, skip, agenda, despite)
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
    change = _Change(dict(plan), rule, skip, agenda, despite)
    return _change(session, change, by=by, is_whole=True)


@dataclass
class _Change:
    """What is asked for."""

    plan: dict[str, Any]
    rule: Rule | None
    skip: Collection[date] | None
    agenda: Sequence[Point] | None
    despite: Collection[str]


@dataclass
class _Course:
    """A series as it is, its rows locked, and the session from whose page it is changed."""

    series: Series
    rows: list[ModelSession]
    chosen: ModelSession
    now: datetime

    @classmethod
    def read(cls, series: Series, session: ModelSession) -> _Course:
        locked = ModelSession.objects.select_for_update().filter(
            Q(series=series) | Q(pk=session.pk)
        )
        rows = list(locked.order_by("pk"))
        chosen = next(row for row in rows if row.pk == session.pk)
        for row in rows:
            row.group = series.group
        rows = [row for row in rows if row.series_id == series.pk]
        for row in rows:
            row.series = series
        rows.sort(key=lambda row: row.occurs_at or row.starts_at)
        return cls(series, rows, chosen, timezone.now())

    def is_open(self, row: ModelSession) -> bool:
        """Whether a change or the cancelling of many reaches that session."""
        return row.is_planned and (row.starts_at > self.now or row is self.chosen)

    def takes(self, row: ModelSession) -> bool:
        """Whether a change of many is written into that session: exceptions are kept."""
        return self.is_open(row) and (not row.deviates or row is self.chosen)


@dataclass
class _Schedule:
    """Where the sessions from some moment on come to be: the new rule and its moments."""

    begins: datetime
    rule: Rule
    moments: list[datetime]
    skipped: set[datetime]
    # From the moment that the old rule has to the one that the new rule has.
    places: dict[datetime, datetime]
    is_new: bool


def _change(session: ModelSession, change: _Change, *, by: User, is_whole: bool) -> Series:
    if session.series is None:
        rules.may_change_series.require(by, session)
        raise TypeError("The rule lets nobody here.")
    series = session.series
    with changing(series):
        course = _Course.read(series, session)
        chosen = course.chosen
        rules.may_change_series.require(by, chosen)
        start, end = chosen.starts_at, chosen.ends_at
        change.plan.setdefault("starts_at", start)
        change.plan.setdefault("ends_at", end)
        here = chosen.teacher_id, chosen.leader_id, chosen.note_taker_id
        schedule = _schedule(course, change, is_whole=is_whole)
        target = _cut(course, schedule, by=by)
        done = _apply(course, change, schedule, target)
        draft = planning.draft_of(chosen, change.agenda, here)
        _check(change, done, draft, by=by)
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


def _schedule(course: _Course, change: _Change, *, is_whole: bool) -> _Schedule:
    """Say when everything is from now on: the same, moved as the chosen one, or by a new rule."""
    series, chosen = course.series, course.chosen
    zone, moments = series.zone, series.moments()
    shift = _wall(change.plan["starts_at"], zone) - _wall(chosen.starts_at, zone)
    target = recurrence.wall_shift(_occurs(chosen), shift, zone)
    begins = _occurs(chosen)
    if is_whole:
        begins = min(_occurs(row) for row in course.rows if course.is_open(row))
        if not shift and change.rule is None:
            begins = moments[0]
    index = moments.index(begins)
    rest, coming = recurrence.going_on_from(series.recurrence, index), moments[index:]
    skipped = series.skipped_at
    if change.rule is None or (change.rule == rest and change.skip is None):
        rule, found = rest, coming
        if shift:
            rule, found = recurrence.moved(rest, coming, _occurs(chosen), target, zone)
        places = dict(zip(coming, found, strict=True))
        skipped = {places[moment] for moment in skipped if moment in places}
        return _Schedule(begins, rule, found, skipped, places, is_new=False)
    first = _on_day_of(begins, target, zone) if is_whole else target
    skip = {moment.date() for moment in skipped} if change.skip is None else set(change.skip)
    found, taken = _chosen(change.rule, first, zone, skip)
    old = [_occurs(row) for row in course.rows if _occurs(row) >= begins]
    places = {old[here]: taken[there] for here, there in recurrence.matched(old, taken).items()}
    return _Schedule(begins, change.rule, found, set(found) - set(taken), places, is_new=True)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _on_day_of(day: datetime, clock: datetime, zone: ZoneInfo) -> datetime:
    """The day of one moment at the time of another."""
    shift = datetime.combine(_wall(day, zone).date(), _wall(clock, zone).time()) - _wall(day, zone)
    return recurrence.wall_shift(day, shift, zone)


def _occurs(row: ModelSession) -> datetime:
    if row.occurs_at is None:
        raise TypeError("A session of a series has its place in the rule.")
    return row.occurs_at


def _cut(course: _Course, schedule: _Schedule, *, by: User) -> Series:
    """End the series before the change and begin another, where sessions come before it."""
    series, zone = course.series, course.series.zone
    target = series
    if any(_occurs(row) < schedule.begins for row in course.rows):
        moments = series.moments()
        index = moments.index(schedule.begins)
        earlier = series.skipped_at & set(moments[:index])
        series.rule = recurrence.to_text(
            recurrence.ending_before(series.recurrence, moments, index), zone
        )
        series.skipped = _as_words(earlier)
        target = Series(
            group=series.group, time_zone=series.time_zone, continues=series, made_by=by
        )
    else:
        target.revise()
    target.rule = recurrence.to_text(schedule.rule, zone)
    target.starts_at = schedule.moments[0]
    target.skipped = _as_words(schedule.skipped)
    return target


@dataclass
class _Done:
    """What became of the sessions, not saved yet."""

    rows: list[ModelSession] = field(default_factory=list)
    touched: list[ModelSession] = field(default_factory=list)
    moved: list[ModelSession] = field(default_factory=list)
    surplus: list[ModelSession] = field(default_factory=list)
    made: list[ModelSession] = field(default_factory=list)
    is_told: bool = False
    # Which one the made ones are copies of: no exception, where there is another.
    like: ModelSession | None = None


def _apply(course: _Course, change: _Change, schedule: _Schedule, target: Series) -> _Done:
    """Write the change into the sessions that take it, and give each its place in the rule."""
    done = _Done(is_told=schedule.is_new)
    write = _writer(course.chosen, change.plan, schedule)
    for row in course.rows:
        if _occurs(row) < schedule.begins:
            continue
        done.rows.append(row)
        before = _state(row)
        place = schedule.places.get(_occurs(row))
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
    done.made = [_occurrence(done.like, target, moment, length) for moment in missing]
    return done


def _writer(
    chosen: ModelSession, plan: dict[str, Any], schedule: _Schedule
) -> Callable[[ModelSession], None]:
    """Return what writes into a session, at its new place, all that differs from the chosen one."""
    fields = {name: value for name, value in plan.items() if getattr(chosen, name) != value}
    has_moved = schedule.is_new or bool(fields.keys() & set(planning.TIME))
    length = plan["ends_at"] - plan["starts_at"]

    def write(row: ModelSession) -> None:
        hours = planning.hours_there_are(row)
        for name in fields.keys() - set(planning.TIME):
            setattr(row, name, fields[name])
        if row is chosen and not schedule.is_new:
            row.starts_at, row.ends_at = plan["starts_at"], plan["ends_at"]
        elif has_moved:
            row.starts_at = _occurs(row)
            row.ends_at = row.starts_at + length
        if "lesson_hours" not in plan:
            row.lesson_hours = planning.hours_as_before(row, hours)

    return write


def _leave(row: ModelSession, course: _Course, done: _Done, rule: Rule) -> None:
    """Let a session go for which the new rule has no place; one that is still to come is off."""
    if course.is_open(row):
        done.surplus.append(row)
        row.status = Status.CANCELLED
        with translation.override("id"):
            words = str(_("Rangkaian berubah menjadi: %(rule)s."))
            row.cancel_reason = words % {"rule": recurrence.in_words(rule)}
    row.series, row.occurs_at, row.deviates = None, None, False


def _state(row: ModelSession) -> dict[str, Any]:
    """What calendars and pages could show of it; no other row is read."""
    plan = set(planning.plan_fields())
    fields = [each.attname for each in ModelSession._meta.concrete_fields if each.name in plan]
    names = ["series_id", "occurs_at", "deviates", "status", *fields]
    return {name: getattr(row, name) for name in names}


def _times(state: dict[str, Any]) -> tuple[Any, ...]:
    return state["starts_at"], state["ends_at"]


def _told(state: dict[str, Any]) -> tuple[Any, ...]:
    """What everyone who is invited hears of."""
    return tuple(state[name] for name in (*planning.WHEREABOUTS, "status"))


def _check(change: _Change, done: _Done, draft: Draft, *, by: User) -> None:
    """Raise ValidationError when somebody's diary does not fit, or the days want consent."""
    sessions = [*done.made, *(row for row in done.moved if row.is_planned)]
    if change.agenda is not None or "leader" in change.plan:
        sessions = [*done.made, *done.touched]
    if sessions:
        gone = {row.pk for row in [*sessions, *done.surplus] if row.pk}
        despite = change.despite
        _check_conflicts(sessions, draft.named, by=by, despite=despite, instead_of=gone)


def _save(course: _Course, change: _Change, done: _Done, draft: Draft, target: Series) -> None:
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
            _copy(item, of) for of in done.touched for item in draft.items
        )
    _invite_named(done.touched, draft)
    if done.made:
        like = done.like or course.chosen
        _make(done.made, list(like.agenda.all()), list(like.participations.all()))
    places.ask_again(done.moved)


def _invite_named(sessions: Collection[ModelSession], draft: Draft) -> None:
    """Invite whom the plan gives something to do to each session, once."""
    named = {person.pk for person in planning.flat(draft.named)}
    parts = Participation.objects.filter(session__in=sessions, user__in=named)
    invited = set(parts.values_list("session", "user"))
    Participation.objects.bulk_create(
        Participation(session=session, user_id=person)
        for session in sessions
        for person in named - {session.teacher_id}
        if (session.pk, person) not in invited
    )


# --- cancelling


def cancel_following(session: ModelSession, *, by: User, reason: str) -> Series:
    """Call off this session and every later one that has not begun; they stay readable."""
    return _cancel(session, by=by, reason=reason, is_whole=False)


def cancel_all(session: ModelSession, *, by: User, reason: str) -> Series:
    """Call off every session of the series that has not begun; they stay readable."""
    return _cancel(session, by=by, reason=reason, is_whole=True)


def _cancel(session: ModelSession, *, by: User, reason: str, is_whole: bool) -> Series:
    if session.series is None:
        rules.may_cancel_series.require(by, session)
        raise TypeError("The rule lets nobody here.")
    series = session.series
    with changing(series):
        course = _Course.read(series, session)
        rules.may_cancel_series.require(by, course.chosen)
        begins = None if is_whole else course.chosen.occurs_at
        rows = [
            row
            for row in course.rows
            if course.is_open(row) and (begins is None or _occurs(row) >= begins)
        ]
        for row in rows:
            planning.call_off(row, reason)
        ModelSession.objects.bulk_update(rows, planning.CALLED_OFF)
        series.save(update_fields=series.revise())
        event = SeriesCancelled(series_id=series.pk, session_ids=sorted(row.pk for row in rows))
        record(event, by=by)
    session.refresh_from_db()
    return series
