"""Joining a session online: the room is opened, the joining recorded, the address handed out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from sessions import rooms, rules
from sessions.models import ModelSession, Participation
from sessions.services.attendance import check_in

Provider = ModelSession.Provider


@dataclass(frozen=True)
class Entrance:
    """Where a person joins, for her eyes only, and what an hour there takes in mobile data."""

    address: str
    hint: Promise


def join_session(
    session: ModelSession, *, by: User, submission: UUID, back_to: str = ""
) -> Entrance:
    """Have the room open, write down that this person was there, and say where to join.

    Nobody is present in a room that did not answer: then RoomUnavailable is raised and nothing is
    written. Neither is it for whom comes to the talk after the end; by the lesson clock, if it was
    started. Joining again changes nothing. `back_to` is where people return to from the room.
    """
    # No event: `check_in` records the one that there is.
    session.refresh_from_db()
    rules.may_join.require(by, session)
    entrance = Entrance(
        _address(session, by, back_to), rooms.data_hint(session.provider, session.online_link)
    )
    # The guru model is no guest of her own lesson: she has no part that could be ticked.
    now = timezone.now()
    if by.pk != session.teacher_id and now < session.counts_until:
        check_in(
            session,
            by=by,
            method=Participation.Method.ONLINE,
            at=now,
            submission=submission,
        )
    return entrance


def _address(session: ModelSession, by: User, back_to: str) -> str:
    """Outside any transaction: a server of others may take its time."""
    if session.provider == Provider.LINK:
        return session.online_link
    is_moderator = rules.moderates(by, session)
    name = by.full_name or by.name
    if session.provider == Provider.JITSI:
        return rooms.jitsi_address(
            session.secret, name=name, is_moderator=is_moderator, until=session.ends_at
        )
    rooms.bbb_create(session.secret, title=session.title, back_to=back_to)
    return rooms.bbb_join_address(
        session.secret, name=name, is_moderator=is_moderator, user_key=f"{by.pk}"
    )
