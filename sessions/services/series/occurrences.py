"""The sessions of a series: made of one plan, each with its own agenda and invitations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from accounts.models import User
from sessions.conflicts import lock_diaries, require_all_free, require_consent_to_all
from sessions.models import AgendaItem, ModelSession, Participation, Series
from sessions.services import drafts


def occurrence(like: ModelSession, series: Series, at: datetime, length: timedelta) -> ModelSession:
    """Make another session of the same plan, not saved yet."""
    values = {name: getattr(like, name) for name in drafts.plan_fields()}
    values |= {"starts_at": at, "ends_at": at + length}
    return ModelSession(**values, series=series, occurs_at=at)


def make(
    sessions: Sequence[ModelSession],
    items: Collection[AgendaItem],
    parts: Collection[Participation],
) -> None:
    """Save sessions, each with its own copy of the agenda and of who is invited."""
    for session in sessions:
        session.series_id = session.series.pk if session.series else None
    made = ModelSession.objects.bulk_create(sessions)
    AgendaItem.objects.bulk_create(copy_of(item, of) for of in made for item in items)
    Participation.objects.bulk_create(
        Participation(session=of, user_id=part.user_id, role=part.role, task=part.task)
        for of in made
        for part in parts
    )


def copy_of(item: AgendaItem, of: ModelSession) -> AgendaItem:
    """The same point in the agenda of another session, not saved yet."""
    return AgendaItem(
        session=of,
        position=item.position,
        title=item.title,
        minutes=item.minutes,
        speaker_id=item.speaker_id,
        speaker_name=item.speaker_name,
    )


def check_conflicts(
    sessions: Sequence[ModelSession],
    named: Mapping[str, Collection[User]],
    *,
    by: User,
    despite: Collection[str],
    instead_of: Collection[int] = (),
) -> None:
    """Raise ValidationError when somebody's diary does not fit, or the days want consent.

    `instead_of` are the sessions, by id, whose place in the diaries these take.
    """
    # No rule: planning and changing asked theirs. No event: nothing is changed here.
    people = drafts.busy_of(named)
    lock_diaries(drafts.flat(people))
    require_all_free(sessions, people, by=by, instead_of=instead_of)
    require_consent_to_all(sessions, by=by, despite=despite)
