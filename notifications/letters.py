"""What a letter looks like: plain text, the same as simple HTML, and an entry for the calendar."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation

from notifications.entries import calendar_entries
from notifications.models import Letter, Notice
from notifications.words import zone_of
from sessions.links import token_of
from sessions.models import Participation

# What asks for an answer, or tells that it is asked again.
ASKING = {Notice.Kind.INVITED, Notice.Kind.CHANGED, Notice.Kind.OWED}


class Server(Protocol):
    """A mail server, as Django's backends are."""

    def open(self) -> bool | None: ...
    def close(self) -> None: ...
    def send_messages(self, messages: list[EmailMessage], /) -> int: ...


def written(letter: Letter) -> EmailMessage:
    """The letter as a message, in the language and time zone of its reader.

    Its Message-ID is the same each time, so that a mail program shows a letter sent twice once.
    """
    notice, reader = letter.notice, letter.notice.recipient
    context = {
        "notice": notice,
        "reader": reader,
        "url": urljoin(settings.SITE_URL, _address(notice)),
        "site": settings.SITE_URL,
    }
    with translation.override(reader.language), timezone.override(zone_of(reader)):
        message = EmailMultiAlternatives(
            subject=" ".join(notice.text.split()),
            body=render_to_string("notifications/letter.txt", context),
            to=[reader.email],
            headers={
                "Message-ID": f"<notice-{notice.pk}@{urlsplit(settings.SITE_URL).hostname}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(
            render_to_string("notifications/letter.html", context), "text/html"
        )
        for number, (method, content) in enumerate(calendar_entries(notice)):
            kind = f"text/calendar; method={method}"
            if number == 0:
                message.attach_alternative(content.decode(), kind)
            else:
                message.attach(f"smart-mgmp-{number + 1}.ics", content, kind)
    return message


def _address(notice: Notice) -> str:
    """Where the letter leads: to the reader's personal link where an invitation waits.

    From there one answers without signing in. The notice itself keeps the session's own page.
    """
    try:
        page = resolve(notice.url)
    except Resolver404:
        return notice.url
    if notice.kind not in ASKING or page.url_name != "session":
        return notice.url
    parts = Participation.objects.select_related("session", "user")
    part = parts.filter(session=page.kwargs["pk"], user=notice.recipient).first()
    if part is None or not part.session.is_planned or part.session.ends_at < timezone.now():
        return notice.url
    return reverse("rsvp", args=[token_of(part)])
