"""Measure the search of bank materi. Run: python -m bench.search [posts] [runs].

See bench/README.md for how to read what it prints.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dev.services import postgres

if TYPE_CHECKING:
    from accounts.models import User
    from sharing.search import Place

POSTS, RUNS = 100_000, 15
SIZE = 20
DEEP = 1000
# Milliseconds that the first page may take, and how many times that a page far down.
LIMIT = 100
FAR_DOWN = 2


@dataclass(frozen=True)
class Case:
    """What is looked for, and by which filters."""

    words: str
    why: str
    filters: dict[str, Any] = field(default_factory=dict)


CASES = [
    Case("murid", "in nearly every post"),
    Case("pecahan", "in 30 %"),
    Case("fotosintesis", "in 3 %"),
    Case("kangkung", "in 0.3 %"),
    Case("alelopati", "in 0.01 %"),
    Case("xyzxyz", "in none"),
    Case("pecahan kertas", "two frequent words"),
    Case("fotosintesis kangkung", "two that seldom meet"),
    Case("pecahan alelopati", "a frequent and a rare one"),
    Case("men", "three letters, typing"),
    Case("murid fotosin", "typing the second word"),
    Case("Nurhaedah", "a name"),
    Case("Nurhaida pecahan", "a misspelt name"),
    Case("pecahan", "a kind and a grade", {"kind": "practice", "grade": 7}),
    Case("fotosintesis", "a subject, endorsed", {"subject": True, "endorsed": True}),
    Case("pecahan", "a group of others", {"group": True}),
    Case("", "no words, endorsed", {"endorsed": True}),
]


def main(posts: int, runs: int) -> int:
    """Print a table; exit 1 when a page takes longer than it may."""
    with postgres() as url:
        os.environ.update(DATABASE_URL=url, SECRET_KEY="only-for-measuring")  # noqa: S106 -- no secret
        _prepare()
        from bench.posts import build  # noqa: PLC0415 -- Django must be set up first

        began = time.monotonic()
        teacher = build(posts)
        print(f"{posts} posts made and indexed in {time.monotonic() - began:.0f} s\n")
        return _report(teacher, runs)


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mgmp.settings"
    import django  # noqa: PLC0415 -- the database must be known first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_reference_data", verbosity=0)


def _report(teacher: User, runs: int) -> int:
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 -- as above

    triple = "p50 | p95 | CPU"
    print(f"| reader | words | why | found | page 1: {triple} | page 1000: {triple}", end="")
    print(f" | counting: {triple} | queries: indexes |")
    print("|" + "---|" * 14)
    slow = []
    for reader, who in ((teacher, "teacher"), (AnonymousUser(), "stranger")):
        for case in CASES:
            first, deep, line = _measured(reader, case, runs)
            print(f"| {who} | {case.words} | {case.why} | {line} |", flush=True)
            if first.median > LIMIT or (deep and deep.median > FAR_DOWN * first.median):
                slow.append(f"{who}: {case.words} ({case.why})")
    told = ", ".join(slow) or "none"
    print(f"\nslower than {LIMIT} ms, or than {FAR_DOWN} first pages at page {DEEP}: {told}")
    return 1 if slow else 0


def _measured(reader: Any, case: Case, runs: int) -> tuple[Times, Times | None, str]:
    """The first page, one far down if there is one, and the line of the table after the words."""
    from sharing import search  # noqa: PLC0415 -- as above
    from sharing.library import POST, excerpts, narrowed  # noqa: PLC0415
    from sharing.models import Post  # noqa: PLC0415

    query = search.ask(case.words)
    rows = narrowed(Post.objects.visible_to(reader).shared(), _filters(case))

    def page(after: Place | None) -> None:
        hits = search.search(rows.for_list("body_html"), POST, query, after=after, size=SIZE)
        excerpts(hits.rows, query)

    first = _times(lambda: page(None), runs)
    counting = _times(lambda: search.count(rows, POST, query), runs)
    place = _place_of_page(DEEP, rows, query)
    deep = _times(lambda: page(place), runs) if place else None
    found = search.count(rows, POST, query)
    told = f"{'' if found.is_exact else '> '}{found.number}"
    far = deep or "– | – | –"
    plan = _plan(lambda: page(None))
    return first, deep, f"{told} | {first} | {far} | {counting} | {plan}"


def _filters(case: Case) -> Any:
    from groups.models import Group  # noqa: PLC0415 -- as above
    from schools.models import Subject  # noqa: PLC0415

    filters = dict(case.filters)
    if filters.get("subject"):
        filters["subject"] = Subject.objects.first()
    if filters.get("group"):
        filters["group"] = Group.objects.last()
    return filters


@dataclass(frozen=True)
class Times:
    """Milliseconds: what a reader waited for, and the processor time of both processes."""

    median: float
    p95: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.median:.0f} | {self.p95:.0f} | {self.cpu:.0f}"


def _times(do: Callable[[], object], runs: int) -> Times:
    """How long it takes once everything is warm."""
    do()
    taken, busy = [], _processor_time()
    for _ in range(runs):
        began = time.perf_counter()
        do()
        taken.append((time.perf_counter() - began) * 1000)
    cpu = (_processor_time() - busy) / runs
    return Times(statistics.median(taken), statistics.quantiles(taken, n=20)[-1], cpu)


def _processor_time() -> float:
    """What this process and PostgreSQL's half of its connection have used, in milliseconds."""
    from django.db import connection  # noqa: PLC0415 -- as above

    backend = connection.connection.info.backend_pid
    running = int(Path(f"/proc/{backend}/schedstat").read_text().split()[0])
    return time.process_time() * 1000 + running / 1_000_000


def _place_of_page(number: int, rows: Any, query: Any) -> Place | None:
    """Where that page begins; None when there are not so many."""
    from sharing import search  # noqa: PLC0415 -- as above
    from sharing.library import POST  # noqa: PLC0415

    place = None
    wanted = (number - 1) * SIZE
    while wanted > 0:
        step = min(wanted, 4000)
        # Only the ids: the words of the 20 000 posts on the way would fill the memory.
        hits = search.search(rows.only("pk"), POST, query, after=place, size=step)
        if not hits.next:
            return None
        place, wanted = hits.next, wanted - step
    return place


def _plan(page: Callable[[], object]) -> str:
    """By which indexes a page is found; what reads a whole table is said to do so."""
    from django.db import connection  # noqa: PLC0415 -- as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        page()
    used: list[str] = []
    with connection.cursor() as cursor:
        for each in asked.captured_queries:
            cursor.execute("EXPLAIN " + each["sql"].replace("%", "%%"))
            plan = "\n".join(row[0] for row in cursor.fetchall())
            used += re.findall(r"Seq Scan on sharing_(?:post|document)\b|document_\w+", plan)
    return f"{len(asked)}: {', '.join(dict.fromkeys(used)) or 'keys of posts'}"


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(*(numbers + [POSTS, RUNS][len(numbers) :])))
