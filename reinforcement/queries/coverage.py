"""How many sessions were observed, fed back and followed up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from observations.models import Observation
from reinforcement.models import Feedback, FollowUp
from sessions.models import ModelSession

# Of fewer teachers than this nothing is counted: the count would speak of persons (product, 3).
FEWEST_TEACHERS = 5


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many held sessions were observed, fed back and followed up. Never how well.

    None stands for a number that would tell of fewer than five teachers: of those who taught these
    sessions, of those to whom it happened, or of those to whom it did not.
    """

    sessions: int | None
    observed: int | None
    fed_back: int | None
    promised: int | None

    @property
    def is_withheld(self) -> bool:
        """Whether too few teachers taught to say anything."""
        return self.sessions is None


def coverage(schools: Collection[int] | None, since: datetime) -> Coverage:
    """Count the lessons held since a moment by teachers of these schools, or of all. One query.

    A meeting is not observed, and a visit is known to the two alone: neither counts.
    """
    held = ModelSession.objects.filter(
        kind=ModelSession.Kind.LESSON, status=ModelSession.Status.HELD, held_at__gte=since
    )
    if schools is not None:
        held = held.filter(teacher__school__in=schools)
    return coverage_of(held)


def coverage_of(held: QuerySet[ModelSession]) -> Coverage:
    """Count what came of these held lessons, as far as it tells of five teachers. One query."""
    session = OuterRef("pk")
    happened = {
        "observed": Exists(Observation.objects.submitted().filter(session=session)),
        "fed_back": Exists(Feedback.objects.given().filter(session=session)),
        "promised": Exists(FollowUp.objects.filter(session=session)),
    }
    numbers = {
        "sessions": Count("pk"),
        "teachers": Count("teacher", distinct=True),
        **{name: Count("pk", filter=Q(**{f"has_{name}": True})) for name in happened},
        **{f"with_{name}": _teachers(name, is_so=True) for name in happened},
        **{f"without_{name}": _teachers(name, is_so=False) for name in happened},
    }
    found = held.annotate(**{f"has_{name}": has for name, has in happened.items()})
    counted = found.aggregate(**numbers)
    if 0 < counted["teachers"] < FEWEST_TEACHERS:
        return Coverage(sessions=None, observed=None, fed_back=None, promised=None)
    shown = {name: _unless_of_few(counted, name) for name in happened}
    return Coverage(sessions=counted["sessions"], **shown)


def _teachers(name: str, *, is_so: bool) -> Count:
    """How many teachers have a session to which it happened, or one to which it did not."""
    return Count("teacher", distinct=True, filter=Q(**{f"has_{name}": is_so}))


def _unless_of_few(counted: dict[str, int], name: str) -> int | None:
    """Withhold it also where the rest would be of few: it could be told by taking away."""
    parts = (counted[f"with_{name}"], counted[f"without_{name}"])
    return None if any(0 < part < FEWEST_TEACHERS for part in parts) else counted[name]
