"""How many sessions were observed, fed back and followed up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from observations.models import Observation
from reinforcement.models import Feedback, FollowUp
from sessions.models import ModelSession


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many held sessions were observed, fed back and followed up. Never how well."""

    sessions: int
    observed: int
    fed_back: int
    promised: int


def coverage(schools: Collection[int] | None, since: datetime) -> Coverage:
    """Count the sessions held since a moment by teachers of these schools, or of all. One query."""
    held = ModelSession.objects.filter(status=ModelSession.Status.HELD, held_at__gte=since)
    if schools is not None:
        held = held.filter(teacher__school__in=schools)
    session = OuterRef("pk")
    counted = held.annotate(
        has_observation=Exists(Observation.objects.submitted().filter(session=session)),
        has_feedback=Exists(Feedback.objects.given().filter(session=session)),
        has_follow_up=Exists(FollowUp.objects.filter(session=session)),
    ).aggregate(
        sessions=Count("pk"),
        observed=Count("pk", filter=Q(has_observation=True)),
        fed_back=Count("pk", filter=Q(has_feedback=True)),
        promised=Count("pk", filter=Q(has_follow_up=True)),
    )
    return Coverage(**counted)
