"""What a letter looks like: plain text, the same as simple HTML, and an entry for the calendar."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from notifications.entries import calendar_entry
from notifications.models import Letter
from notifications.words import zone_of


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
        "url": urljoin(settings.SITE_URL, notice.url),
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
        if entry := calendar_entry(notice):
            method, content = entry
            message.attach_alternative(content.decode(), f"text/calendar; method={method}")
    return message
