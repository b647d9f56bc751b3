"""Every change to model-teacher sessions: plan, change, cancel, hold, invite, answer, attend."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Literal, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.files import check_upload
from activity.services import changing, record
from groups.models import Group, Membership, Stage
from groups.services import count_in_cycle
from schools.models import Phase, School
from sessions import rules
from sessions.events import (
    AttendanceTicked,
    InvitationAnswered,
    PersonInvited,
    SessionCancelled,
    SessionChanged,
    SessionHeld,
    SessionIsSoon,
    SessionPlanned,
)
from sessions.models import OPENS_AFTER, ModelSession, Participation
from sessions.plans import check_people, check_plan

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


LESSON_PLAN = ("lesson_plan", "lesson_plan_name", "lesson_plan_type", "lesson_plan_size")


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
        members = {seat.user_id: seat.user for seat in _seats(group)}
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
        _attach(session, lesson_plan)
        session.save()
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
    """Change the plan; without a `lesson_plan` the old one stays.

    When the time moves, everyone's answer is asked again.
    """
    with changing(session):
        rules.may_change_session.require(by, session)
        before = _whereabouts(session)
        for name, value in plan.items():
            setattr(session, name, value)
        check_plan(session)
        _attach(session, lesson_plan)
        session.save(update_fields=[*plan, *LESSON_PLAN])
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
        session.save(update_fields=["status", "cancel_reason"])
        record(SessionCancelled(session_id=session.pk), by=by)
    return session


def hold_session(session: ModelSession, *, by: User) -> ModelSession:
    """Say that the session took place: it counts in its cycle, and observers may submit.

    What they write opens to the guru model 48 hours after its end (see `open_early`).
    """
    with changing(session):
        rules.may_hold_session.require(by, session)
        session.status = ModelSession.Status.HELD
        session.held_at = timezone.now()
        session.opens_at = session.ends_at + OPENS_AFTER
        session.save(update_fields=["status", "held_at", "opens_at"])
        count_in_cycle(session.cycle_id, Stage.MODELLING)
        record(SessionHeld(session_id=session.pk), by=by)
    return session


def count_in_session(
    session_id: int, counter: Literal["sheets_submitted", "feedback_given"]
) -> None:
    """Keep a session's counter when an observer's sheet or a colleague's feedback is sent.

    Called by the services of higher apps inside their own transaction.
    """
    ModelSession.objects.filter(pk=session_id).update(**{counter: F(counter) + 1})


def open_early(session: ModelSession, now: datetime) -> None:
    """Let the guru model of a held session read from `now` what others wrote about it.

    Called by reinforcement, in its own transaction, when she has written her reflection.
    """
    ModelSession.objects.filter(pk=session.pk, opens_at__gt=now).update(opens_at=now)
    session.refresh_from_db(fields=["opens_at"])


def invite(session: ModelSession, person: User, *, by: User, role: str) -> Participation:
    """Add a person to a session, or give a person who is invited already another role."""
    with changing(session):
        rules.may_invite.require(by, session)
        if person.pk == session.teacher_id:
            raise ValidationError({"person": _("Guru model sudah menjadi bagian dari sesi ini.")})
        if role == Role.PARTICIPANT and not _seats(session.group).filter(user=person).exists():
            raise ValidationError(
                {"person": _("Peserta adalah anggota kelompok. Undang dulu ke kelompok.")}
            )
        found = session.participations.filter(user=person).first()
        if found and found.role == role:
            raise ValidationError({"person": _("%(name)s sudah diundang.") % {"name": person}})
        part = found or Participation(session=session, user=person)
        part.role = role
        part.full_clean(exclude=["ticked_by"])
        part.save()
        record(PersonInvited(participation_id=part.pk), by=by)
    return part


def answer_invitation(
    participation: Participation, *, by: User, answer: str, reason: str = ""
) -> Participation:
    """Say whether one comes. The answer may be changed until the session is held."""
    with changing(participation.session, participation):
        rules.may_answer_invitation.require(by, participation)
        if answer not in answers_to(participation.session):
            raise ValidationError({"answer": _("Pilih salah satu jawaban.")})
        participation.answer = answer
        participation.answer_reason = reason.strip() if answer == Answer.NOT_COMING else ""
        participation.answered_at = timezone.now()
        participation.full_clean(exclude=["ticked_by"])
        participation.save(update_fields=["answer", "answer_reason", "answered_at"])
        record(InvitationAnswered(participation_id=participation.pk), by=by)
    return participation


def answers_to(session: ModelSession) -> tuple[Participation.Answer, ...]:
    """The answers that make sense: coming online only where there is a link."""
    if session.mode == Mode.IN_PERSON:
        return Answer.COMING, Answer.NOT_COMING
    if session.mode == Mode.ONLINE:
        return Answer.ONLINE, Answer.NOT_COMING
    return Answer.COMING, Answer.ONLINE, Answer.NOT_COMING


def tick_attendance(
    session: ModelSession, *, by: User, attendance: Mapping[int, str]
) -> ModelSession:
    """Write down who came. `attendance` maps a person's id to one word of `Attendance`.

    People who are not in the mapping keep theirs. An unknown person or word raises
    ValidationError, and then nothing is written.
    """
    with changing(session):
        rules.may_tick_attendance.require(by, session)
        parts = {part.user_id: part for part in session.participations.select_for_update()}
        if not parts.keys() >= attendance.keys():
            raise ValidationError(
                _("Ada nama yang tidak diundang ke sesi ini. Muat ulang halaman.")
            )
        if not set(attendance.values()) <= set(Attendance.values):
            raise ValidationError(_("Kehadiran tidak dikenali. Muat ulang halaman."))
        now, changed = timezone.now(), []
        for person, word in attendance.items():
            if parts[person].attendance != word:
                changed.append(parts[person])
                parts[person].attendance = word
                parts[person].ticked_at = now
                parts[person].ticked_by = by
        if changed:
            Participation.objects.bulk_update(changed, ["attendance", "ticked_at", "ticked_by"])
            record(AttendanceTicked(session_id=session.pk, people=len(changed)), by=by)
    return session


def remind_of_sessions(now: datetime) -> None:
    """Record, once each, that a session starts within a day.

    A session that was moved is announced again for its new time.
    """
    for session in ModelSession.objects.planned_between(now, now + timedelta(days=1)):
        once = f"session-soon:{session.pk}:{session.starts_at.isoformat()}"
        with transaction.atomic():
            record(SessionIsSoon(session_id=session.pk), by=None, once=once)


def _seats(group: Group) -> QuerySet[Membership]:
    """One current membership for each active person of the group."""
    return (
        group.memberships.current().as_members().filter(user__is_active=True).select_related("user")
    )


def _invite_all(
    session: ModelSession, observers: Collection[User], participants: Collection[User]
) -> None:
    roles = {person.pk: Role.PARTICIPANT for person in participants}
    roles |= {person.pk: Role.OBSERVER for person in observers}
    roles.pop(session.teacher_id, None)
    Participation.objects.bulk_create(
        Participation(session=session, user_id=person, role=role) for person, role in roles.items()
    )


def _attach(session: ModelSession, lesson_plan: File[bytes] | None) -> None:
    if lesson_plan is None:
        return
    try:
        facts = check_upload(lesson_plan)
    except ValidationError as error:
        raise ValidationError({"lesson_plan": error}) from error
    session.lesson_plan = facts.content
    session.lesson_plan_name = facts.name
    session.lesson_plan_type = facts.content_type
    session.lesson_plan_size = facts.size


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
