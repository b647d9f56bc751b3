"""Two hundred phones that hold the event channel. Run: python -m bench.talk [seconds [phones]].

Each pair's two phones hold a channel, as the page does. Ten times a second something is said in one
of the rooms; how long it takes until both phones were told is measured, and how busy the process
was meanwhile. On PostgreSQL, as it is deployed.
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
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.load import cpu_seconds
from dev.served import channelled
from dev.services import free_port, postgres

if TYPE_CHECKING:
    from dev.served import Server
    from thinkpair.models import Pair

SECONDS, PHONES = 30.0, 200
EVERY = 0.1


@dataclass
class Phone:
    """What one phone was told of its room, and when."""

    address: str
    token: str
    heard: dict[int, float] = field(default_factory=dict)

    def hold(self) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        connection.request("GET", f"/events/pairs/{self.token}")
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise RuntimeError(f"the channel answered {answer.status}")
        while line := answer.readline():
            if line.startswith(b"data: ") and line.strip() != b"data:":
                self.heard[int(line[6:])] = time.perf_counter()


def main(seconds: float, phones: int) -> int:
    """Print the table."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="talk-"))
        os.environ.update(SECRET_KEY="only-for-measuring", DATA_DIR=folder)  # noqa: S106 -- no secret
        os.environ["DJANGO_SETTINGS_MODULE"] = "mgmp.settings"
        os.environ["DATABASE_URL"] = stack.enter_context(postgres())
        pairs = _prepare(phones)
        server = stack.enter_context(channelled({}, port=free_port()))
        print(
            "| phones | rooms | words/s | CPU of one core | told p50 s | p95 s | max s | missed |"
        )
        print("|---|---|---|---|---|---|---|---|")
        print(_measured(pairs, server, seconds), flush=True)
    # The phones' threads hold connections that end with the server.
    return 0


def _prepare(phones: int) -> list[Pair]:
    import django  # noqa: PLC0415 -- the database must be known first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from tests import make  # noqa: PLC0415 -- Django must be set up first
    from thinkpair import services  # noqa: PLC0415

    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(phones)])
    services.end_thinking(thread, by=make.chair(group))
    return list(thread.pairs.prefetch_related("people"))


def _measured(pairs: list[Pair], server: Server, seconds: float) -> str:
    from thinkpair.live import token_for  # noqa: PLC0415 -- Django must be set up first

    crowd = {
        pair.pk: [Phone(server.address, token_for(pair, person)) for person in pair.people.all()]
        for pair in pairs
    }
    phones = [phone for found in crowd.values() for phone in found]
    for phone in phones:
        threading.Thread(target=phone.hold, daemon=True).start()
    time.sleep(5)
    start, cpu = time.perf_counter(), cpu_seconds(server.pid)
    said = _say(pairs, start + seconds)
    time.sleep(3)
    busy = (cpu_seconds(server.pid) - cpu) / (time.perf_counter() - start)
    late = []
    for (pair, version), at in said.items():
        for phone in crowd[pair]:
            told = [moment for heard, moment in phone.heard.items() if heard >= version]
            late += [min(told) - at] if told else []
    late.sort()
    missed = sum(len(crowd[pair]) for pair, _ in said) - len(late)
    p50, p95 = late[len(late) // 2], late[int(len(late) * 0.95)]
    return (
        f"| {len(phones)} | {len(pairs)} | {len(said) / seconds:.1f} | {busy:.1%} "
        f"| {p50:.2f} | {p95:.2f} | {late[-1]:.2f} | {missed} |"
    )


def _say(pairs: list[Pair], until: float) -> dict[tuple[int, int], float]:
    """Say something in one room after the other, and when each version was committed."""
    from uuid import uuid4  # noqa: PLC0415 -- beside the other late imports

    from thinkpair import services  # noqa: PLC0415 -- Django must be set up first

    said = {}
    while time.perf_counter() < until:
        pair = random.choice(pairs)  # noqa: S311 -- any of them
        author = pair.people.order_by("pk")[0]
        services.say(pair, by=author, text="Berapa lama?", submission=uuid4())
        at = time.perf_counter()
        pair.refresh_from_db(fields=["live_version"])
        said[pair.pk, pair.live_version] = at
        time.sleep(EVERY)
    return said


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(
        main(float(given[0]) if given else SECONDS, int(given[1]) if len(given) > 1 else PHONES)
    )
