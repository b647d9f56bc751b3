"""Who may do what while a session goes on, and why not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of
from sessions.rules.session import part_in

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession, Question

# The lesson clock may be started that long before the planned start, and set that long after it.
CLOCK_OPENS_BEFORE = timedelta(minutes=30)
CLOCK_SET_UNTIL = timedelta(hours=3)


def leads(user: User, session: ModelSession) -> bool:
    """Whether this person leads the session: the group's board, the guru model, its leader."""
    is_named = user.pk in {session.teacher_id, session.leader_id}
    return is_named or session.group_id in board_groups_of(user)


def reasons_frozen(session: ModelSession) -> Reasons:
    """What was cancelled or closed stays as it is."""
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
    if session.is_closed:
        yield _("Sesi ini sudah ditutup.")


@rule
def may_run_clock(user: User, session: ModelSession) -> Reasons:
    """Whoever leads, from half an hour before the planned start until three hours after the end."""
    if not leads(user, session):
        yield _("Jam sesi dijalankan oleh pengurus, guru model, atau pemimpin sesi.")
    yield from reasons_frozen(session)
    now = timezone.now()
    if now < session.starts_at - CLOCK_OPENS_BEFORE:
        yield _("Jam sesi dapat dimulai sejak 30 menit sebelum jadwal.")
    if now > session.ends_at + CLOCK_SET_UNTIL:
        yield _("Sesi ini sudah lewat.")


@rule
def may_ask(user: User, session: ModelSession) -> Reasons:
    """Whoever takes part, the invited, the guru model and who leads, until it is closed."""
    if not (leads(user, session) or part_in(user, session)):
        yield _("Pertanyaan diajukan oleh yang ikut dalam sesi ini.")
    yield from reasons_frozen(session)


@rule
def may_answer_question(user: User, question: Question) -> Reasons:
    """Whoever leads, and who takes the minutes, until the session is closed."""
    session = question.session
    if not leads(user, session) and session.note_taker_id != user.pk:
        yield _("Pertanyaan ditandai terjawab oleh yang memimpin sesi atau notulis.")
    yield from reasons_frozen(session)


@rule
def may_remove_question(user: User, question: Question) -> Reasons:
    """Who asked it, while it is not answered and the session is not closed."""
    if question.author_id != user.pk:
        yield _("Pertanyaan hanya dapat dihapus oleh yang mengajukannya.")
    if question.answered_at:
        yield _("Pertanyaan ini sudah terjawab.")
    yield from reasons_frozen(question.session)
