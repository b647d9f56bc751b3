"""A page of the rows that have the words, tier by tier."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db import models

from sharing.search.asking import Query, Sought, with_names
from sharing.search.counting import Tally, tally
from sharing.search.databases import database

# Where the words stand, the best first.
TIERS = ("title", "head", "words")
# A place as an address names it; the number surely fits a 64-bit column.
_PLACE = re.compile(r"(~?)([0-2])\.(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Place:
    """How far a reader came: the last row that was read, and the tier it stood in.

    `similar` says that nothing had just these words, and names like them were looked for.
    """

    tier: int
    pk: int
    similar: bool = False

    def __str__(self) -> str:
        return f"{'~' if self.similar else ''}{self.tier}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place that an address names, None when it names none."""
        found = _PLACE.fullmatch(text)
        return cls(int(found[2]), int(found[3]), similar=bool(found[1])) if found else None


@dataclass(frozen=True)
class Hits[Row: models.Model]:
    """A page of what was found, where the next one starts, and the words to mark."""

    rows: Sequence[Row]
    next: Place | None
    query: Query

    @property
    def is_similar(self) -> bool:
        return any(term.names for term in self.query)


def search[Row: models.Model](
    rows: models.QuerySet[Row], kind: str, query: Query, *, after: Place | None = None, size: int
) -> Hits[Row]:
    """Return the best `size` of the rows that have every word, or those after a place.

    When no row has them, names that are spelt like the words are looked for as well. An empty
    query leaves all rows, the newest first.
    """
    page = partial(_page, rows, kind, size=size, few=_few_of(_ids_of(rows)))
    if after and after.similar:
        return page(with_names(query), after=after)
    hits = page(query, after=after)
    if hits.rows or after:
        return hits
    similar = with_names(query)
    return page(similar, after=None) if similar != query else hits


def having[Row: models.Model](
    rows: models.QuerySet[Row], kind: str, query: Query
) -> models.QuerySet[Row]:
    """Narrow rows to those that have every word, in their own order; for lists that are short."""
    return database().having(Sought(kind, query, TIERS[-1]), rows) if query else rows


def count[Row: models.Model](rows: models.QuerySet[Row], kind: str, query: Query) -> Tally:
    """Count the rows that have every word, as far as it is cheap."""
    ids = _ids_of(rows)
    return database().count(Sought(kind, query, TIERS[-1]), ids) if query else tally(ids)


def _ids_of(rows: models.QuerySet[Any]) -> models.QuerySet[Any, int]:
    return rows.order_by("-pk").values_list("pk", flat=True)


def _few_of(ids: models.QuerySet[Any, int]) -> Callable[[], bool]:
    """Asks the database at most once: it walks over all that the reader may not read."""
    return cache(partial(database().are_few, ids))


def _page[Row: models.Model](
    rows: models.QuerySet[Row],
    kind: str,
    query: Query,
    *,
    after: Place | None,
    size: int,
    few: Callable[[], bool],
) -> Hits[Row]:
    """Find the ids tier by tier, as long as the page is not full, then read only those rows.

    `few` tells of all the rows whether they are few.
    """
    ids = _ids_of(rows)
    found: list[tuple[int, int]] = []
    for tier in range(after.tier if after else 0, len(TIERS) if query else 1):
        is_further = after is not None and after.tier == tier
        here = ids.filter(pk__lt=after.pk) if after and is_further else ids
        wanted = size + 1 - len(found)
        sought = Sought(kind, query, TIERS[tier], above=TIERS[tier - 1] if tier else "")
        less = _few_of(here) if is_further else few
        at = database().ids_at(sought, here, wanted, few=less) if query else here[:wanted]
        found += [(tier, pk) for pk in at]
        if len(found) > size:
            break
    of_id = rows.in_bulk([pk for _, pk in found[:size]])
    shown = [of_id[pk] for _, pk in found[:size] if pk in of_id]
    if len(found) <= size:
        return Hits(shown, None, query)
    tier, last = found[size - 1]
    similar = any(term.names for term in query)
    return Hits(shown, Place(tier, last, similar=similar), query)
