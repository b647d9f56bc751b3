"""A session as a file or a link, to put into a calendar by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.http import Request
from sessions import calendars
from sessions.models import ModelSession

CALENDAR = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class AddLinks:
    """Where a session is put into a calendar by hand."""

    file: str
    google: str


def add_links(session: ModelSession, *, file: str = "") -> AddLinks:
    """Return the links of “Tambah ke kalender”; `file` is another address of the same file."""
    start, end = (at.astimezone(UTC) for at in (session.starts_at, session.ends_at))
    words = {
        "action": "TEMPLATE",
        "text": session.title,
        "dates": f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}",
        "details": calendars.about(session),
        "location": calendars.place_of(session),
    }
    return AddLinks(
        file=file or reverse("calendar-file", args=[session.pk]),
        google=f"https://calendar.google.com/calendar/render?{urlencode(words)}",
    )


@require_safe
def session_calendar(request: Request, pk: int) -> HttpResponse:
    """One session as a file, to put into a calendar."""
    found = ModelSession.objects.visible_to(request.user)
    session = get_object_or_404(found.select_related("group", "teacher", "leader", "school"), pk=pk)
    return calendar_file_of(session)


def calendar_file_of(session: ModelSession) -> HttpResponse:
    """The file of one session, for whoever may have it."""
    zone = ZoneInfo(timezone.get_current_timezone_name())
    content = calendars.file(session, zone=zone)
    return calendar_file(content, f"sesi-{session.pk}.ics", kept="attachment")


def calendar_file(content: bytes, name: str, *, kept: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=CALENDAR,
        headers={"Content-Disposition": f'{kept}; filename="{name}"'},
    )
