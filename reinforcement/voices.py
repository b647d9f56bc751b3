"""What all voices say about one lesson, by what they speak about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observations.models import Indicator
from observations.results import Line, results_of
from reinforcement.models import Feedback

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession


@dataclass(frozen=True)
class About:
    """One indicator: what observers saw of it, item by item, and the feedback that is about it.

    Without an indicator it is the lesson as a whole.
    """

    indicator: Indicator | None
    lines: Sequence[Line]
    feedback: Sequence[Feedback]


def voices_on(session: ModelSession, reader: User) -> list[About]:
    """All that this person may read of a session's sheets and given feedback, by indicator.

    In the order of the instrument; the lesson as a whole comes last. At most eleven queries for
    one instrument, whatever the number of voices.
    """
    seen: dict[Indicator | None, list[Line]] = defaultdict(list)
    for sheets in results_of(session, reader):
        for line in sheets.lines:
            seen[line.item.indicator].append(line)
    said: dict[Indicator | None, list[Feedback]] = defaultdict(list)
    given = Feedback.objects.visible_to(reader).given().filter(session=session)
    for feedback in given.select_related("author", "indicator__aspect").order_by("given_at", "pk"):
        said[feedback.indicator].append(feedback)
    return [About(one, seen[one], said[one]) for one in _in_order([*seen, *said])]


def _in_order(indicators: Iterable[Indicator | None]) -> list[Indicator | None]:
    named = {one for one in indicators if one}
    ordered = sorted(
        named, key=lambda one: (one.aspect.instrument_id, one.aspect.position, one.position)
    )
    return [*ordered, *([None] if None in indicators else [])]
