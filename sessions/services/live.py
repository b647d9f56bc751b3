"""What happens while a session goes on: the lesson clock and the questions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from sessions import rules
from sessions.events import (
    ClockCorrected,
    ClockStarted,
    QuestionAnswered,
    QuestionAsked,
    QuestionRemoved,
)
from sessions.models import ModelSession, Question
from sessions.rules.live import CLOCK_OPENS_BEFORE
from sessions.services.submissions import made_before

# Enough for anybody; a page of questions that nobody can read helps nobody.
MOST_QUESTIONS_EACH = 20


def bump_live(session_id: int) -> None:
    """Have every open live page of the session fetch what changed.

    Called in the transaction of each change that the page shows: attendance, questions, minutes,
    the clock, decisions, the agenda.
    """
    ModelSession.objects.filter(pk=session_id).update(live_version=F("live_version") + 1)


def start_clock(session: ModelSession, *, by: User) -> ModelSession:
    """Start the lesson clock: from now on everybody's minutes are counted from this moment.

    Raises ValidationError when it runs already: then its start can be corrected.
    """
    with changing(session):
        rules.may_run_clock.require(by, session)
        if session.clock_started_at:
            raise ValidationError(_("Jam sesi sudah berjalan."), code="runs")
        _set_clock(session, timezone.now(), by)
        record(ClockStarted(session_id=session.pk), by=by)
    return session


def correct_clock(
    session: ModelSession, *, by: User, started_at: datetime, reason: str
) -> ModelSession:
    """Say when the lesson really started. Minutes that were written down before stay as they are.

    Raises ValidationError when no reason is given, and when that moment is still to come or long
    before the plan.
    """
    with changing(session):
        rules.may_run_clock.require(by, session)
        if not session.clock_started_at:
            raise ValidationError(_("Jam sesi belum dimulai."), code="not-started")
        if not reason.strip():
            raise ValidationError({"reason": _("Tulis alasannya.")})
        if not session.starts_at - CLOCK_OPENS_BEFORE <= started_at <= timezone.now():
            raise ValidationError(
                {"started_at": _("Pilih waktu sejak 30 menit sebelum jadwal sampai sekarang.")}
            )
        minutes = round((started_at - session.clock_started_at).total_seconds() / 60)
        _set_clock(session, started_at, by)
        event = ClockCorrected(session_id=session.pk, minutes=minutes, reason=reason.strip()[:200])
        record(event, by=by)
    return session


def _set_clock(session: ModelSession, started_at: datetime, by: User) -> None:
    session.clock_started_at, session.clock_started_by = started_at, by
    session.save(update_fields=["clock_started_at", "clock_started_by"])
    bump_live(session.pk)


def ask_question(session: ModelSession, *, by: User, text: str, submission: UUID) -> Question:
    """Ask a question for whoever leads to take up. The same `submission` twice asks once."""
    with changing(session):
        rules.may_ask.require(by, session)
        own = {"session_id": session.pk, "author_id": by.pk}
        if asked := made_before(Question.objects.all(), submission, **own):
            return asked
        if session.questions.filter(author=by).count() >= MOST_QUESTIONS_EACH:
            raise ValidationError({"text": _("Paling banyak 20 pertanyaan untuk satu sesi.")})
        question = Question(session=session, author=by, text=text.strip(), submission=submission)
        question.full_clean()
        question.save()
        bump_live(session.pk)
        record(QuestionAsked(question_id=question.pk), by=by)
    return question


def mark_answered(question: Question, *, by: User) -> Question:
    """Say that a question was taken up. Said twice, the first moment stays."""
    with changing(question.session, question):
        rules.may_answer_question.require(by, question)
        if question.answered_at is None:
            question.answered_at = timezone.now()
            question.save(update_fields=["answered_at"])
            bump_live(question.session_id)
            record(QuestionAnswered(question_id=question.pk), by=by)
    return question


def remove_question(question: Question, *, by: User) -> None:
    """Take back a question that nobody answered yet."""
    with changing(question.session, question):
        rules.may_remove_question.require(by, question)
        question.delete()
        bump_live(question.session_id)
        record(QuestionRemoved(session_id=question.session_id), by=by)
