"""The rules by which sessions recur: as much of RFC 5545's RRULE as a person chooses on a phone.

Every n weeks on some weekdays, or every n months on the nth weekday or on a day of the month; it
always ends, after so many times or with a day. There is at most one occurrence a day. Rules count
days of the wall clock of a zone; what comes out are moments.
"""

from sessions.recurrence.moments import first_of, occurrences, wall_shift
from sessions.recurrence.moving import ending_before, going_on_from, matched, moved
from sessions.recurrence.rule import (
    DAYS,
    LAST,
    MOST,
    NTHS,
    MonthlyByDay,
    MonthlyByWeekday,
    Rule,
    Weekly,
    check,
)
from sessions.recurrence.text import from_text, to_text
from sessions.recurrence.words import in_words

__all__ = [
    "DAYS",
    "LAST",
    "MOST",
    "NTHS",
    "MonthlyByDay",
    "MonthlyByWeekday",
    "Rule",
    "Weekly",
    "check",
    "ending_before",
    "first_of",
    "from_text",
    "going_on_from",
    "in_words",
    "matched",
    "moved",
    "occurrences",
    "to_text",
    "wall_shift",
]
