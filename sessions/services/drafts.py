"""Plans of sessions that fit together, not saved yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Group, Membership
from schools.models import Phase, School
from sessions.kinds import USUAL, hours_in
from sessions.models import AgendaItem, ModelSession, Participation
from sessions.plans import Point, agenda_of, check_people, check_plan

Kind, Role = ModelSession.Kind, Participation.Role


class Plan(TypedDict, total=False):
    """What a session's plan says. `grade` is 1 to 12; `online_link` is a web address.

    `lesson_hours` are whole JP of `hour_length` minutes each, by default as many as there is time
    for. `capacity` and `observer_places` count people; None is without limit.
    """

    title: str
    goal: str
    phase: Phase | None
    grade: int | None
    leader: User | None
    note_taker: User | None
    mode: str
    school: School | None
    place: str
    provider: str
    online_link: str
    starts_at: datetime
    ends_at: datetime
    lesson_hours: int
    hour_length: int
    capacity: int | None
    observer_places: int | None


TIME = ("starts_at", "ends_at")
# What calendars and invitations say: a change of it is told to everyone invited.
WHEREABOUTS = (*TIME, "mode", "school_id", "place", "provider", "online_link")


@dataclass(frozen=True)
class Draft:
    """A plan that fits together, not saved yet: the session, its agenda and who is invited."""

    session: ModelSession
    named: Mapping[str, Collection[User]]
    items: Sequence[AgendaItem]
    parts: Sequence[Participation]


def draft_session(
    group: Group,
    *,
    planner: User,
    kind: str = Kind.LESSON,
    teacher: User | None = None,
    observers: Collection[User] = (),
    participants: Collection[User] | None = None,
    agenda: Sequence[Point] = (),
    **plan: Unpack[Plan],
) -> Draft:
    """Make a session of that plan for one or more times. Diaries and warnings are not asked."""
    session = ModelSession(
        group=group,
        kind=kind,
        cycle=group.cycles.open().first(),
        teacher=teacher,
        planned_by=planner,
        **{"hour_length": _usual_hour(kind), **plan},
    )
    if "lesson_hours" not in plan:
        session.lesson_hours = hours_there_are(session)
    members = {seat.user_id: seat.user for seat in seats_in(group)}
    if participants is None:
        participants = members.values()
    named = _named(session, observers, agenda)
    check_people(named | {"participants": participants}, members)
    _check_observers(session, observers)
    check_plan(session)
    items = agenda_of(session, agenda)
    return Draft(session, named, items, _parts(session, observers, [*participants, *flat(named)]))


def draft_of(
    session: ModelSession, agenda: Sequence[Point] | None, here: Collection[int | None]
) -> Draft:
    """Check the plan of a session, changed but not saved yet, with this agenda or the one it has.

    Who is `here` already, e.g. led it before, may stay, member or not.
    """
    members = {seat.user_id for seat in seats_in(session.group)}
    parts = list(session.participations.select_related("user"))
    points = _points_of(session) if agenda is None else agenda
    observers = [part.user for part in parts if part.role == Role.OBSERVER]
    named = _named(session, observers, points)
    named["guests"] = [part.user for part in parts if part.role == Role.RESOURCE_PERSON]
    check_people(named, members | {part.user_id for part in parts} | {pk for pk in here if pk})
    check_plan(session)
    return Draft(session, named, agenda_of(session, points), parts)


def plan_fields() -> list[str]:
    """The fields that sessions of one series have in common, where none was changed by itself."""
    own = {"id", "lesson_plan", "cancel_reason"}
    fields = (field for field in ModelSession._meta.concrete_fields if field.editable)
    return [field.name for field in fields if field.name not in own]


def seats_in(group: Group | None) -> QuerySet[Membership]:
    """Return one current membership for each active person of the group; none without one."""
    if group is None:
        return Membership.objects.none()
    return (
        group.memberships.current().as_members().filter(user__is_active=True).select_related("user")
    )


def hours_there_are(session: ModelSession) -> int:
    """How many JP fit into the time of a session."""
    return hours_in(session.starts_at, session.ends_at, session.hour_length or 1)


def hours_as_before(session: ModelSession, most_before: int) -> int:
    """As many JP as there is time for, if it was so before; else no more than that."""
    most = hours_there_are(session)
    return most if session.lesson_hours == most_before else min(session.lesson_hours, most)


def _usual_hour(kind: str) -> int:
    return USUAL[Kind(kind)].hour_length if kind in Kind else ModelSession.HourLength.LESSON_HOUR


def _named(
    session: ModelSession, observers: Collection[User], agenda: Sequence[Point]
) -> dict[str, list[User]]:
    """Everyone whom the plan gives something to do, by part."""
    speakers = [speaker for point in agenda if (speaker := point.get("speaker"))]
    named: dict[str, Iterable[User | None]] = {
        "teacher": [session.teacher],
        "leader": [session.leader],
        "note_taker": [session.note_taker],
        "observers": observers,
        "agenda": speakers,
    }
    return {part: [one for one in people if one] for part, people in named.items()}


def flat(named: Mapping[str, Collection[User]]) -> list[User]:
    """Everyone of all parts."""
    return [person for people in named.values() for person in people]


def busy_of(named: Mapping[str, Collection[User]]) -> dict[str, Collection[User]]:
    """Who cannot be in two places. Taking the minutes keeps nobody from being asked elsewhere."""
    return {part: people for part, people in named.items() if part != "note_taker"}


def _check_observers(session: ModelSession, observers: Collection[User]) -> None:
    if observers and not session.is_lesson:
        raise ValidationError({"observers": _("Pertemuan tidak memakai pengamat.")})
    if session.teacher in observers:
        raise ValidationError(
            {"observers": _("Guru model tidak dapat menjadi pengamat sesinya sendiri.")}
        )
    if session.observer_places is not None and len(observers) > session.observer_places:
        words = _("Paling banyak %(count)s pengamat pada sesi ini.")
        raise ValidationError({"observers": words % {"count": session.observer_places}})


def _points_of(session: ModelSession) -> list[Point]:
    items = session.agenda.select_related("speaker")
    return [
        {
            "title": item.title,
            "minutes": item.minutes,
            "speaker": item.speaker,
            "speaker_name": item.speaker_name,
        }
        for item in items
    ]


def _parts(
    session: ModelSession, observers: Collection[User], participants: Collection[User]
) -> list[Participation]:
    roles = {person.pk: Role.PARTICIPANT for person in participants}
    roles |= {person.pk: Role.OBSERVER for person in observers}
    if session.teacher_id:
        roles.pop(session.teacher_id, None)
    return [
        Participation(session=session, user_id=person, role=role) for person, role in roles.items()
    ]
