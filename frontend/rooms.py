"""Gabung: joining a session online with one tap."""

from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from frontend.http import Request, Submitted
from frontend.rsvp import kept_secret, link_spent
from sessions import queries, services
from sessions.links import LinkIsForged, LinkIsSpent
from sessions.models import ModelSession, Participation
from sessions.rooms import RoomUnavailable


@require_POST
@never_cache
def join_session(request: Request, pk: int) -> HttpResponse:
    found = ModelSession.objects.visible_to(request.user)
    session = get_object_or_404(found.select_related("group", "teacher"), pk=pk)
    return _let_in(request, session, request.user, back=session.get_absolute_url())


@kept_secret
@login_not_required
@require_POST
def join_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let in whom a personal link was made for, e.g. a narasumber without account."""
    try:
        part = queries.part_of_link(token, timezone.now())
    except LinkIsForged as error:
        raise Http404 from error
    except LinkIsSpent as spent:
        return link_spent(request, spent)
    with translation.override(part.user.language), timezone.override(ZoneInfo(part.user.time_zone)):
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
