"""Gabung: joining a session online with one tap."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from frontend.http import Request, Submitted
from sessions import services
from sessions.models import ModelSession, Participation
from sessions.rooms import RoomUnavailable
from sessions.services.joining import Entrance


@require_POST
@never_cache
def join_session(request: Request, pk: int) -> HttpResponse:
    found = ModelSession.objects.visible_to(request.user)
    session = get_object_or_404(found.select_related("group", "teacher"), pk=pk)
    form = Submitted(request.POST)
    submission = form.cleaned_data["submission"] if form.is_valid() else uuid4()
    back_to = request.build_absolute_uri(session.get_absolute_url())
    try:
        entrance = services.join_session(
            session, by=request.user, submission=submission, back_to=back_to
        )
    except RoomUnavailable as reason:
        return room_unavailable(request, session, reason)
    return led_to(request, session, entrance, request.user)


def led_to(
    request: Request, session: ModelSession, entrance: Entrance, person: User
) -> HttpResponse:
    """A small page that leads on to the room.

    A redirect would not do: the policy of our pages lets a form lead to ourselves alone.
    """
    part = Participation.objects.visible_to(person).filter(session=session, user=person).first()
    context = {"session": session, "entrance": entrance, "part": part}
    return render(request, "sessions/join.html", context)


def room_unavailable(
    request: Request, session: ModelSession, reason: RoomUnavailable
) -> HttpResponse:
    """What to do when the room's server did not let us in. Nobody was written down as present."""
    context = {"session": session, "reason": str(reason), "again": request.path}
    return render(request, "sessions/room_unavailable.html", context, status=503)
