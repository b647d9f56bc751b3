"""Visits: a pengawas sees a lesson of a teacher whose school is assigned to her."""

from __future__ import annotations

from collections.abc import Collection
from typing import Unpack
from uuid import UUID

from accounts.models import User
from activity.services import changing, record
from sessions import rules
from sessions.conflicts import lock_diaries, require_consent, require_free
from sessions.events import SessionPlanned
from sessions.kinds import USUAL
from sessions.models import ModelSession, Participation
from sessions.plans import check_plan
from sessions.services.drafts import Plan
from sessions.services.submissions import made_before

Kind = ModelSession.Kind


def plan_visit(
    teacher: User,
    *,
    by: User,
    submission: UUID,
    despite: Collection[str] = frozenset(),
    **plan: Unpack[Plan],
) -> ModelSession:
    """Plan to see a lesson of this teacher; she is told. No group has a part in it, and no JP.

    The same `submission` twice plans one visit. Raises ValidationError when one of the two is
    busy then or time and place do not fit, and PlanNeedsConsent as `plan_session` does.
    """
    with changing(teacher):
        rules.may_plan_visit.require(by, teacher)
        own = {"teacher_id": teacher.pk, "planned_by_id": by.pk}
        if planned := made_before(ModelSession.objects.all(), submission, **own):
            return planned
        session = ModelSession(
            kind=Kind.VISIT,
            teacher=teacher,
            leader=by,
            planned_by=by,
            submission=submission,
            **{"hour_length": USUAL[Kind.VISIT].hour_length, **plan},
        )
        check_plan(session)
        lock_diaries([teacher, by])
        require_free(session, {"teacher": [teacher], "leader": [by]}, by=by)
        require_consent(session, by=by, despite=despite)
        session.save()
        Participation.objects.create(
            session=session,
            user=by,
            role=Participation.Role.OBSERVER,
            answer=Participation.Answer.COMING,
        )
        record(SessionPlanned(session_id=session.pk), by=by)
    return session
