"""Closing a session: what happened becomes final, and its JP are earned."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from sessions import rules
from sessions.events import SessionClosed, SessionReopened
from sessions.models import CheckIn, Minutes, ModelSession, Participation
from sessions.services.holding import mark_held
from sessions.services.live import bump_live

Answer, Attendance, Method = (
    Participation.Answer,
    Participation.Attendance,
    Participation.Method,
)


def close_session(session: ModelSession, *, by: User) -> ModelSession:
    """Make attendance and minutes final, and give the JP to everyone who was there.

    A planned session is held by it. Whoever nobody wrote down becomes excused when the person said
    so before, else absent; who led and who took the minutes were there. The guru model's JP are
    kept on the session, since she is not among the invited.
    """
    with changing(session):
        rules.may_close_session.require(by, session)
        now = timezone.now()
        if session.is_planned:
            mark_held(session, by=by)
        _fill_attendance(session, by, now)
        Minutes.objects.filter(session=session).update(
            completed_at=now, writer=None, held_until=None
        )
        was_there = session.participations.filter(
            attendance__in=[Attendance.PRESENT, Attendance.LATE]
        )
        was_there.update(lesson_hours=session.lesson_hours)
        session.teacher_hours = session.lesson_hours if session.is_lesson else 0
        session.closed_at, session.closed_by = now, by
        session.save(update_fields=["teacher_hours", "closed_at", "closed_by"])
        bump_live(session.pk)
        record(SessionClosed(session_id=session.pk), by=by)
    return session


def reopen_session(session: ModelSession, *, by: User, reason: str) -> ModelSession:
    """Let what was final be changed again. The JP are taken back until it is closed anew."""
    with changing(session):
        rules.may_reopen_session.require(by, session)
        if not reason.strip():
            raise ValidationError({"reason": _("Tulis alasannya.")})
        session.participations.update(lesson_hours=0)
        Minutes.objects.filter(session=session).update(completed_at=None)
        session.teacher_hours, session.closed_at, session.closed_by = 0, None, None
        session.save(update_fields=["teacher_hours", "closed_at", "closed_by"])
        bump_live(session.pk)
        record(SessionReopened(session_id=session.pk, reason=reason.strip()[:300]), by=by)
    return session


def _fill_attendance(session: ModelSession, by: User, now: datetime) -> None:
    """Give everybody who has none an attendance; who waits for a place was never invited."""
    leading = (session.leader_id, session.note_taker_id)
    named = {person for person in leading if person and person != session.teacher_id}
    invited = set(session.participations.values_list("user_id", flat=True))
    Participation.objects.bulk_create(
        Participation(session=session, user_id=person) for person in sorted(named - invited)
    )
    parts = session.participations.filter(attendance=Attendance.NONE, queue_number=None)
    filled = list(parts.select_for_update(of=("self",), no_key=True))
    for part in filled:
        part.attendance = filled_in(part, is_named=part.user_id in named)
        part.method = Method.TICK
        part.ticked_at, part.ticked_by = now, by
    Participation.objects.bulk_update(filled, ["attendance", "method", "ticked_at", "ticked_by"])
    CheckIn.objects.bulk_create(
        CheckIn(participation=part, attendance=part.attendance, method=Method.TICK, at=now, by=by)
        for part in filled
    )


def filled_in(part: Participation, *, is_named: bool) -> Participation.Attendance:
    """The attendance of a person whom nobody wrote down, once the session is closed."""
    if is_named:
        return Attendance.PRESENT
    return Attendance.EXCUSED if part.answer == Answer.NOT_COMING else Attendance.ABSENT
