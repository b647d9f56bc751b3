"""All that was said about one lesson, by indicator: sheets and feedback of every voice."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from frontend.http import Request
from frontend.reinforcement.finding import session_for
from frontend.results import Shown, shown
from observations.rules import may_open_sheet
from reinforcement import rules
from reinforcement.models import Feedback, FollowUp, Reflection
from reinforcement.voices import About, voices_on
from sessions.models import ModelSession


@dataclass(frozen=True)
class Part:
    """One indicator as the page shows it."""

    about: About
    lines: list[Shown]


def parts_for(user: User, session: ModelSession) -> list[Part]:
    """What `reinforcement/_voices.html` shows."""
    return [Part(about, shown(about.lines)) for about in voices_on(session, user)]


@require_safe
def all_feedback(request: Request, pk: int) -> HttpResponse:
    """Each reads what the rules open; who will read it later is told when."""
    session = session_for(request, pk)
    parts = parts_for(request.user, session)
    is_teacher = session.teacher_id == request.user.pk
    may_give = rules.may_give_feedback(request.user, session)
    if not parts and not is_teacher and not may_give:
        raise Http404
    own = Feedback.objects.visible_to(request.user).filter(session=session, author=request.user)
    context: dict[str, Any] = {
        "session": session,
        "parts": parts,
        "is_teacher": is_teacher,
        "is_open": session.is_open_to_teacher(timezone.now()),
        "may_give": may_give and not own.given().exists(),
        "may_open_sheet": may_open_sheet(request.user, session),
        "follow_up": FollowUp.objects.visible_to(request.user)
        .filter(session=session)
        .newest_first()
        .first(),
        "reflection": Reflection.objects.visible_to(request.user).filter(session=session).first(),
    }
    return render(request, "reinforcement/all_feedback.html", context)
