"""What follows in discussions from what happened elsewhere."""

from __future__ import annotations

from activity.events import on
from activity.services import changing
from sessions.events import AttendanceTicked, CheckedIn
from sessions.models import ModelSession
from thinkpair.models import Thread
from thinkpair.services import place_alone


@on(AttendanceTicked)
def seat_those_whom_the_board_ticked(event: AttendanceTicked) -> None:
    _seat(ModelSession.objects.get(pk=event.session_id))


@on(CheckedIn)
def seat_who_checked_in(event: CheckedIn) -> None:
    _seat(ModelSession.objects.get(participations=event.participation_id))


def _seat(session: ModelSession) -> None:
    """Let who came late to a session sit in its running discussions, and who was not there rise."""
    for thread in session.threads.filter(phase__in=(Thread.Phase.ARRANGE, Thread.Phase.PAIR)):
        with changing(thread):
            place_alone(thread, by=None)
