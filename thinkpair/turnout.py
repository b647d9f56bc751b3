"""Who took part in the five stages of a cycle, counted for the board that plans what comes next.

It counts people, never how anybody did, and no count tells of one person's feedback, follow-up or
thoughts: where fewer than five people stand behind such a count, it is None. It lives in the last
of the five apps because it asks all of them. What belongs to no cycle, such as a supervisor's
visit, is not counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from groups.models import Cycle
from groups.roles import GUIDES
from observations.models import Observation
from reinforcement.models import Feedback, FollowUp
from reinforcement.queries import coverage_of
from sessions.models import ModelSession, Participation
from sharing.models import Post
from thinkpair.models import Thought, Thread

# Policy, product.md section 3: counts of groups of at least five.
FEWEST = 5
# Whether somebody gave feedback, promised something or thought alone is not for the board to read.
_GUARDED = "rt"
_YET_TO_TEACH = Q(m=False, will_teach=False)
_YET_TO_OBSERVE = Q(a=False, will_observe=False)
_THERE = (Participation.Attendance.PRESENT, Participation.Attendance.LATE)


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """How many of a cycle's `members` took part in each stage, by its letter.

    Yet to teach are those without a lesson, behind them or ahead; `going_to_teach` have one ahead.
    With observing it is the same. `promised` counts the lessons held that a follow-up came of.
    """

    members: int
    schools: int
    stages: Mapping[str, int | None]
    yet_to_teach: int
    going_to_teach: int
    yet_to_observe: int
    going_to_observe: int
    promised: int | None


@dataclass(frozen=True)
class SchoolTurnout:
    """How many members of a school took part; its name is empty for those who name none."""

    school: str
    members: int
    stages: Mapping[str, int | None]


@dataclass(frozen=True)
class Lesson:
    """One lesson of a cycle, and how many did what there.

    `observers` are those from whom a sheet is awaited; `voices` those and the group's guides, from
    whom feedback is. Neither is less than what came.
    """

    session: ModelSession
    invited: int
    present: int
    observers: int
    voices: int


def turnout_of(cycle: Cycle) -> Turnout:
    """Count the members of the cycle's group who took part. Two queries."""
    held = _lessons(cycle).filter(status=ModelSession.Status.HELD)
    counted = _members(cycle).aggregate(
        people=Count("pk"),
        schools=Count("school", distinct=True),
        yet_to_teach=Count("pk", filter=_YET_TO_TEACH),
        going_to_teach=Count("pk", filter=Q(m=False, will_teach=True)),
        yet_to_observe=Count("pk", filter=_YET_TO_OBSERVE),
        going_to_observe=Count("pk", filter=Q(a=False, will_observe=True)),
        **_by_stage(),
    )
    return Turnout(
        members=counted["people"],
        schools=counted["schools"],
        stages=_stages(counted, guarded=counted["people"] < FEWEST),
        yet_to_teach=counted["yet_to_teach"],
        going_to_teach=counted["going_to_teach"],
        yet_to_observe=counted["yet_to_observe"],
        going_to_observe=counted["going_to_observe"],
        promised=coverage_of(held).promised,
    )


def turnout_by_school(cycle: Cycle) -> list[SchoolTurnout]:
    """Count the members of each school, by its name; who names none comes last. One query."""
    rows = (
        _members(cycle)
        .values("school", "school__name")
        .annotate(people=Count("pk"), **_by_stage())
        .order_by(F("school__name").asc(nulls_last=True), "school")
    )
    guarded = _told_together({row["school"]: row["people"] for row in rows})
    return [
        SchoolTurnout(
            school=row["school__name"] or "",
            members=row["people"],
            stages=_stages(row, guarded=row["school"] in guarded),
        )
        for row in rows
    ]


def yet_to_teach(cycle: Cycle) -> QuerySet[User]:
    """Members without a lesson of the cycle, behind them or ahead: they may be asked next."""
    return _members(cycle).filter(_YET_TO_TEACH).select_related("school")


def yet_to_observe(cycle: Cycle) -> QuerySet[User]:
    """Members who handed in no sheet of the cycle and are to observe no lesson ahead."""
    return _members(cycle).filter(_YET_TO_OBSERVE).select_related("school")


