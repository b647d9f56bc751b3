"""Programs of others that read our calendars: what they show must be what we show."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import recurring_ical_events

ROOT = Path(__file__).parents[2]
CLIENTS = Path(__file__).parent / "clients"
EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)

# UID, start, end, title, status; moments in seconds since 1970.
type Occurrence = tuple[str, int, int, str, str]


class Client:
    """A program that is given calendars, one a line, and answers what is in them."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self.program = program

    def read(self, calendar: bytes) -> list[Occurrence]:
        self.program.stdin.write(json.dumps(calendar.decode()) + "\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        assert answer, "the client stopped"
        return sorted(tuple(one) for one in json.loads(answer))


@contextmanager
def run_khal() -> Iterator[Client]:
    with _run([sys.executable, str(CLIENTS / "khal_reads.py")]) as client:
        yield client


@contextmanager
def run_ical_js() -> Iterator[Client]:
    places = os.pathsep.join([str(ROOT / ".node-venv" / "bin"), os.environ.get("PATH", "")])
    node = shutil.which("node", path=places)
    assert node, "Node.js is missing: scripts/bootstrap.sh dev brings it"
    with _run([node, str(CLIENTS / "ical_js.mjs")]) as client:
        yield client


@contextmanager
def _run(command: list[str]) -> Iterator[Client]:
    with subprocess.Popen(  # noqa: S603 -- both are ours
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        yield Client(program)
        program.stdin.close()


def expanded(calendar: bytes) -> list[Occurrence]:
    """What `icalendar` reads and `recurring-ical-events` expands."""
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(calendar)).between(*EVER)
    return sorted(
        (
            str(event["UID"]),
            int(event.start.timestamp()),
            int(event.end.timestamp()),
            str(event["SUMMARY"]),
            str(event["STATUS"]),
        )
        for event in events
    )


def faults_in(calendar: bytes) -> list[str]:
    """What RFC 5545 forbids and no parser complains about."""
    found = []
    lines = calendar.split(b"\r\n")
    if b"\n" in calendar.replace(b"\r\n", b"") or b"\r" in calendar.replace(b"\r\n", b""):
        found.append("a line ends without CRLF")
    found += [f"longer than 75 octets: {line!r}" for line in lines if len(line) > 75]
    parsed = icalendar.Calendar.from_ical(calendar)
    zones = {str(zone["TZID"]) for zone in parsed.walk("VTIMEZONE")}
    ids = []
    for event in parsed.walk("VEVENT"):
        ids.append((str(event["UID"]), str(getattr(event.get("RECURRENCE-ID"), "dt", ""))))
        found += [
            f"{name} is missing"
            for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE")
            if name not in event
        ]
        for _name, value in event.property_items(recursive=False):
            zone = getattr(value, "params", {}).get("TZID")
            if zone and str(zone) not in zones:
                found.append(f"no VTIMEZONE of {zone}")
    found += [f"twice: {one}" for one in {one for one in ids if ids.count(one) > 1}]
    found += [f"{name} is missing" for name in ("PRODID", "VERSION") if name not in parsed]
    return found
