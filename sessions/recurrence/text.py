"""Rules as RFC 5545 writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sessions.recurrence.rule import MonthlyByDay, MonthlyByWeekday, Rule, Weekly, check

_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"}
_END_OF_DAY = time(23, 59, 59)


def to_text(rule: Rule, zone: ZoneInfo) -> str:
    """The RRULE without its name. UNTIL is in UTC, as it must be where DTSTART has a zone."""
    parts = ["FREQ=WEEKLY" if rule.is_weekly else "FREQ=MONTHLY"]
    if rule.every > 1:
        parts.append(f"INTERVAL={rule.every}")
    match rule.pattern:
        case Weekly(weekdays, week_start):
            parts.append("BYDAY=" + ",".join(_DAY_NAMES[day] for day in weekdays))
            if week_start:
                parts.append(f"WKST={_DAY_NAMES[week_start]}")
        case MonthlyByWeekday(nth, weekday):
            parts.append(f"BYDAY={nth}{_DAY_NAMES[weekday]}")
        case MonthlyByDay(day):
            parts.append(f"BYMONTHDAY={day}")
    if rule.until:
        end = datetime.combine(rule.until, _END_OF_DAY, zone).astimezone(UTC)
        parts.append(f"UNTIL={end:%Y%m%dT%H%M%SZ}")
    else:
        parts.append(f"COUNT={rule.count}")
    return ";".join(parts)


def from_text(text: str, start: datetime, zone: ZoneInfo) -> Rule:
    """Read an RRULE, with or without its name, of sessions that begin at `start`.

    Raises ValidationError with a sentence for everything that this platform cannot do.
    """
    words = _parts_of(text)
    local = start.astimezone(zone)
    rule = Rule(
        _pattern_of(words, local),
        every=_number(words.get("INTERVAL", "1"), "INTERVAL"),
        count=_number(words["COUNT"], "COUNT") if "COUNT" in words else None,
        until=_until_of(words["UNTIL"], local, zone) if "UNTIL" in words else None,
    )
    check(rule)
    return rule


def _parts_of(text: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in words:
            raise ValidationError(
                _("Aturan berulang ini tidak terbaca: %(part)s.") % {"part": part}
            )
        words[name] = value
    if unknown := sorted(words.keys() - _KNOWN):
        raise ValidationError(
            _("Aturan berulang di sini tidak mengenal %(parts)s.") % {"parts": ", ".join(unknown)}
        )
    return words


def _pattern_of(words: dict[str, str], start: datetime) -> Weekly | MonthlyByWeekday | MonthlyByDay:
    if words.get("FREQ") not in {"WEEKLY", "MONTHLY"}:
        raise ValidationError(_("Sesi dapat berulang mingguan atau bulanan."))
    if words["FREQ"] == "WEEKLY":
        if "BYMONTHDAY" in words:
            raise ValidationError(_("Aturan mingguan menyebut hari, bukan tanggal."))
        names = words.get("BYDAY", _DAY_NAMES[start.weekday()]).split(",")
        weekdays = tuple(sorted({_weekday(name) for name in names}))
        return Weekly(weekdays, _weekday(words.get("WKST", "MO")))
    if "BYDAY" in words and "BYMONTHDAY" in words:
        raise ValidationError(_("Pilih hari atau tanggal, tidak keduanya."))
    if "BYDAY" in words:
        found = re.fullmatch(r"([+-]?\d)([A-Z]{2})", words["BYDAY"])
        if not found:
            raise ValidationError(
                _("Aturan bulanan menyebut satu hari ke berapa, misalnya Kamis kedua.")
            )
        return MonthlyByWeekday(int(found[1]), _weekday(found[2]))
    return MonthlyByDay(_number(words.get("BYMONTHDAY", str(start.day)), "BYMONTHDAY"))


def _weekday(name: str) -> int:
    if name not in _DAY_NAMES:
        raise _unreadable(name)
    return _DAY_NAMES.index(name)


def _number(text: str, name: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,3}", text):
        raise _unreadable(f"{name}={text}")
    return int(text)


def _until_of(text: str, start: datetime, zone: ZoneInfo) -> date:
    """The last day that may have an occurrence, also where UNTIL falls in the midst of a day."""
    found = re.fullmatch(r"(\d{8})(?:T(\d{6})(Z?))?", text)
    if not found:
        raise _unreadable(f"UNTIL={text}")
    try:
        day = datetime.strptime(found[1], "%Y%m%d").date()  # noqa: DTZ007 -- a day has no zone
        if not found[2]:
            return day
        clock = datetime.strptime(found[2], "%H%M%S").time()  # noqa: DTZ007 -- nor has this
        end = datetime.combine(day, clock, UTC if found[3] else zone).astimezone(zone)
    except (ValueError, OverflowError):
        raise _unreadable(f"UNTIL={text}") from None
    is_over = end.time() < start.time().replace(microsecond=0)
    return end.date() - timedelta(days=is_over)


def _unreadable(part: str) -> ValidationError:
    words = _("Aturan berulang ini tidak terbaca: %(part)s.")
    return ValidationError(words % {"part": part})
