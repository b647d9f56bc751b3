"""Holding a session, and what is counted when it really happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from activity.services import changing, record
from groups.models import Stage
from groups.services import count_in_cycle
from sessions import rules
from sessions.events import SessionHeld, SessionIsSoon
from sessions.models import OPENS_AFTER, ModelSession
from sessions.services.live import bump_live


def hold_session(session: ModelSession, *, by: User) -> ModelSession:
    """Say that the session took place: a lesson counts in its cycle, and observers may submit.

    What they write opens to the guru model 48 hours after its end (see `open_early`).
    """
    with changing(session):
        rules.may_hold_session.require(by, session)
        mark_held(session, by=by)
    return session


def mark_held(session: ModelSession, *, by: User) -> None:
    """Do what holding a session does, in the transaction of a caller that asked its own rule.

    Only lessons count in their cycle: a meeting models nothing.
    """
    # No rule: holding and closing each asked theirs.
    session.status = ModelSession.Status.HELD
    session.held_at = timezone.now()
    session.opens_at = session.ends_at + OPENS_AFTER
    session.save(update_fields=["status", "held_at", "opens_at"])
    if session.is_lesson:
        count_in_cycle(session.cycle_id, Stage.MODELLING)
    bump_live(session.pk)
    record(SessionHeld(session_id=session.pk), by=by)


def count_in_session(
    session_id: int, counter: Literal["sheets_submitted", "feedback_given"]
) -> None:
    """Keep a session's counter when an observer's sheet or a colleague's feedback is sent.

    Called by the services of higher apps inside their own transaction.
    """
    ModelSession.objects.filter(pk=session_id).update(**{counter: F(counter) + 1})


def open_early(session: ModelSession, now: datetime) -> None:
    """Let the guru model of a held session read from `now` what others wrote about it.

    Called by reinforcement, in its own transaction, when she has written her reflection.
    """
    ModelSession.objects.filter(pk=session.pk, opens_at__gt=now).update(opens_at=now)
    session.refresh_from_db(fields=["opens_at"])


def remind_of_sessions(now: datetime) -> None:
    """Record, once each, that a session starts within a day.

    A session that was moved is announced again for its new time.
    """
    for session in ModelSession.objects.planned_between(now, now + timedelta(days=1)):
        once = f"session-soon:{session.pk}:{session.starts_at.isoformat()}"
        with transaction.atomic():
            record(SessionIsSoon(session_id=session.pk), by=None, once=once)
