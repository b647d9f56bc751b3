"""What all observers of one session saw, side by side, and how far they agree.

Where observers differ is something to talk about, not a mistake: nothing here says who is right,
and nothing is averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite, nan
from typing import TYPE_CHECKING

import krippendorff

from observations.models import Answer, Instrument, Item, Note, Observation, Scale
from observations.queries import items_of

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession

FEWEST_OBSERVERS = 2


@dataclass(frozen=True)
class Seen:
    """What one observer says to one item, with the notes that she tied to it."""

    observation: Observation
    answer: Answer
    notes: Sequence[Note]


@dataclass(frozen=True)
class Line:
    """One item, and what each observer who answered it saw."""

    item: Item
    seen: Sequence[Seen]

    @property
    def differs(self) -> bool:
        """Whether observers chose different words, or said yes and no, or count differently."""
        said = {_said(one.answer) for one in self.seen if not one.answer.is_na}
        return len(said - {None}) > 1


@dataclass(frozen=True)
class Agreement:
    """How far observers agree on the items of one scale. None where it cannot be reckoned.

    `percent` of all pairs of answers to the same item that are the same; `alpha` is that of
    Krippendorff for ordered words: 1 is full agreement, 0 is what chance would give.
    """

    scale: Scale
    observers: int
    items: int
    percent: int | None
    alpha: float | None


@dataclass(frozen=True)
class Sheets:
    """All sheets of a session that were filled with one instrument, item by item."""

    instrument: Instrument
    observations: Sequence[Observation]
    lines: Sequence[Line]
    notes: Sequence[Note]

    @property
    def talking_points(self) -> list[Line]:
        return [line for line in self.lines if line.differs]

    def agreement(self) -> list[Agreement]:
        """How far these observers agree, scale by scale: words of two scales never mix."""
        if len(self.observations) < FEWEST_OBSERVERS:
            return []
        by_scale: dict[Scale, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.item.scale:
                by_scale[line.item.scale].append(line)
        return [self._agreement_on(scale, lines) for scale, lines in by_scale.items()]

    def _agreement_on(self, scale: Scale, lines: Sequence[Line]) -> Agreement:
        observers = [observation.pk for observation in self.observations]
        table = [
            {
                one.observation.pk: one.answer.point.position
                for one in line.seen
                if one.answer.point and not one.answer.is_na
            }
            for line in lines
        ]
        return Agreement(
            scale, len(observers), len(lines), _percent(table), _alpha(table, observers)
        )


def results_of(session: ModelSession, reader: User) -> list[Sheets]:
    """The submitted sheets of a session that this person may read, by instrument.

    At most nine queries for one instrument, whatever the number of observers and items.
    """
    found = (
        Observation.objects.visible_to(reader)
        .submitted()
        .filter(session=session)
        .select_related("observer__school", "instrument")
        .prefetch_related("answers__point", "notes__item")
        .order_by("submitted_at", "pk")
    )
    by_instrument: dict[Instrument, list[Observation]] = defaultdict(list)
    for observation in found:
        by_instrument[observation.instrument].append(observation)
    return [_side_by_side(*sheets) for sheets in by_instrument.items()]


def _side_by_side(instrument: Instrument, observations: Sequence[Observation]) -> Sheets:
    seen: dict[int, list[Seen]] = defaultdict(list)
    for observation in observations:
        tied: dict[int | None, list[Note]] = defaultdict(list)
        for note in observation.notes.all():
            tied[note.item_id].append(note)
        for answer in observation.answers.all():
            if _says_something(answer):
                seen[answer.item_id].append(Seen(observation, answer, tied[answer.item_id]))
    lines = [Line(item, seen[item.pk]) for item in _items(instrument, observations)]
    notes = [note for observation in observations for note in observation.notes.all()]
    return Sheets(
        instrument,
        observations,
        [line for line in lines if line.seen],
        sorted(notes, key=lambda note: (note.minute, note.pk)),
    )


def _items(instrument: Instrument, observations: Sequence[Observation]) -> list[Item]:
    """The items of these sheets in order; sheets of two focuses each bring their own."""
    focuses = dict.fromkeys(observation.indicator_id for observation in observations)
    found = {item.pk: item for focus in focuses for item in items_of(instrument.pk, focus)}
    return sorted(
        found.values(),
        key=lambda item: (
            item.indicator.aspect.position,
            item.indicator.position,
            item.position,
        ),
    )


def _says_something(answer: Answer) -> bool:
    return answer.is_na or _said(answer) is not None or bool(answer.text or answer.evidence)


def _said(answer: Answer) -> int | bool | None:
    """The answer as something to compare; words of one's own are not compared."""
    if answer.point_id is not None:
        return answer.point_id
    return answer.yes if answer.yes is not None else answer.number


def _percent(table: Iterable[dict[int, int]]) -> int | None:
    pairs = [pair for row in table for pair in combinations(row.values(), 2)]
    if not pairs:
        return None
    return round(100 * sum(one == other for one, other in pairs) / len(pairs))


def _alpha(table: Sequence[dict[int, int]], observers: Sequence[int]) -> float | None:
    """Krippendorff's alpha for ordinal data; None where chance would agree fully, too.

    That is when nobody answered what another did, or when all said the same word throughout.
    """
    shared = [row for row in table if len(row) >= FEWEST_OBSERVERS]
    words = {word for row in shared for word in row.values()}
    if len(words) < FEWEST_OBSERVERS:
        return None
    ratings = [[row.get(observer, nan) for row in shared] for observer in observers]
    found = float(krippendorff.alpha(reliability_data=ratings, level_of_measurement="ordinal"))
    return found if isfinite(found) else None
