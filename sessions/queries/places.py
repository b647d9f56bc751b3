"""Places in the room, and turns in its waiting list."""

from __future__ import annotations

from django.db.models import QuerySet

from sessions.models import ModelSession, Participation

Answer, Role = Participation.Answer, Participation.Role


def asking_for_place(session: ModelSession) -> QuerySet[Participation]:
    """Who wants a place in the room, with one or waiting for one; who speaks brings their own."""
    return session.participations.filter(answer=Answer.COMING).exclude(role=Role.RESOURCE_PERSON)


def places_left(session: ModelSession) -> int | None:
    """How many places of the room are free, None where they are not counted."""
    if session.capacity is None:
        return None
    taken = asking_for_place(session).filter(queue_number=None).count()
    return max(session.capacity - taken, 0)


def is_full_for(part: Participation) -> bool:
    """Whether this person, who has no place yet, would have to wait for one."""
    if part.role == Role.RESOURCE_PERSON or (part.answer == Answer.COMING and not part.is_waiting):
        return False
    return places_left(part.session) == 0


def turn_of(part: Participation) -> int | None:
    """How many stand in the waiting list up to this person, None for who does not wait."""
    if part.queue_number is None:
        return None
    waiting = part.session.participations.filter(queue_number__lte=part.queue_number)
    return waiting.count()
