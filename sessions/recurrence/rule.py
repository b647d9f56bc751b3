"""A rule as a person chooses it on a phone, and what it may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 60
LAST = -1
# Every month has these; after them only “the last”.
NTHS = (1, 2, 3, 4, LAST)
DAYS = (*range(1, 29), LAST)
MOST_WEEKS = 26
MOST_MONTHS = 12


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
