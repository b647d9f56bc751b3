"""Sharing the versions of a lesson plan, and what colleagues say about them before the lesson."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.files import CheckedFile
from activity.services import changing, record
from activity.submissions import is_same_file
from sessions import rules
from sessions.events import LessonPlanShared, PlanCommented
from sessions.models import LessonPlan, ModelSession, PlanComment
from sessions.services.submissions import made_before

LONGEST_COMMENT = 2000


def share_lesson_plan(
    session: ModelSession,
    *,
    by: User,
    file: CheckedFile,
    change: str = "",
    submission: UUID,
) -> LessonPlan:
    """Add a version of the lesson plan; the versions before stay. `change` says what is new.

    The same `submission`, or the very file of the newest version, adds none.
    """
    with changing(session):
        rules.may_share_lesson_plan.require(by, session)
        own = {"session_id": session.pk, "by_id": by.pk}
        if shared := made_before(LessonPlan.objects.all(), submission, **own):
            return shared
        if (newest := newest_plan(session)) and is_same_file(newest, file):
            return newest
        plan = _add_version(session, file, by=by, change=change, submission=submission)
        record(LessonPlanShared(plan_id=plan.pk), by=by)
    return plan


def attach_lesson_plan(
    session: ModelSession, file: CheckedFile | None, *, by: User
) -> LessonPlan | None:
    """Add the file of a plan form as a version; None when it is none or that of the newest."""
    # No rule: the planning services have asked theirs, in whose transaction this is.
    # No event: they say what happened.
    if file is None:
        return None
    if (newest := newest_plan(session)) and is_same_file(newest, file):
        return None
    return _add_version(session, file, by=by, change="", submission=uuid4())


def comment_plan(plan: LessonPlan, *, by: User, body: str, submission: UUID) -> PlanComment:
    """Say something about one version before the lesson. The same `submission` says it once."""
    with changing(plan):
        rules.may_comment_plan.require(by, plan.session)
        own = {"plan_id": plan.pk, "author_id": by.pk}
        if said := made_before(PlanComment.objects.all(), submission, **own):
            return said
        comment = PlanComment(plan=plan, author=by, body=body.strip(), submission=submission)
        comment.full_clean(exclude=["plan", "author"], validate_unique=False)
        if len(comment.body) > LONGEST_COMMENT:
            raise ValidationError(
                {"body": _("Paling banyak %(count)s huruf.") % {"count": LONGEST_COMMENT}}
            )
        comment.save()
        record(PlanCommented(comment_id=comment.pk), by=by)
    return comment


def newest_plan(session: ModelSession) -> LessonPlan | None:
    """The last version that was shared; None without a query when there is none."""
    if not session.lesson_plan_versions:
        return None
    return session.lesson_plans.order_by("-number").first()


def _add_version(
    session: ModelSession, file: CheckedFile, *, by: User, change: str, submission: UUID
) -> LessonPlan:
    """Number it after those there are; the caller holds the session's row."""
    plan = LessonPlan(
        session=session,
        number=session.lesson_plan_versions + 1,
        file=file.content,
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        change=change.strip(),
        by=by,
        submission=submission,
    )
    plan.full_clean(exclude=["session", "by"], validate_unique=False, validate_constraints=False)
    plan.save()
    session.lesson_plan_versions = plan.number
    session.save(update_fields=["lesson_plan_versions"])
    return plan
