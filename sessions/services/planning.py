"""Planning, changing and cancelling a session."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.files import CheckedFile
from activity.services import changing, record
from groups.models import Group
from sessions import rules
from sessions.conflicts import lock_diaries, require_consent, require_free
from sessions.events import (
    LessonPlanShared,
    PersonInvited,
    SessionCancelled,
    SessionChanged,
    SessionPlanned,
)
from sessions.models import AgendaItem, ModelSession, Participation
from sessions.plans import Point, agenda_of
from sessions.services.drafts import (
    WHEREABOUTS,
    Plan,
    busy_of,
    draft_of,
    draft_session,
    flat,
    hours_as_before,
    hours_there_are,
)
from sessions.services.lesson_plans import attach_lesson_plan
from sessions.services.live import bump_live
from sessions.services.places import ask_again, settle
from sessions.services.submissions import made_before

CALLED_OFF = ("status", "cancel_reason", "live_version", "revision", "revised_at")


def plan_session(
    group: Group,
    *,
    by: User,
    submission: UUID,
    kind: str = ModelSession.Kind.LESSON,
    teacher: User | None = None,
    observers: Collection[User] = (),
    participants: Collection[User] | None = None,
    agenda: Sequence[Point] = (),
    lesson_plan: CheckedFile | None = None,
    despite: Collection[str] = frozenset(),
    **plan: Unpack[Plan],
) -> ModelSession:
    """Plan a session in the group's open cycle and invite people, by default all its members.

    The same `submission` twice plans one session. A lesson has a guru model, phase and grade; a
    meeting has neither these nor observers. Raises ValidationError by part when someone is not a
    member or is busy elsewhere, and when time, place, room, grade, JP and agenda do not fit
    together; and PlanNeedsConsent for warnings that are not in `despite`, see
    `sessions.conflicts`.
    """
    with changing(group):
        rules.may_plan_session.require(by, group)
        if kind == ModelSession.Kind.VISIT:
            raise ValidationError({"kind": _("Kunjungan direncanakan oleh pengawas.")})
        own = {"group_id": group.pk, "planned_by_id": by.pk}
        if planned := made_before(ModelSession.objects.all(), submission, **own):
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


def change_session(
    session: ModelSession,
    *,
    by: User,
    agenda: Sequence[Point] | None = None,
    lesson_plan: CheckedFile | None = None,
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


def _check_diaries(
    session: ModelSession, named: Mapping[str, Collection[User]], *, by: User
) -> None:
    """Refuse who is busy elsewhere."""
    busy = busy_of(named)
    lock_diaries(flat(busy))
    require_free(session, busy, by=by)


def _differs(session: ModelSession, plan: Plan, agenda: Sequence[Point] | None) -> bool:
    """Whether a plan would change anything about a session."""
    if any(getattr(session, name) != value for name, value in plan.items()):
        return True
    items = [] if agenda is None else agenda_of(session, agenda)
    return agenda is not None and _said(items) != _said(session.agenda.all())


def _said(items: Iterable[AgendaItem]) -> list[tuple[object, ...]]:
    return [(item.title, item.minutes, item.speaker_id, item.speaker_name) for item in items]


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
