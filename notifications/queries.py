"""What a person still owes, from every stage: for the home page and for reminders alike."""

from __future__ import annotations

from datetime import UTC, datetime

from accounts.models import User
from activity import queries as activity
from activity.owed import Owed
from groups.queries import owed_by as owed_to_groups
from observations.events import ObservationSubmitted
from observations.queries import owed_by as owed_observations
from reinforcement.events import (
    FeedbackGiven,
    FollowUpChanged,
    FollowUpDone,
    FollowUpPromised,
    ReflectionWritten,
)
from reinforcement.queries import owed_by as owed_reinforcement
from sessions.events import InvitationAnswered, SessionHeld
from sessions.queries import owed_by as owed_to_sessions
from sharing.events import PostShared
from sharing.queries import owed_by as owed_to_readers
from thinkpair.events import AnswerShared
from thinkpair.queries import owed_by as owed_to_threads

_STAGES = (
    owed_to_groups,
    owed_to_readers,
    owed_to_sessions,
    owed_observations,
    owed_reinforcement,
    owed_to_threads,
)
# What people do for each other, and are thanked for.
_DONE = (
    AnswerShared,
    FeedbackGiven,
    FollowUpChanged,
    FollowUpDone,
    FollowUpPromised,
    InvitationAnswered,
    ObservationSubmitted,
    PostShared,
    ReflectionWritten,
    SessionHeld,
)
_NEVER = datetime.max.replace(tzinfo=UTC)


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Everything that this person owes, what is due first on top. At most eleven queries."""
    owed = [each for stage in _STAGES for each in stage(user, now)]
    return sorted(owed, key=lambda each: each.due_at or _NEVER)


def count_done(user: User, since: datetime) -> int:
    """How many things this person did for the group since a moment. One query."""
    return activity.count_done(user, _DONE, since)
