"""Moments in words, for notices. Language and time zone are the reader's, set by who asks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User


def moment(at: datetime) -> str:
    """Selasa, 24 November 2026, 10.42 WITA."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'l, j F Y')}, {local:%H.%M} {local.tzname()}"


def zone_of(person: User) -> ZoneInfo:
    return ZoneInfo(person.time_zone)


def lower_first(words: str) -> str:
    """A sentence's beginning in the midst of another one."""
    return words[:1].lower() + words[1:]
