"""Moments and sessions in words, for notices. Who asks sets language and time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.models import ModelSession


def moment(at: datetime) -> str:
    """Selasa, 24 November 2026, 10.42 WITA."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'l, j F Y')}, {local:%H.%M} {local.tzname()}"


def session_in_words(session: ModelSession) -> str:
    """“Mengapa daun hijau?”, Selasa, 24 November 2026, 10.42 WITA."""
    return _("“%(session)s”, %(time)s") % {"session": session, "time": moment(session.starts_at)}


def zone_of(person: User) -> ZoneInfo:
    return ZoneInfo(person.time_zone)


def lower_first(words: str) -> str:
    """A sentence's beginning in the midst of another one."""
    return words[:1].lower() + words[1:]
