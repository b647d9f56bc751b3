"""Semesters of the Indonesian school year, by which groups plan their programme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

_TEXT = re.compile(r"(20\d\d)-([12])", re.ASCII)
JULY = 7
NOT_A_SEMESTER = "semester"


@dataclass(frozen=True, order=True)
class Semester:
    """Half a school year: term 1, ganjil, July to December; term 2, genap, January to June.

    Decision: written as Dapodik writes it, the year in which the school year begins and the term:
    2026-1 is July to December 2026, 2026-2 is January to June 2027.
    """

    year: int
    term: int

    @classmethod
    def of(cls, day: date) -> Semester:
        """The semester of a day."""
        return cls(day.year, 1) if day.month >= JULY else cls(day.year - 1, 2)

    @classmethod
    def from_text(cls, text: str) -> Semester:
        """Read what `str` writes. Raises ValidationError for anything else."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise ValidationError(
                _("Tulis semester seperti 2026-1 (ganjil) atau 2026-2 (genap)."), NOT_A_SEMESTER
            )
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year}-{self.term}"

    @property
    def words(self) -> str:
        """E.g. “Semester ganjil 2026/2027”."""
        years = f"{self.year}/{self.year + 1}"
        words = _("Semester genap %(years)s")
        if self.term == 1:
            words = _("Semester ganjil %(years)s")
        return words % {"years": years}

    @property
    def first(self) -> date:
        return date(self.year, JULY, 1) if self.term == 1 else date(self.year + 1, 1, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Semester:
        return Semester(self.year, 2) if self.term == 1 else Semester(self.year + 1, 1)

    @property
    def previous(self) -> Semester:
        return Semester(self.year - 1, 2) if self.term == 1 else Semester(self.year, 1)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Its first moment and the first one after it, in the current time zone."""
        zone = timezone.get_current_timezone()
        return (
            datetime.combine(self.first, time(), zone),
            datetime.combine(self.next.first, time(), zone),
        )

    def week_of(self, day: date) -> int:
        """Which week of the semester a day is in: 0 for the one that holds its first day."""
        return (_monday(day) - _monday(self.first)).days // 7

    def day_in(self, week: int, weekday: int) -> date:
        """That weekday, 0 for Monday, of a week of the semester; it may fall before its start."""
        return _monday(self.first) + timedelta(weeks=week, days=weekday)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