def lessons_of(cycle: Cycle, *, most: int = 50) -> list[Lesson]:
    """The latest lessons of the cycle; cancelled ones are left out. Three queries."""
    found = _lessons(cycle).annotate(
        invited=Count("participations", filter=Q(participations__queue_number=None)),
        present=Count("participations", filter=Q(participations__attendance__in=_THERE)),
    )
    sessions = found.select_related("teacher", "school").order_by("-starts_at", "-pk")[:most]
    observers = _observers_of([session.pk for session in sessions])
    seats = cycle.group.memberships.current().filter(role__in=GUIDES)
    guides = set(seats.values_list("user", flat=True))
    return [
        Lesson(
            session,
            invited=session.invited,
            present=session.present,
            observers=max(len(observers[session.pk]), session.sheets_submitted),
            voices=max(
                len((observers[session.pk] | guides) - {session.teacher_id}),
                session.feedback_given,
            ),
        )
        for session in sessions
    ]


def _members(cycle: Cycle) -> QuerySet[User]:
    """Today's members, each with what he or she did in the cycle, by the letters of the stages."""
    members = cycle.group.memberships.current().as_members().values("user")
    person = OuterRef("pk")
    lessons = _lessons(cycle)
    held = lessons.filter(status=ModelSession.Status.HELD).values("pk")
    ahead = lessons.filter(status=ModelSession.Status.PLANNED).values("pk")
    sheets = Observation.objects.submitted().filter(session__in=lessons.values("pk"))
    given = Feedback.objects.given().filter(session__in=held)
    # Reflections do not count: beside what the lessons show they would tell who wrote one.
    promised = FollowUp.objects.filter(session__in=held)
    invited = Participation.objects.observers().filter(session__in=ahead, queue_number=None)
    return User.objects.filter(pk__in=members).annotate(
        s=Exists(Post.objects.shared().filter(cycle=cycle, author=person)),
        m=Exists(ModelSession.objects.filter(pk__in=held, teacher=person)),
        a=Exists(sheets.filter(observer=person)),
        r=Q(Exists(given.filter(author=person)) | Exists(promised.filter(session__teacher=person))),
        # While a thread's think phase lasts nobody learns who has answered, or how many.
        t=Exists(
            Thought.objects.filter(thread__cycle=cycle, author=person).exclude(
                thread__phase=Thread.Phase.THINK
            )
        ),
        will_teach=Exists(ModelSession.objects.filter(pk__in=ahead, teacher=person)),
        will_observe=Exists(invited.filter(user=person)),
    )


def _lessons(cycle: Cycle) -> QuerySet[ModelSession]:
    lessons = ModelSession.objects.filter(cycle=cycle, kind=ModelSession.Kind.LESSON)
    return lessons.exclude(status=ModelSession.Status.CANCELLED)


def _observers_of(sessions: list[int]) -> dict[int, set[int]]:
    """Who has a place as observer, by the session's id."""
    found = defaultdict(set)
    parts = Participation.objects.observers().filter(session__in=sessions, queue_number=None)
    for session, user in parts.values_list("session", "user"):
        found[session].add(user)
    return found


def _by_stage() -> dict[str, Count]:
    return {f"in_{letter}": Count("pk", filter=Q(**{letter: True})) for letter in "smart"}


def _stages(counted: Mapping[str, Any], *, guarded: bool) -> dict[str, int | None]:
    return {
        letter: None if guarded and letter in _GUARDED else counted[f"in_{letter}"]
        for letter in "smart"
    }


def _told_together(people: Mapping[int | None, int]) -> set[int | None]:
    """The schools whose guarded counts are not told: too small, alone or taken together.

    The count of the whole group is told, so what is not told of schools could be reckoned from it;
    hence the next larger ones join until five people or all are behind it.
    """
    together: set[int | None] = set()
    behind = 0
    for school, number in sorted(people.items(), key=lambda item: item[1]):
        if number >= FEWEST and (not together or behind >= FEWEST):
            break
        together.add(school)
        behind += number
    return together
