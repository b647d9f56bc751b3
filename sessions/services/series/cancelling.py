"""A series is called off from one session on, or all that remains of it."""

from __future__ import annotations

from accounts.models import User
from activity.services import changing, record
from sessions import rules
from sessions.events import SeriesCancelled
from sessions.models import ModelSession, Series
from sessions.services import planning
from sessions.services.series.courses import Course, occurs


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
        course = Course.read(series, session)
        rules.may_cancel_series.require(by, course.chosen)
        begins = None if is_whole else course.chosen.occurs_at
        rows = [
            row
            for row in course.rows
            if course.is_open(row) and (begins is None or occurs(row) >= begins)
        ]
        for row in rows:
            planning.call_off(row, reason)
        ModelSession.objects.bulk_update(rows, planning.CALLED_OFF)
        series.save(update_fields=series.revise())
        event = SeriesCancelled(series_id=series.pk, session_ids=sorted(row.pk for row in rows))
        record(event, by=by)
    session.refresh_from_db()
    return series
