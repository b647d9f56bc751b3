"""The guru model's own look back."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.utils import timezone

from accounts.models import User
from activity.services import changing, record
from reinforcement import rules
from reinforcement.events import (
    ReflectionWritten,
)
from reinforcement.models import Reflection
from sessions.models import ModelSession
from sessions.services import open_early


class Looking(TypedDict):
    """The parts of a reflection."""

    target: str
    went_well: str
    not_yet: str
    learned: str


def write_reflection(session: ModelSession, *, by: User, **words: Unpack[Looking]) -> Reflection:
    """Keep the guru model's own look back, and open to her what others wrote."""
    with changing(session):
        rules.may_reflect.require(by, session)
        reflection = Reflection(session=session, **words)
        reflection.full_clean()
        reflection.save()
        open_early(session, timezone.now())
        record(ReflectionWritten(reflection_id=reflection.pk), by=by)
    return reflection
