"""How a teacher's lessons were seen over time, in the words of the scale and with the evidence.

Nothing is averaged, and only the same item of the same version of an instrument is compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from observations.models import Answer, Indicator, Item, ScalePoint
from reinforcement.models import FollowUp
from sessions.models import ModelSession

if TYPE_CHECKING:
    from accounts.models import User

# Of so many answers and promises, the newest, is told; that is some ten years of model lessons.
MOST_ANSWERS = 2000
MOST_FOLLOW_UPS = 50


@dataclass(frozen=True)
class Sighting:
    """How one item was seen in one lesson, by all who observed it.

    `word` is the one that most chose; of two chosen as often the earlier on the scale, so that
    nothing looks better than it was seen. `answers` keeps every observer's, with the evidence.
    """

    session: ModelSession
    word: ScalePoint
    answers: Sequence[Answer]

    @property
    def is_shared(self) -> bool:
        """Whether all observers chose that word."""
        return all(answer.point_id == self.word.pk for answer in self.answers)


@dataclass(frozen=True)
class Course:
    """One item over the lessons in which it was seen, oldest first."""

    item: Item
    sightings: Sequence[Sighting]

    @property
    def words(self) -> list[ScalePoint]:
        """The words of its scale, in order."""
        return list(self.item.scale.points.all()) if self.item.scale else []


def scales_of(courses: Iterable[Course]) -> list[list[ScalePoint]]:
    """The words of each scale on which these items were seen, each scale once."""
    return list({course.item.scale_id: course.words for course in courses}.values())


@dataclass(frozen=True)
class Growth:
    """All that a teacher's growth page tells but her JP."""

    teacher: User
    indicators: dict[Indicator, list[Course]] = field(default_factory=dict)
    follow_ups: Sequence[FollowUp] = ()

    @property
    def lessons(self) -> int:
        """In how many lessons something was seen."""
        courses = (course for courses in self.indicators.values() for course in courses)
        return len({one.session.pk for course in courses for one in course.sightings})


def growth_of(teacher: User, now: datetime) -> Growth:
    """What observers saw of a teacher's lessons that are open to her by now. Three queries."""
    promised = FollowUp.objects.filter(session__teacher=teacher).select_related("session")
    return Growth(
        teacher,
        _by_indicator(_answers_on(teacher, now)),
        list(promised.order_by("-promised_at", "-pk")[:MOST_FOLLOW_UPS]),
    )


def _answers_on(teacher: User, now: datetime) -> list[Answer]:
    """Answers with a word of a scale, oldest lesson first."""
    found = (
        Answer.objects.filter(
            point__isnull=False,
            is_na=False,
            observation__submitted_at__isnull=False,
            observation__session__teacher=teacher,
            observation__session__opens_at__lte=now,
        )
        .select_related(
            "point",
            "observation__session",
            "observation__observer",
            "item__scale",
            "item__indicator__aspect__instrument",
        )
        .prefetch_related("item__scale__points")
        .order_by("-observation__session__starts_at", "-pk")
    )
    return list(found[:MOST_ANSWERS])[::-1]


def _by_indicator(answers: Iterable[Answer]) -> dict[Indicator, list[Course]]:
    """Courses of the items of each indicator; the indicator seen last comes first."""
    seen: dict[Item, dict[ModelSession, list[Answer]]] = defaultdict(dict)
    newest: dict[Indicator, datetime] = {}
    for answer in answers:
        session = answer.observation.session
        seen[answer.item].setdefault(session, []).append(answer)
        newest[answer.item.indicator] = session.starts_at
    courses: dict[Indicator, list[Course]] = {
        indicator: [] for indicator in sorted(newest, key=lambda one: newest[one], reverse=True)
    }
    for item in sorted(seen, key=lambda item: item.position):
        sightings = [_sighting(session, given) for session, given in seen[item].items()]
        courses[item.indicator].append(Course(item, sightings))
    return courses


def _sighting(session: ModelSession, answers: Sequence[Answer]) -> Sighting:
    words = {answer.point.pk: answer.point for answer in answers if answer.point}
    counts = Counter(answer.point_id for answer in answers)
    word = min(words.values(), key=lambda word: (-counts[word.pk], word.position))
    return Sighting(session, word, answers)
