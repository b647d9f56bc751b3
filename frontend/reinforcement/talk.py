"""What a session's page shows of this stage."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from frontend.reinforcement.path import path_of_colleague, path_of_teacher
from frontend.reinforcement.preparation import preparation_of
from groups.rules import may_run_group
from observations.models import Observation
from reinforcement import rules
from reinforcement.models import Feedback, FollowUp, Reflection
from sessions.models import ModelSession


def session_context(
    user: User, session: ModelSession, *, sheet: Observation | None, observes: bool
) -> dict[str, Any]:
    """What `reinforcement/_session.html` shows on a session's page: at most four queries.

    Before the lesson, what she promised last time; and how she prepared, where she did. `session`
    comes with its preparation, `sheet` is the person's own, `observes` says whether there may be
    one.
    """
    context: dict[str, Any] = {"reinforcement": None}
    if not session.is_lesson or session.is_cancelled:
        return context
    is_teacher = session.teacher_id == user.pk
    preparation = preparation_of(user, session) if hasattr(session, "preparation") else None
    found: dict[str, Any] = {}
    if session.is_planned:
        context["before"] = promised_before(user, session)
        context["may_prepare"] = bool(rules.may_prepare(user, session))
    else:
        found = _for_teacher(user, session) if is_teacher else _for_colleague(user, session)
    if is_teacher:
        path = path_of_teacher(session, preparation, found)
    else:
        path = path_of_colleague(session, preparation, sheet, found, observes=observes)
    told = {**found, "is_teacher": is_teacher, "path": path}
    return {**context, "preparation": preparation, "reinforcement": told}


def asked_of_observer(user: User, session: ModelSession) -> dict[str, Any]:
    """What `reinforcement/_asked.html` shows on the observer's sheet. Two queries."""
    return {
        "preparation": preparation_of(user, session),
        "before": promised_before(user, session),
    }


def _for_teacher(user: User, session: ModelSession) -> dict[str, Any]:
    found = Feedback.objects.visible_to(user).given().filter(session=session)
    is_open = session.is_open_to_teacher(timezone.now())
    return {
        "is_open": is_open,
        "reflection": Reflection.objects.visible_to(user).filter(session=session).first(),
        "feedback": list(found.select_related("author").order_by("given_at")) if is_open else [],
        "has_voices": bool(session.feedback_given or session.sheets_submitted),
        "waiting": 0 if is_open else session.feedback_given,
        "follow_up": (
            FollowUp.objects.visible_to(user).filter(session=session).newest_first().first()
            if is_open
            else None
        ),
    }


def _for_colleague(user: User, session: ModelSession) -> dict[str, Any]:
    """A colleague's own feedback, then what it opened: the follow-up. The board sees a number."""
    visible = Feedback.objects.visible_to(user).filter(session=session)
    found = list(visible.select_related("author").order_by("pk"))
    own = next((feedback for feedback in found if feedback.author_id == user.pk), None)
    on_board = session.group is not None and bool(may_run_group(user, session.group))
    may_give = own is None and bool(rules.may_give_feedback(user, session))
    return {
        "own": own,
        "shared": [feedback for feedback in found if feedback is not own],
        "may_give": may_give,
        "follow_up": FollowUp.objects.visible_to(user)
        .filter(session=session)
        .newest_first()
        .first(),
        "count": session.feedback_given if on_board else None,
    }


def promised_before(user: User, session: ModelSession) -> FollowUp | None:
    """What the guru model promised after an earlier lesson, for whoever may read it. One query."""
    earlier = FollowUp.objects.visible_to(user).filter(
        session__teacher=session.teacher_id, session__starts_at__lt=session.starts_at
    )
    return earlier.with_session().newest_first().first()
