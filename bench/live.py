"""Two hundred phones on one live page. Run: python -m bench.live [seconds [phones]].

Each phone asks as the island does: every two seconds and a little, without a cookie, over a
connection that it keeps. Every five seconds a question is asked; how long it takes until each
phone has it is measured too. The server runs as `./run` starts it; then once more with PostgreSQL
and Redis. Every phone has the page open already: that is the state that lasts an hour.
"""

from __future__ import annotations

import http.client
import os
import random
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from json import loads
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.load import cpu_seconds
from dev.served import served
from dev.services import postgres, redis

if TYPE_CHECKING:
    from dev.served import Server
    from sessions.models import ModelSession

SECONDS, PHONES = 40.0, 200
EVERY, JITTER = 2.0, 0.3
CHANGE_EVERY = 5.0


@dataclass
class Phone:
    """What one phone asked, how long it waited, and when it had which version."""

    address: str
    path: str
    version: int
    until: float
    waits: list[float] = field(default_factory=list)
    seen: dict[int, float] = field(default_factory=dict)
    bytes_read: int = 0

    def ask(self) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        time.sleep(random.random() * EVERY)  # noqa: S311 -- phones are opened at any moment
        while (start := time.perf_counter()) < self.until:
            connection.request(
                "GET", f"{self.path}?v={self.version}", headers={"Host": "localhost"}
            )
            answer = connection.getresponse()
            body = answer.read()
            end = time.perf_counter()
            self.waits.append((end - start) * 1000)
            self.bytes_read += len(body)
            if answer.status == http.client.OK:
                self.version = loads(body)["version"]
                self.seen[self.version] = end
            elif answer.status != http.client.NO_CONTENT:
                raise RuntimeError(f"the poll answered {answer.status}")
            time.sleep(EVERY + random.random() * JITTER)  # noqa: S311 -- as above
        connection.close()


def main(seconds: float, phones: int) -> int:
    """Print one line of the table for the kind of server that this process was started for."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="live-"))
        os.environ.update(SECRET_KEY="only-for-measuring", DATA_DIR=folder)  # noqa: S106 -- no secret
        os.environ["DJANGO_SETTINGS_MODULE"] = "mgmp.settings"
        name = "SQLite, no Redis (`./run`)"
        if os.environ.get("WITH_SERVICES"):
            name = "PostgreSQL, Redis"
            os.environ["DATABASE_URL"] = stack.enter_context(postgres())
            os.environ["REDIS_URL"] = stack.enter_context(redis())
        session = _prepare(phones)
        server = stack.enter_context(served({}, threads=4))
        print(_measured(name, session, server, seconds, phones), flush=True)
    return 0


def _prepare(phones: int) -> ModelSession:
    import django  # noqa: PLC0415 -- the database must be known first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from sessions.models import Participation  # noqa: PLC0415 -- Django must be set up first
    from tests import make  # noqa: PLC0415

    group = make.group()
    session = make.session(of=group, starts_in=-timedelta(minutes=10))
    people = [make.person() for _ in range(phones)]
    Participation.objects.bulk_create(
        Participation(session=session, user=person, attendance="present") for person in people
    )
    session.refresh_from_db()
    return session


def _measured(name: str, session: ModelSession, server: Server, seconds: float, phones: int) -> str:
    from django.urls import reverse  # noqa: PLC0415 -- Django must be set up first

    from sessions.live import token_for  # noqa: PLC0415

    path = reverse("live-part", args=[token_for(session, session.planned_by)])
    start = time.perf_counter()
    until = start + seconds
    crowd = [Phone(server.address, path, session.live_version, until) for _ in range(phones)]
    threads = [threading.Thread(target=phone.ask) for phone in crowd]
    cpu = cpu_seconds(server.pid)
    for thread in threads:
        thread.start()
    changed = _change(session, until - 2 * EVERY - 1)
    for thread in threads:
        thread.join()
    busy = (cpu_seconds(server.pid) - cpu) / (time.perf_counter() - start)
    waits = sorted(wait for phone in crowd for wait in phone.waits)
    late = sorted(
        phone.seen[min(v for v in phone.seen if v >= version)] - at
        for phone in crowd
        for version, at in changed.items()
        if any(v >= version for v in phone.seen)
    )
    missed = len(crowd) * len(changed) - len(late)
    kilobytes = sum(phone.bytes_read for phone in crowd) / len(crowd) / 1000
    return (
        f"| {name} | {len(waits) / seconds:.0f} | {_at(waits, 0.5):.1f} | {_at(waits, 0.95):.1f} "
        f"| {busy:.0%} | {_at(late, 0.5):.2f} | {_at(late, 0.95):.2f} | {late[-1]:.2f} "
        f"| {missed} | {kilobytes:.0f} |"
    )


def _change(session: ModelSession, until: float) -> dict[int, float]:
    """Ask a question now and then, and say when each version was committed."""
    from uuid import uuid4  # noqa: PLC0415 -- beside the other late imports

    from sessions import services  # noqa: PLC0415 -- Django must be set up first

    changed = {}
    time.sleep(EVERY)
    askers = [part.user for part in session.participations.select_related("user")[:50]]
    while time.perf_counter() < until:
        asker = random.choice(askers)  # noqa: S311 -- any of them
        services.ask_question(session, by=asker, text="Berapa lama?", submission=uuid4())
        at = time.perf_counter()
        session.refresh_from_db()
        changed[session.live_version] = at
        time.sleep(CHANGE_EVERY)
    return changed


def _at(numbers: list[float], share: float) -> float:
    return numbers[int(len(numbers) * share)]


if __name__ == "__main__":
    given = sys.argv[1:]
    if "WITH_SERVICES" not in os.environ:
        print("| server | polls/s | p50 ms | p95 ms | CPU of one core | seen p50 s | p95 s | max s "
              "| missed | kB a phone |")  # fmt: skip
        print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    ended = main(float(given[0]) if given else SECONDS, int(given[1]) if len(given) > 1 else PHONES)
    if not ended and "WITH_SERVICES" not in os.environ:
        # A process of its own: Django reads its settings once.
        os.execve(  # noqa: S606 -- ourselves
            sys.executable,
            [sys.executable, "-m", "bench.live", *given],
            {**os.environ, "WITH_SERVICES": "1"},
        )
    sys.exit(ended)
