"""What a person still owes: the one shape that every stage's `owed_by(user)` answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from django.utils import timezone

type Stage = Literal["s", "m", "a", "r", "t"]


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One thing that a person should do now.

    `key` names the debt, the same each time it is asked for, so that a reminder goes out once.
    `verb` and `rest` are the words of the line on the home page: “**Beri umpan balik** untuk …”.
    """

    key: str
    stage: Stage
    verb: str
    rest: str
    url: str
    due_at: datetime | None = None


def end_of(day: date) -> datetime:
    """Return the last minute of a day in the active time zone, for what is due by a date."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
