"""Set the clock that the services read, so that the demo can live its past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from unittest import mock

from django.utils import timezone


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let `timezone.now()` answer `moment` meanwhile; nothing else in the process may run."""
    with mock.patch.object(timezone, "now", return_value=moment):
        yield


def days_from_now(days: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment on the day so many days from today, in the district's time zone."""
    today = timezone.localdate()
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), time(hour, minute)))
