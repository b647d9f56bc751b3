"""How days and times are written. Words follow the active language, times the active time zone.

What is missing is written as nothing. A no-break space keeps a time with its zone.
"""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as spell
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from frontend.words import NBSP

# The three zones of Indonesia by their everyday names; others keep their own abbreviation.
ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}


def day(at: date | None) -> str:
    """Selasa, 24 November 2026."""
    return _spelled(at, "l, j F Y")


def short_day(at: date | None) -> str:
    """Sel, 24 Nov."""
    return _spelled(at, "D, j M")


def plain_date(at: date | None, pattern: str = "j F Y") -> str:
    """24 November 2026; with an argument, in Django's own pattern."""
    return _spelled(at, pattern)


def clock(at: datetime | None) -> str:
    """10.42 WITA."""
    return f"{_time(at)}{NBSP}{_zone(at)}" if isinstance(at, datetime) else ""


def hour(at: datetime | time) -> str:
    """09.00, where the zone is said elsewhere."""
    return _time(at) if isinstance(at, datetime) else f"{at:%H{_hour_mark()}%M}"


def moment(at: datetime | None) -> str:
    """Selasa, 24 November 2026, 10.42 WITA."""
    return f"{day(at)}, {clock(at)}" if isinstance(at, datetime) else day(at)


def iso(at: date | None) -> str:
    """Write the moment for the `datetime` attribute of `<time>`."""
    if not isinstance(at, date):
        return ""
    local = _local(at)
    return local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat()


def span(start: datetime, end: datetime | None) -> str:
    """09.00–10.20 WITA, with the days when they differ."""
    if not isinstance(end, datetime):
        return clock(start)
    if _day(start) == _day(end):
        return f"{_time(start)}–{clock(end)}"
    return f"{short_day(start)}, {clock(start)} – {short_day(end)}, {clock(end)}"


def days(start: date, end: date | None) -> str:
    """2 November – 11 Desember 2026."""
    if not isinstance(end, date) or _day(start) == _day(end):
        return plain_date(start)
    first, last = _day(start), _day(end)
    if first.year != last.year:
        return f"{plain_date(first)} – {plain_date(last)}"
    if first.month != last.month:
        return f"{plain_date(first, 'j F')} – {plain_date(last)}"
    return f"{first.day}–{plain_date(last)}"


def due(at: date | None) -> str:
    """Hari ini, 20.00 WITA; a weekday within a week; else the date. A plain date has no time."""
    if not isinstance(at, date):
        return ""
    words = _near_day(_day(at))
    return f"{words}, {clock(at)}" if isinstance(at, datetime) else words


def due_within(at: date | None) -> str:
    """As `due`, but for the middle of a sentence: hari ini, 20.00 WITA."""
    if not isinstance(at, date):
        return ""
    words, day = due(at), _day(at)
    return words[0].lower() + words[1:] if abs((day - timezone.localdate()).days) <= 1 else words


def leaf(at: date | None) -> tuple[str, str, str]:
    """Return the three lines of a calendar leaf: Kam, 26, Nov."""
    return _spelled(at, "D"), _spelled(at, "j"), _spelled(at, "M")


def _near_day(on: date) -> str:
    today = timezone.localdate()
    distance = (on - today).days
    near = {-1: gettext_noop("Kemarin"), 0: gettext_noop("Hari ini"), 1: gettext_noop("Besok")}
    if distance in near:
        return _(near[distance])
    if 1 < distance < 7:  # noqa: PLR2004 -- within a week the weekday says it
        return _spelled(on, "l")
    return _spelled(on, "l, j F" if on.year == today.year else "l, j F Y")


def _local(at: date) -> date:
    return timezone.localtime(at) if isinstance(at, datetime) and timezone.is_aware(at) else at


def _day(at: date) -> date:
    local = _local(at)
    return local.date() if isinstance(local, datetime) else local


def _spelled(at: date | None, pattern: str) -> str:
    """Spell a day, not its time: a page has few days and names them often."""
    return _spelled_once(get_language(), _day(at), pattern) if isinstance(at, date) else ""


@lru_cache(maxsize=4096)
def _spelled_once(language: str | None, on: date, pattern: str) -> str:
    del language  # It is part of what is remembered; the names follow the active one.
    return spell(on, pattern)


def _time(at: datetime) -> str:
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{local:%H{_hour_mark()}%M}"


def _hour_mark() -> str:
    return "." if get_language() == "id" else ":"


def _zone(at: datetime) -> str:
    zone = timezone.get_current_timezone()
    known = ZONES.get(zone.key) if isinstance(zone, ZoneInfo) else None
    return known or spell(_local(at), "T")
