"""What a session's page shows of this stage."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from frontend.reinforcement.preparation import preparation_of
from groups.rules import may_run_group
from reinforcement import rules
from reinforcement.models import Feedback, FollowUp, Reflection
from sessions.models import ModelSession


def session_context(user: User, session: ModelSession) -> dict[str, Any]:
    """What `reinforcement/_session.html` shows on a session's page: at most four queries.

    Before the lesson, what she promised last time; and how she prepared, where she did. The
    template takes `session` and `reinforcement`; `session` comes with its preparation.
    """
    context: dict[str, Any] = {"reinforcement": None}
    if not session.is_lesson or session.is_cancelled:
        return context
    if hasattr(session, "preparation"):
        context["preparation"] = preparation_of(user, session)
    if session.is_planned:
        may = bool(rules.may_prepare(user, session))
        return context | {"before": promised_before(user, session), "may_prepare": may}
    if session.teacher_id == user.pk:
        return context | {"reinforcement": _for_teacher(user, session)}
    return context | {"reinforcement": _for_colleague(user, session)}


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
        "is_teacher": True,
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
