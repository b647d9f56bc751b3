"""The demo's calendar: days counted from today, and a clock that can be set to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from unittest import mock

from django.utils import timezone

from activity.services import relay

SUNDAY = 6


@dataclass(frozen=True)
class Calendar:
    """Days before (-) and after (+) today; nobody works on a Sunday."""

    today: date

    def day(self, number: int) -> date:
        """The day so many days from today; a Sunday gives the working day next to it."""
        found = self.today + timedelta(days=number)
        if found.weekday() == SUNDAY:
            found += timedelta(days=1 if number > 0 else -1)
        return found

    def at(self, number: int, hour: int, minute: int = 0) -> datetime:
        """A moment of that day, in the district's time zone."""
        return timezone.make_aware(datetime.combine(self.day(number), time(hour, minute)))

    @contextmanager
    def on(self, number: int, hour: int = 9, minute: int = 0) -> Iterator[None]:
        """Live that moment: services read it as now, and what follows from them happens then."""
        with mock.patch.object(timezone, "now", return_value=self.at(number, hour, minute)):
            yield
            relay()
