"""Planning, changing and cancelling a session."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Group, Membership
from schools.models import Phase, School
from sessions import rules
from sessions.conflicts import lock_diaries, require_consent, require_free
from sessions.events import (
    LessonPlanShared,
    PersonInvited,
    SessionCancelled,
    SessionChanged,
    SessionPlanned,
)
from sessions.kinds import USUAL, hours_in
from sessions.models import AgendaItem, ModelSession, Participation
from sessions.plans import Point, agenda_of, check_people, check_plan
from sessions.services.lesson_plans import attach_lesson_plan
from sessions.services.live import bump_live
from sessions.services.places import ask_again, settle

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
CALLED_OFF = ("status", "cancel_reason", "live_version", "revision", "revised_at")
# What calendars and invitations say: a change of it is told to everyone invited.
WHEREABOUTS = (*TIME, "mode", "school_id", "place", "provider", "online_link")


def plan_session(
    group: Group,
    *,
    by: User,
    submission: UUID,
    kind: str = Kind.LESSON,
    teacher: User | None = None,
    observers: Collection[User] = (),
    participants: Collection[User] | None = None,
    agenda: Sequence[Point] = (),
    lesson_plan: File[bytes] | None = None,
    despite: Collection[str] = frozenset(),
    **plan: Unpack[Plan],
) -> ModelSession:
    """Plan a session in the group's open cycle and invite people, by default all its members.

    The same `submission` twice plans one session. A lesson has a guru model, phase and grade; a
    meeting has neither these nor observers. Raises ValidationError by part when someone is not a
    member or is busy elsewhere, when time, place, room, grade, JP and agenda do not fit together,
    and when the lesson plan is not a file that we take; and PlanNeedsConsent for warnings that
    are not in `despite`, see `sessions.conflicts`.
    """
    with changing(group):
        rules.may_plan_session.require(by, group)
        if planned := ModelSession.objects.filter(submission=submission, planned_by=by).first():
            return planned
        draft = draft_session(
            group,
            planner=by,
            kind=kind,
            teacher=teacher,
            observers=observers,
            participants=participants,
            agenda=agenda,
            **plan,
        )
        session = draft.session
        session.submission = submission
        _check_diaries(session, draft.named, by=by)
        require_consent(session, by=by, despite=despite)
        session.save()
        attach_lesson_plan(session, lesson_plan, by=by)
        AgendaItem.objects.bulk_create(draft.items)
        Participation.objects.bulk_create(draft.parts)
        record(SessionPlanned(session_id=session.pk), by=by)
    return session


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


def change_session(
    session: ModelSession,
    *,
    by: User,
    agenda: Sequence[Point] | None = None,
    lesson_plan: File[bytes] | None = None,
    despite: Collection[str] = frozenset(),
    **plan: Unpack[Plan],
) -> ModelSession:
    """Change the plan; a `lesson_plan` becomes its next version, an `agenda` replaces the whole.

    When the time moves, everyone's answer is asked again. Who leads, takes the minutes or speaks
    and was not invited is now. Raises as `plan_session` does; diaries are asked again when the
    time or a person changes, and warnings when the time or the school does.
    """
    with changing(session):
        rules.may_change_session.require(by, session)
        before = _whereabouts(session)
        here = {session.teacher_id, session.leader_id, session.note_taker_id}
        led_by = session.leader_id
        most = hours_there_are(session)
        if session.series_id and _differs(session, plan, agenda):
            session.deviates = True
        for name, value in plan.items():
            setattr(session, name, value)
        if "lesson_hours" not in plan:
            session.lesson_hours = hours_as_before(session, most)
        draft = draft_of(session, agenda, here)
        after = _whereabouts(session)
        moved = after[:2] != before[:2]
        if moved or agenda is not None or session.leader_id != led_by:
            _check_diaries(session, draft.named, by=by)
        if moved or after[3] != before[3]:
            require_consent(session, by=by, despite=despite)
        session.save(update_fields=[*plan, "lesson_hours", "deviates", *session.revise()])
        bump_live(session.pk)
        if shared := attach_lesson_plan(session, lesson_plan, by=by):
            record(LessonPlanShared(plan_id=shared.pk), by=by)
        if agenda is not None:
            session.agenda.all().delete()
            AgendaItem.objects.bulk_create(draft.items)
        invited = {part.user_id for part in draft.parts}
        _invite_more(session, flat(draft.named), invited, by=by)
        if moved:
            ask_again([session])
        settle([session], by=by)
        if after != before:
            record(SessionChanged(session_id=session.pk, moved=moved), by=by)
    return session


def cancel_session(session: ModelSession, *, by: User, reason: str) -> ModelSession:
    """Call the session off. It stays readable, with the reason; it cannot be taken back."""
    with changing(session):
        rules.may_cancel_session.require(by, session)
        call_off(session, reason)
        session.save(update_fields=CALLED_OFF)
        record(SessionCancelled(session_id=session.pk), by=by)
    return session


def call_off(session: ModelSession, reason: str) -> None:
    """Mark a session as cancelled, not saved yet; see CALLED_OFF. Raises without a reason."""
    if not reason.strip():
        raise ValidationError({"cancel_reason": _("Tulis alasannya, supaya peserta tahu mengapa.")})
    session.status = ModelSession.Status.CANCELLED
    session.cancel_reason = reason.strip()
    session.clean_fields(exclude=_all_but("cancel_reason"))
    session.live_version += 1
    session.revise()


def seats_in(group: Group) -> QuerySet[Membership]:
    """Return one current membership for each active person of the group."""
    return (
        group.memberships.current().as_members().filter(user__is_active=True).select_related("user")
    )


def _usual_hour(kind: str) -> int:
    return USUAL[Kind(kind)].hour_length if kind in Kind else ModelSession.HourLength.LESSON_HOUR


def hours_there_are(session: ModelSession) -> int:
    """How many JP fit into the time of a session."""
    return hours_in(session.starts_at, session.ends_at, session.hour_length or 1)


def hours_as_before(session: ModelSession, most_before: int) -> int:
    """As many JP as there is time for, if it was so before; else no more than that."""
    most = hours_there_are(session)
    return most if session.lesson_hours == most_before else min(session.lesson_hours, most)


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


def _check_diaries(
    session: ModelSession, named: Mapping[str, Collection[User]], *, by: User
) -> None:
    """Refuse who is busy elsewhere."""
    busy = busy_of(named)
    lock_diaries(flat(busy))
    require_free(session, busy, by=by)


def busy_of(named: Mapping[str, Collection[User]]) -> dict[str, Collection[User]]:
    """Who cannot be in two places. Taking the minutes keeps nobody from being asked elsewhere."""
    return {part: people for part, people in named.items() if part != "note_taker"}


def plan_fields() -> list[str]:
    """The fields that sessions of one series have in common, where none was changed by itself."""
    own = {"id", "lesson_plan", "cancel_reason"}
    fields = (field for field in ModelSession._meta.concrete_fields if field.editable)
    return [field.name for field in fields if field.name not in own]


def _differs(session: ModelSession, plan: Plan, agenda: Sequence[Point] | None) -> bool:
    """Whether a plan would change anything about a session."""
    if any(getattr(session, name) != value for name, value in plan.items()):
        return True
    items = [] if agenda is None else agenda_of(session, agenda)
    return agenda is not None and _said(items) != _said(session.agenda.all())


def _said(items: Iterable[AgendaItem]) -> list[tuple[object, ...]]:
    return [(item.title, item.minutes, item.speaker_id, item.speaker_name) for item in items]


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


def _invite_more(
    session: ModelSession, people: Collection[User], invited: Collection[int], *, by: User
) -> None:
    """Invite who was named now and is neither the guru model nor invited yet."""
    here = {*invited, session.teacher_id}
    for pk in dict.fromkeys(person.pk for person in people if person.pk not in here):
        part = Participation.objects.create(session=session, user_id=pk)
        record(PersonInvited(participation_id=part.pk), by=by)


def _whereabouts(session: ModelSession) -> tuple[object, ...]:
    """When and where: the time comes first, twice."""
    return tuple(getattr(session, name) for name in WHEREABOUTS)


def _all_but(field: str) -> set[str]:
    return {each.name for each in ModelSession._meta.fields} - {field}
