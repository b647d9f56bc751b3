"""Gabung: joining a session online with one tap."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from frontend.http import Request, Submitted
from frontend.rsvp import by_personal_link
from sessions import services
from sessions.models import ModelSession, Participation
from sessions.rooms import RoomUnavailable


@require_POST
@never_cache
def join_session(request: Request, pk: int) -> HttpResponse:
    found = ModelSession.objects.visible_to(request.user)
    session = get_object_or_404(found.select_related("group", "teacher"), pk=pk)
    return _let_in(request, session, request.user, back=session.get_absolute_url())


@require_POST
@by_personal_link
def join_by_link(request: HttpRequest, part: Participation, token: str) -> HttpResponse:
    """Let in whom a personal link was made for, e.g. a narasumber without account."""
    return _let_in(request, part.session, part.user, back=reverse("rsvp", args=[token]))


def _let_in(
    request: HttpRequest, session: ModelSession, person: User, *, back: str
) -> HttpResponse:
    """Join, and answer with a small page that leads on to the room.

    A redirect would not do: the policy of our pages lets a form lead to ourselves alone. When the
    room's server did not answer, the page says what to do; nobody was written down as present.
    """
    form = Submitted(request.POST)
    submission = form.cleaned_data["submission"] if form.is_valid() else uuid4()
    context: dict[str, Any] = {"session": session, "back": back, "again": request.path}
    try:
        entrance = services.join_session(
            session, by=person, submission=submission, back_to=request.build_absolute_uri(back)
        )
    except RoomUnavailable as reason:
        context["reason"] = str(reason)
        return render(request, "sessions/room_unavailable.html", context, status=503)
    part = Participation.objects.visible_to(person).filter(session=session, user=person).first()
    context |= {"entrance": entrance, "part": part}
    return render(request, "sessions/join.html", context)
