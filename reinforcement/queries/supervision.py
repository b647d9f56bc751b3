"""What a pengawas needs to know of the teachers of her schools: whom to see, what was promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone

from accounts.models import User
from accounts.rules import supervised_schools
from observations.models import Observation
from reinforcement.models import FollowUp
from reinforcement.queries.owed import awaits_feedback_of
from sessions.models import ModelSession
from sessions.semesters import Semester

if TYPE_CHECKING:
    from schools.models import School

MOST_TEACHERS = 400
MOST_VISITS = 20
MOST_IN_A_RECAP = 200
_Status = ModelSession.Status


@dataclass(frozen=True)
class Charge:
    """One teacher of a supervised school, as her pengawas sees her: no word of any rating."""

    teacher: User
    # When this pengawas last handed in a sheet about her, of any term.
    seen_at: datetime | None
    is_seen: bool
    follow_ups: Sequence[FollowUp]
    waiting: Sequence[ModelSession]
    visit: ModelSession | None

    def is_overdue(self, today: date) -> bool:
        """Whether a promise of hers is past its date."""
        return any(one.due_on < today for one in self.follow_ups)

    def urgency(self, today: date) -> tuple[bool, bool, bool, datetime]:
        """What sorts the board: feedback that waits, promises past their date, the long unseen."""
        never = datetime.min.replace(tzinfo=timezone.get_default_timezone())
        return (
            not self.waiting,
            not self.is_overdue(today),
            self.is_seen,
            self.seen_at or never,
        )


@dataclass(frozen=True)
class Workload:
    """What the term took of the pengawas' time, in counts."""

    visits_held: int
    visits_planned: int
    sheets: int
    feedback: int


@dataclass(frozen=True)
class Board:
    """The teachers of all supervised schools, most urgent first."""

    semester: Semester
    charges: Sequence[Charge]
    visits: Sequence[ModelSession]
    workload: Workload
    schools: dict[School, list[Charge]] = field(default_factory=dict)

    @property
    def seen(self) -> int:
        """How many were seen this term."""
        return sum(charge.is_seen for charge in self.charges)


def supervision_board(user: User, now: datetime) -> Board:
    """All that the board of this pengawas shows. Ten queries, however many teachers."""
    semester = Semester.of(timezone.localdate(now))
    teachers = list(
        User.objects.filter(school__in=supervised_schools(user), is_active=True)
        .exclude(approved_at=None)
        .exclude(pk=user.pk)
        .select_related("school__district")
        .order_by("school__name", "name", "pk")[:MOST_TEACHERS]
    )
    seen_at = _seen_by(user, teachers)
    promised = _by_teacher(
        FollowUp.objects.open()
        .filter(session__teacher__in=teachers)
        .select_related("session")
        .order_by("due_on", "pk"),
        lambda one: one.session.teacher_id,
    )
    waiting = _by_teacher(
        ModelSession.objects.filter(
            awaits_feedback_of(user, now), status=_Status.HELD, teacher__in=teachers
        ).order_by("starts_at", "pk"),
        lambda one: one.teacher_id,
    )
    visits = list(
        ModelSession.objects.planned_between(now, semester.span[1])
        .filter(kind=ModelSession.Kind.VISIT, leader=user)
        .select_related("teacher", "school")
        .order_by("starts_at", "pk")[:MOST_VISITS]
    )
    coming = {visit.teacher_id: visit for visit in reversed(visits)}
    begins, _ends = semester.span
    charges = [
        Charge(
            teacher,
            seen_at.get(teacher.pk),
            teacher.pk in seen_at and seen_at[teacher.pk] >= begins,
            promised[teacher.pk],
            waiting[teacher.pk],
            coming.get(teacher.pk),
        )
        for teacher in teachers
    ]
    today = timezone.localdate(now)
    by_school: dict[School, list[Charge]] = {}
    for charge in charges:
        if charge.teacher.school:
            by_school.setdefault(charge.teacher.school, []).append(charge)
    return Board(
        semester,
        sorted(charges, key=lambda charge: charge.urgency(today)),
        visits,
        _workload(user, semester),
        by_school,
    )


def _seen_by(user: User, teachers: Sequence[User]) -> dict[int, datetime]:
    """When this person last handed in a sheet about a lesson of each of them."""
    sheets = Observation.objects.submitted().filter(observer=user, session__teacher__in=teachers)
    rows = sheets.values_list("session__teacher").annotate(last=Max("session__starts_at"))
    return dict(rows)


def _by_teacher[Row](
    rows: Iterable[Row], teacher_of: Callable[[Row], int | None]
) -> defaultdict[int | None, list[Row]]:
    found: defaultdict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[teacher_of(row)].append(row)
    return found


def _workload(user: User, semester: Semester) -> Workload:
    start, end = semester.span
    visits = ModelSession.objects.filter(
        kind=ModelSession.Kind.VISIT, leader=user, starts_at__range=(start, end)
    )
    counted = visits.aggregate(
        held=Count("pk", filter=Q(status=_Status.HELD)),
        planned=Count("pk", filter=Q(status=_Status.PLANNED)),
    )
    written = user.written_feedback.given().filter(given_at__range=(start, end))
    sheets = user.observations.submitted().filter(submitted_at__range=(start, end))
    return Workload(counted["held"], counted["planned"], sheets.count(), written.count())


@dataclass(frozen=True)
class Visit:
    """A visit with what the pengawas did after it; its follow-ups are read."""

    session: ModelSession
    has_sheet: bool
    has_feedback: bool


def visits_at(user: User, school: School, semester: Semester) -> list[Visit]:
    """The visits that this person paid or plans at a school in a semester, the first one first.

    With what the teachers promised after them, as far as this person may still read it.
    Four queries, however many.
    """
    found = (
        ModelSession.objects.filter(
            kind=ModelSession.Kind.VISIT,
            leader=user,
            school=school,
            starts_at__range=semester.span,
        )
        .exclude(status=_Status.CANCELLED)
        .select_related("teacher", "focus__indicator")
        .prefetch_related(Prefetch("follow_ups", FollowUp.objects.visible_to(user)))
        .order_by("starts_at", "pk")
    )
    visits = list(found[:MOST_IN_A_RECAP])
    sheets = user.observations.submitted().filter(session__in=visits)
    feedback = user.written_feedback.given().filter(session__in=visits)
    observed = set(sheets.values_list("session", flat=True))
    fed_back = set(feedback.values_list("session", flat=True))
    return [Visit(one, one.pk in observed, one.pk in fed_back) for one in visits]
