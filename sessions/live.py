"""What a live page shows, and the token by which a phone asks whether it changed.

Two hundred phones ask every two seconds. The token proves, without a session and a person being
read from the database, that its bearer could read the session a few minutes ago; then one number
is read: the session's `live_version`. See ADR 0009.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from accounts.models import User
from sessions.models import (
    AgendaItem,
    Decision,
    Minutes,
    ModelSession,
    Participation,
    Question,
)

# Whoever may not read the session any more still gets what is new for that long, not longer.
TOKEN_LASTS = timedelta(minutes=5)
_SALT = "sessions.live"

Attendance = Participation.Attendance


@dataclass(frozen=True)
class Ticket:
    """Whose phone asks, of which session, and how it is to be answered."""

    session_pk: int
    user_pk: int
    language: str
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One item of the agenda with its time by the lesson clock."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class State:
    """Everything that all who read a session see of it while it goes on. Nothing of one person."""

    session: ModelSession
    agenda: list[Turn]
    present: list[Participation]
    invited: int
    questions: list[Question]
    minutes: Minutes | None
    decisions: list[Decision]


def token_for(session: ModelSession, user: User) -> str:
    """A token for a person who was just found to be a reader of the session."""
    words = [session.pk, user.pk, user.language, user.time_zone]
    return signing.dumps(words, salt=_SALT)


def read_token(token: str) -> Ticket:
    """What the token proves. Raises signing.BadSignature when it is forged or older than 5 min."""
    found: list[Any] = signing.loads(token, salt=_SALT, max_age=TOKEN_LASTS)
    return Ticket(*found)


def version_of(session_pk: int) -> int | None:
    """The number that is another one after every change of the live page; None for no session."""
    found = ModelSession.objects.filter(pk=session_pk)
    return found.values_list("live_version", flat=True).first()


def session_of(ticket: Ticket) -> ModelSession:
    """The session of a ticket, whose bearer could read it when it was given."""
    found = ModelSession.objects.select_related("clock_started_by")
    return found.get(pk=ticket.session_pk)


def state_of(session: ModelSession) -> State:
    """Read what the live page of a session shows, in six queries however many people are there."""
    # Not by way of the session, whose people may be prefetched in part.
    people = Participation.objects.filter(session=session)
    present = people.filter(attendance__in=[Attendance.PRESENT, Attendance.LATE])
    return State(
        session=session,
        agenda=_turns(session),
        present=list(present.select_related("user").order_by("user__name", "pk")),
        invited=people.filter(queue_number=None).count(),
        questions=list(session.questions.select_related("author").order_by("-pk")[:100]),
        minutes=Minutes.objects.select_related("writer").filter(session=session).first(),
        decisions=list(session.decisions.order_by("pk")),
    )


def _turns(session: ModelSession) -> list[Turn]:
    turns, start = [], session.counts_from
    for item in session.agenda.select_related("speaker").order_by("position"):
        end = start + timedelta(minutes=item.minutes)
        turns.append(Turn(item=item, starts_at=start, ends_at=end))
        start = end
    return turns
