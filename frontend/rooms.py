"""Gabung: joining a session online with one tap."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from frontend.http import Request, Submitted
from sessions import rules, services
from sessions.models import ModelSession, Participation
from sessions.rooms import RoomUnavailable, data_hint
from sessions.rules.room import DOORS_CLOSE_AFTER
from sessions.services.joining import Entrance


@dataclass(frozen=True)
class Room:
    """What a session's page says of its room; where it is stays unsaid until one joins."""

    provider: Promise | str
    hint: Promise
    opens_at: datetime
    is_open: bool


def room_of(user: User, session: ModelSession) -> Room | None:
    """The room that this person may enter, now or later; None when there is none or no more."""
    now = timezone.now()
    is_over = session.is_closed or now >= session.ends_at + DOORS_CLOSE_AFTER
    if not rules.has_room(session) or is_over:
        return None
    part = rules.part_in(user, session)
    if (part and part.is_waiting) or not rules.takes_part(user, session):
        return None
    return Room(
        provider=_("Tautan sendiri")
        if session.provider == "link"
        else session.get_provider_display(),
        hint=data_hint(session.provider, session.online_link),
        opens_at=session.starts_at - rules.DOORS_OPEN_BEFORE,
        is_open=rules.doors_open(session, now),
    )


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
