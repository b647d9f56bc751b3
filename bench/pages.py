"""Measure the five pages that matter, each beside its floor. Run: python -m bench.pages [seconds].

See bench/README.md for how to read what it prints.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.load import Measured, measure
from dev.served import served
from dev.services import postgres

if TYPE_CHECKING:
    from bench.world import World

SERVER_CORE, LOAD_CORE = 0, 1
SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page under its name, at its address."""

    name: str
    path: str


def main(seconds: float) -> int:
    """Print a table; exit 1 when a page is less than half as fast as its floor."""
    os.sched_setaffinity(0, {LOAD_CORE})
    with postgres() as url:
        os.environ.update(DATABASE_URL=url, SECRET_KEY="only-for-measuring")  # noqa: S106 -- no secret
        _prepare()
        from bench.world import build  # noqa: PLC0415 -- Django must be set up first

        world = build()
        pages, cookie = _pages(world), _sign_in(world)
        queries = {page.path: _count_queries(page, cookie) for page in pages}
        ours = _measured("mgmp.settings", pages, cookie, seconds)
        floors = _measured("bench.floor_settings", pages, cookie, seconds)
    return _report(pages, ours, floors, queries)


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mgmp.settings"
    import django  # noqa: PLC0415 -- the database must be known first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_reference_data", verbosity=0)


def _measured(settings: str, pages: list[Page], cookie: str, seconds: float) -> list[Measured]:
    """Serve one settings module on the server's core, and read each page for some seconds."""
    environment = {"DJANGO_SETTINGS_MODULE": settings}
    with served(environment, threads=1, core=SERVER_CORE) as server:
        return [
            measure(server.address, page.path, cookie, server=server.pid, seconds=seconds)
            for page in pages
        ]


def _pages(world: World) -> list[Page]:
    return [
        Page(name="Beranda", path="/"),
        Page(name="feed, 20 posts", path="/posts/"),
        Page(name="post, 50 comments", path=f"/posts/{world.post.pk}/"),
        Page(name="session", path=f"/sessions/{world.session.pk}/"),
        Page(name="pair, 40 messages", path=f"/pairs/{world.pair.pk}/"),
    ]


def _sign_in(world: World) -> str:
    from django.test import Client  # noqa: PLC0415 -- Django must be set up first

    client = Client()
    client.force_login(world.reader)
    return f"sessionid={client.cookies['sessionid'].value}"


def _count_queries(page: Page, cookie: str) -> int:
    from django.db import connection  # noqa: PLC0415 -- Django must be set up first
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(headers={"Cookie": cookie, "Host": "localhost"})
    client.get(page.path)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.path)
    return len(captured)


def _report(
    pages: list[Page], ours: list[Measured], floors: list[Measured], queries: dict[str, int]
) -> int:
    print(
        f"{'page':<20}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'CPU ms':>8}{'queries':>9}{'kB':>7}"
        f"{'floor req/s':>13}{'floor CPU':>11}{'ratio':>7}"
    )
    ratios = []
    for page, our, floor in zip(pages, ours, floors, strict=True):
        ratios.append(our.requests_per_second / floor.requests_per_second)
        print(
            f"{page.name:<20}{our.requests_per_second:>8.0f}{our.p50:>8.1f}{our.p99:>8.1f}"
            f"{our.cpu:>8.2f}{queries[page.path]:>9}{our.kilobytes:>7.1f}"
            f"{floor.requests_per_second:>13.0f}{floor.cpu:>11.2f}{ratios[-1]:>7.2f}"
        )
    return 0 if min(ratios) >= 0.5 else 1  # noqa: PLR2004 -- the goal, see bench/README.md


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
