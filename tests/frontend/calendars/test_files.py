"""A session that is put into a calendar by hand."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
from django.urls import reverse

from tests import make
from tests.frontend.calendars.november import main
from tests.sessions.calendar_clients import faults_in

pytestmark = pytest.mark.django_db


def test_session_page_has_a_file_and_a_link_to_google(client, group):
    session = make.session(of=group, teacher=make.member(group))
    client.force_login(session.teacher)

    shown = main(client.get(session.get_absolute_url()))
    file = client.get(reverse("calendar-file", args=[session.pk]))

    assert reverse("calendar-file", args=[session.pk]) in shown
    google = shown.split('href="https://calendar.google.com')[1].split('"')[0]
    words = parse_qs(urlsplit(google.replace("&amp;", "&")).query)
    assert words["text"] == [session.title]
    start, end = (
        f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}" for when in (session.starts_at, session.ends_at)
    )
    assert words["dates"] == [f"{start}/{end}"]
    assert file.headers["Content-Disposition"] == f'attachment; filename="sesi-{session.pk}.ics"'
    assert faults_in(file.content) == []
    parsed = icalendar.Calendar.from_ical(file.content)
    assert parsed["METHOD"] == "PUBLISH"
    [event] = parsed.walk("VEVENT")
    assert event["UID"].startswith(str(session.uid))


def test_cancelled_session_is_not_put_into_a_calendar_by_hand(client, group):
    session = make.session(of=group, cancelled=True)
    client.force_login(session.teacher)

    assert "Tambah ke kalender" not in main(client.get(session.get_absolute_url()))
