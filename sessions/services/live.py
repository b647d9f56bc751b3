"""What the live page of a session shows while it goes on."""

from __future__ import annotations

from django.db.models import F

from sessions.models import ModelSession


def bump_live(session_id: int) -> None:
    """Have every open live page of the session fetch what changed.

    Called in the transaction of each change that the page shows: attendance, questions, minutes,
    the clock, decisions, the agenda.
    """
    ModelSession.objects.filter(pk=session_id).update(live_version=F("live_version") + 1)
