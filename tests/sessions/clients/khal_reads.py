"""Reads calendars with khal, a calendar program, as ical_js.mjs does with ical.js.

A program of its own, since khal has the library beneath it use other time zones than we do.
"""

import json
import sys
from datetime import UTC, datetime

import pytz
from khal.icalendar import split_ics
from khal.khalendar.backend import SQLiteDb
from khal.khalendar.event import Event

LOCALE = {
    "default_timezone": pytz.timezone("Asia/Makassar"),
    "local_timezone": pytz.timezone("Asia/Makassar"),
}
EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)


def occurrences(text: str) -> list[list[object]]:
    database = SQLiteDb(["ours"], ":memory:", locale=LOCALE)
    for number, one in enumerate(split_ics(text)):
        database.update(one, href=str(number), calendar="ours")
    found = []
    for item, _href, start, end, ref, _etag, calendar in database.get_localized(*EVER):
        event = Event.fromString(
            item, ref=ref, start=start, end=end, locale=LOCALE, calendar=calendar
        )
        found.append(
            [str(event.uid), int(start.timestamp()), int(end.timestamp()),
             str(event.summary), str(event.status)]
        )  # fmt: skip
    return found


for line in sys.stdin:
    sys.stdout.write(json.dumps(occurrences(json.loads(line))) + "\n")
    sys.stdout.flush()
