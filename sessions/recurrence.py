"""The rules by which sessions recur: as much of RFC 5545's RRULE as a person chooses on a phone.

Every n weeks on some weekdays, or every n months on the nth weekday or on a day of the month; it
always ends, after so many times or with a day. There is at most one occurrence a day. Rules count
days of the wall clock of a zone; what comes out are moments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from dateutil import rrule
from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

MOST = 60
LONGEST = relativedelta(years=2)
LAST = -1
# Every month has these; after them only “the last”.
NTHS = (1, 2, 3, 4, LAST)
DAYS = (*range(1, 29), LAST)
MOST_WEEKS = 26
MOST_MONTHS = 12

NOT_OF_SERIES = gettext_lazy("Sebut satu sesi dari rangkaian ini.")

_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"}
_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Weekly:
    """On these weekdays, Monday is 0. Weeks are counted from the one that the first day is in."""

    weekdays: tuple[int, ...]
    # Which day begins a week: it matters only for every second week and the like.
    week_start: int = 0


@dataclass(frozen=True)
class MonthlyByWeekday:
    """On the first, second, third, fourth or, -1, last such weekday of the month."""

    nth: int
    weekday: int


@dataclass(frozen=True)
class MonthlyByDay:
    """On that day of the month; -1 is the last."""

    day: int


@dataclass(frozen=True)
class Rule:
    """One pattern, every so many weeks or months, and when it ends: by `count` or by `until`."""

    pattern: Weekly | MonthlyByWeekday | MonthlyByDay
    every: int = 1
    count: int | None = None
    until: date | None = None

    @property
    def is_weekly(self) -> bool:
        return isinstance(self.pattern, Weekly)


# --- as RFC 5545 writes it


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


def check(rule: Rule) -> None:
    """Raise ValidationError for a rule that no person could have chosen here."""
    most = MOST_WEEKS if rule.is_weekly else MOST_MONTHS
    if not 1 <= rule.every <= most:
        words = _("Jaraknya paling lama %(count)s minggu.")
        if not rule.is_weekly:
            words = _("Jaraknya paling lama %(count)s bulan.")
        raise ValidationError(words % {"count": most})
    match rule.pattern:
        case Weekly(weekdays) if not weekdays:
            raise ValidationError(_("Pilih paling sedikit satu hari."))
        case MonthlyByWeekday(nth) if nth not in NTHS:
            raise ValidationError(
                _("Tidak setiap bulan punya hari kelima. Pilih pertama sampai keempat, atau akhir.")
            )
        case MonthlyByDay(day) if day not in DAYS:
            raise ValidationError(
                _("Tanggal 29–31 tidak ada di setiap bulan. Pilih 1–28 atau hari terakhir bulan.")
            )
    if (rule.count is None) == (rule.until is None):
        raise ValidationError(
            _("Rangkaian perlu berakhir: sesudah beberapa kali, atau pada satu tanggal.")
        )
    if rule.count is not None and not 1 <= rule.count <= MOST:
        raise ValidationError(_("Satu rangkaian 1 sampai %(most)s kali.") % {"most": MOST})


# --- when it occurs


def first_of(rule: Rule, start: datetime, zone: ZoneInfo) -> datetime:
    """The first moment at or after `start` that the pattern has, at the same time of the day."""
    wall = start.astimezone(zone).replace(tzinfo=None)
    return _moment(next(iter(_expansion(replace(rule, every=1, count=1, until=None), wall))), zone)


def occurrences(rule: Rule, start: datetime, zone: ZoneInfo) -> list[datetime]:
    """Every moment of the rule from `start` on, which should be its first; see `first_of`.

    An hour that the zone's clock jumps over is that much later, as RFC 5545 says. Raises
    ValidationError when the rule goes on for too long.
    """
    wall = start.astimezone(zone).replace(tzinfo=None)
    found: list[datetime] = []
    for naive in _expansion(rule, wall):
        if len(found) == MOST:
            raise ValidationError(_("Satu rangkaian 1 sampai %(most)s kali.") % {"most": MOST})
        if naive > wall + LONGEST:
            raise ValidationError(_("Satu rangkaian paling lama dua tahun."))
        found.append(_moment(naive, zone))
    if not found:
        raise ValidationError(_("Rangkaian ini berakhir sebelum mulai."))
    return found


def _expansion(rule: Rule, wall: datetime) -> rrule.rrule:
    """Naive, because what recurs is what the clock on the wall shows."""
    until = datetime.combine(rule.until, time.max) if rule.until else None
    expand = partial(rrule.rrule, interval=rule.every, dtstart=wall, count=rule.count, until=until)
    match rule.pattern:
        case Weekly(weekdays, week_start):
            return expand(rrule.WEEKLY, byweekday=weekdays, wkst=week_start)
        case MonthlyByWeekday(nth, weekday):
            return expand(rrule.MONTHLY, byweekday=rrule.weekdays[weekday](nth))
        case MonthlyByDay(day):
            return expand(rrule.MONTHLY, bymonthday=day)


def _moment(wall: datetime, zone: ZoneInfo) -> datetime:
    # There and back: a time that the clock jumps over becomes one that it shows.
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def wall_shift(of: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """Move a moment by what the clock on the wall shows."""
    return _moment(of.astimezone(zone).replace(tzinfo=None) + by, zone)


# --- cutting and moving


def ending_before(rule: Rule, moments: Sequence[datetime], index: int) -> Rule:
    """The rule for the first `index` of its `moments` alone."""
    if rule.count is not None:
        return replace(rule, count=index)
    return replace(rule, until=moments[index].date() - timedelta(days=1))


def going_on_from(rule: Rule, index: int) -> Rule:
    """The rule for its occurrences from the `index`th, counted from 0, on."""
    return rule if rule.count is None else replace(rule, count=rule.count - index)


def moved(
    rule: Rule, moments: Sequence[datetime], old: datetime, new: datetime, zone: ZoneInfo
) -> tuple[Rule, list[datetime]]:
    """Move all `moments` of a rule as one of them moved from `old` to `new`, and the rule too.

    Time of day and weeks move by the same amount. Of a monthly rule the pattern moves: from the
    second Thursday to the third Tuesday, in each month. Raises ValidationError for a day that not
    every month has.
    """
    before, after = (moment.astimezone(zone).replace(tzinfo=None) for moment in (old, new))
    rule = replace(rule, pattern=_moved_pattern(rule, before.date(), after.date()))
    check(rule)
    months = (after.year - before.year) * 12 + after.month - before.month
    found = []
    for moment in moments:
        day = moment.astimezone(zone).date()
        if rule.is_weekly:
            day += after.date() - before.date()
        elif after.date() != before.date():
            day = _day_in_month(rule, day.replace(day=1) + relativedelta(months=months))
        found.append(_moment(datetime.combine(day, after.time()), zone))
    if rule.until and after.date() != before.date():
        rule = replace(rule, until=found[-1].date())
    return rule, found


def _moved_pattern(rule: Rule, old: date, new: date) -> Weekly | MonthlyByWeekday | MonthlyByDay:
    if old == new:
        return rule.pattern
    is_last_week = (new + timedelta(days=7)).month != new.month
    match rule.pattern:
        case Weekly(weekdays, week_start):
            days = (new - old).days
            shifted = sorted((day + days) % 7 for day in weekdays)
            return Weekly(tuple(shifted), (week_start + days) % 7 if rule.every > 1 else week_start)
        case MonthlyByWeekday(nth, _weekday):
            which = (new.day - 1) // 7 + 1
            is_last = which not in NTHS or (nth == LAST and is_last_week)
            return MonthlyByWeekday(LAST if is_last else which, new.weekday())
        case MonthlyByDay(day):
            is_last = (new + timedelta(days=1)).month != new.month
            last = is_last and (day == LAST or new.day not in DAYS)
            return MonthlyByDay(LAST if last else new.day)


def _day_in_month(rule: Rule, first: date) -> date:
    start = datetime.combine(first, time())
    return next(iter(_expansion(replace(rule, every=1, count=1, until=None), start))).date()


def matched(old: Sequence[datetime], new: Sequence[datetime]) -> dict[int, int]:
    """Which of the `old` moments becomes which of the `new`, by their indexes, in order.

    As many as there can be are matched, so that together they move as little as can be.
    """
    few, many = (old, new) if len(old) <= len(new) else (new, old)
    spare = len(many) - len(few)
    # best[i][j]: the least movement when the first i of few are among the first i + j of many.
    best = [[timedelta()] * (spare + 1)]
    for i, moment in enumerate(few):
        row: list[timedelta] = []
        for j in range(spare + 1):
            taken = best[i][j] + abs(moment - many[i + j])
            row.append(min(taken, row[-1]) if row else taken)
        best.append(row)
    pairs, j = {}, spare
    for i in range(len(few) - 1, -1, -1):
        while j and best[i + 1][j - 1] <= best[i + 1][j]:
            j -= 1
        pairs[i] = i + j
    return pairs if few is old else {there: here for here, there in pairs.items()}


# --- in words

_NTH_WORDS: dict[int, Promise] = {
    1: gettext_lazy("%(weekday)s pertama"),
    2: gettext_lazy("%(weekday)s kedua"),
    3: gettext_lazy("%(weekday)s ketiga"),
    4: gettext_lazy("%(weekday)s keempat"),
    LAST: gettext_lazy("%(weekday)s terakhir"),
}


def nth_words(nth: int, weekday: int) -> str:
    """E.g. “Kamis kedua”."""
    return str(_NTH_WORDS[nth]) % {"weekday": WEEKDAYS[weekday]}


def in_words(rule: Rule) -> str:
    """The rule in the reader's language, e.g. “Setiap Kamis kedua, 6 kali”."""
    return _("%(pattern)s, %(end)s") % {"pattern": _pattern_words(rule), "end": _end_words(rule)}


