"""Planning, changing and cancelling a session."""

from __future__ import annotations

from collections.abc import Collection
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
from sessions.events import (
    LessonPlanShared,
    SessionCancelled,
    SessionChanged,
    SessionPlanned,
)
from sessions.models import ModelSession, Participation
from sessions.plans import check_people, check_plan
from sessions.services.lesson_plans import attach_lesson_plan

Answer, Attendance, Mode, Role = (
    Participation.Answer,
    Participation.Attendance,
    ModelSession.Mode,
    Participation.Role,
)


class Plan(TypedDict, total=False):
    """What a session's plan says. `grade` is 1 to 12; `online_link` is a web address."""

    title: str
    goal: str
    phase: Phase
    grade: int
    mode: str
    school: School | None
    place: str
    online_link: str
    starts_at: datetime
    ends_at: datetime


def plan_session(
    group: Group,
    *,
    by: User,
    teacher: User,
    submission: UUID,
    observers: Collection[User] = (),
    participants: Collection[User] | None = None,
    lesson_plan: File[bytes] | None = None,
    **plan: Unpack[Plan],
) -> ModelSession:
    """Plan a session in the group's open cycle and invite people, by default all its members.

    The same `submission` twice plans one session. Raises ValidationError when the guru model or
    an observer is not a member, when she teaches another session then, when time, place, link or
    grade do not fit together, and when the lesson plan is not a file that we take.
    """
    with changing(group):
        rules.may_plan_session.require(by, group)
        if planned := ModelSession.objects.filter(submission=submission, planned_by=by).first():
            return planned
        members = {seat.user_id: seat.user for seat in seats_in(group)}
        if participants is None:
            participants = members.values()
        check_people(teacher, observers, participants, members)
        session = ModelSession(
            group=group,
            cycle=group.cycles.open().first(),
            teacher=teacher,
            planned_by=by,
            submission=submission,
            **plan,
        )
        check_plan(session)
        session.save()
        attach_lesson_plan(session, lesson_plan, by=by)
        _invite_all(session, observers, participants)
        record(SessionPlanned(session_id=session.pk), by=by)
    return session


def change_session(
    session: ModelSession,
    *,
    by: User,
    lesson_plan: File[bytes] | None = None,
    **plan: Unpack[Plan],
) -> ModelSession:
    """Change the plan; a `lesson_plan` becomes its next version.

    When the time moves, everyone's answer is asked again.
    """
    with changing(session):
        rules.may_change_session.require(by, session)
        before = _whereabouts(session)
        for name, value in plan.items():
            setattr(session, name, value)
        check_plan(session)
        session.save(update_fields=[*plan, *session.revise()])
        if shared := attach_lesson_plan(session, lesson_plan, by=by):
            record(LessonPlanShared(plan_id=shared.pk), by=by)
        moved = _whereabouts(session)[:2] != before[:2]
        if moved:
            session.participations.update(answer=Answer.NONE, answer_reason="", answered_at=None)
        if _whereabouts(session) != before:
            record(SessionChanged(session_id=session.pk, moved=moved), by=by)
    return session


def cancel_session(session: ModelSession, *, by: User, reason: str) -> ModelSession:
    """Call the session off. It stays readable, with the reason; it cannot be taken back."""
    with changing(session):
        rules.may_cancel_session.require(by, session)
        if not reason.strip():
            raise ValidationError(
                {"cancel_reason": _("Tulis alasannya, supaya peserta tahu mengapa.")}
            )
        session.status = ModelSession.Status.CANCELLED
        session.cancel_reason = reason.strip()
        session.clean_fields(exclude=_all_but("cancel_reason"))
        session.save(update_fields=["status", "cancel_reason", *session.revise()])
        record(SessionCancelled(session_id=session.pk), by=by)
    return session


def seats_in(group: Group) -> QuerySet[Membership]:
    """Return one current membership for each active person of the group."""
    return (
        group.memberships.current().as_members().filter(user__is_active=True).select_related("user")
    )


def _invite_all(
    session: ModelSession, observers: Collection[User], participants: Collection[User]
) -> None:
    roles = {person.pk: Role.PARTICIPANT for person in participants}
    roles |= {person.pk: Role.OBSERVER for person in observers}
    if session.teacher_id:
        roles.pop(session.teacher_id, None)
    Participation.objects.bulk_create(
        Participation(session=session, user_id=person, role=role) for person, role in roles.items()
    )


def _whereabouts(session: ModelSession) -> tuple[object, ...]:
    """When and where: the time comes first, twice."""
    return (
        session.starts_at,
        session.ends_at,
        session.mode,
        session.school_id,
        session.place,
        session.online_link,
    )


def _all_but(field: str) -> set[str]:
    return {each.name for each in ModelSession._meta.fields} - {field}
