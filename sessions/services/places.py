"""Places in the room, and the waiting list of who asks for one.

A session with a `capacity` has so many places for those who come in person; whoever speaks there
brings their own. Everything here runs in the transaction and under the lock of the session, so the
order of the list is the order in which people asked.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max, QuerySet

from accounts.models import User
from activity.services import record
from sessions.events import SeatGiven
from sessions.models import ModelSession, Participation
from sessions.queries import answers_to, asking_for_place, places_left

Answer = Participation.Answer


def ask_for_place(session: ModelSession, part: Participation) -> None:
    """Give `part`, who now wants a place, one that is free, or the last turn of the list.

    It is for the caller to save.
    """
    others = asking_for_place(session).exclude(pk=part.pk)
    taken = others.filter(queue_number=None).count()
    last = others.aggregate(last=Max("queue_number"))["last"]
    is_full = session.capacity is not None and taken >= session.capacity
    part.queue_number = (last or 0) + 1 if is_full or last is not None else None


def move_up(session: ModelSession, *, by: User | None) -> list[Participation]:
    """Give free places to those who wait, the first first, and say who got one.

    A capacity that was lowered takes no place away from anybody, and nobody gets a place in what
    took place already.
    """
    # No rule: it follows from a change that asked one.
    if not session.is_planned:
        return []
    waiting = asking_for_place(session).exclude(queue_number=None).order_by("queue_number")
    lucky = list(waiting[: places_left(session)])
    for part in lucky:
        part.queue_number = None
        part.save(update_fields=["queue_number"])
        record(SeatGiven(participation_id=part.pk), by=by)
    return lucky


def ask_again(sessions: Collection[ModelSession]) -> None:
    """Forget every answer to sessions whose time moved, and with them the waiting lists."""
    _forget(Participation.objects.filter(session__in=sessions))


def settle(sessions: Collection[ModelSession], *, by: User) -> None:
    """Do what follows when the plan of sessions changed: their mode, or how many places there are.

    An answer that no longer makes sense, such as to come in person to what takes place online now,
    is asked again; places that became free go to who waits.
    """
    # No rule: it follows from a change that asked one.
    parts = Participation.objects.filter(session__in=sessions)
    for mode in {session.mode for session in sessions}:
        alike = [session for session in sessions if session.mode == mode]
        fitting = [Answer.NONE, *answers_to(alike[0])]
        _forget(parts.filter(session__in=alike).exclude(answer__in=fitting))
    waited_for = set(parts.exclude(queue_number=None).values_list("session", flat=True))
    for session in sessions:
        if session.pk in waited_for:
            move_up(session, by=by)


def _forget(parts: QuerySet[Participation]) -> None:
    parts.update(answer=Answer.NONE, answer_reason="", answered_at=None, queue_number=None)