def _pattern_words(rule: Rule) -> str:
    match rule.pattern:
        case Weekly(weekdays):
            what = _listed([str(WEEKDAYS[day]) for day in weekdays])
            if rule.every == 1:
                return _("Setiap %(weekdays)s") % {"weekdays": what}
            words = _("Setiap %(count)s minggu, hari %(weekdays)s")
            return words % {"count": rule.every, "weekdays": what}
        case MonthlyByWeekday(nth, weekday):
            what = nth_words(nth, weekday)
            if rule.every == 1:
                return _("Setiap %(nth_weekday)s") % {"nth_weekday": what}
            words = _("Setiap %(count)s bulan, %(nth_weekday)s")
            return words % {"count": rule.every, "nth_weekday": what}
        case MonthlyByDay(day):
            if day == LAST:
                words = _("Setiap hari terakhir bulan")
                longer = _("Setiap %(count)s bulan, hari terakhir")
            else:
                words = _("Setiap tanggal %(day)s")
                longer = _("Setiap %(count)s bulan, tanggal %(day)s")
            return (words if rule.every == 1 else longer) % {"count": rule.every, "day": day}


def _end_words(rule: Rule) -> str:
    if rule.until:
        return _("sampai %(day)s") % {"day": date_format(rule.until, "j F Y")}
    count = rule.count or 0
    return ngettext("%(count)s kali", "%(count)s kali", count) % {"count": count}


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("%(words)s dan %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}
