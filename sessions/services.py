"""Every change to model-teacher sessions."""

from __future__ import annotations

from datetime import datetime

from sessions.models import ModelSession


def open_early(session: ModelSession, now: datetime) -> None:
    """Let the guru model of a held session read from `now` what others wrote about it.

    Called by reinforcement, in its own transaction, when she has written her reflection.
    """
    ModelSession.objects.filter(pk=session.pk, opens_at__gt=now).update(opens_at=now)
    session.refresh_from_db(fields=["opens_at"])
