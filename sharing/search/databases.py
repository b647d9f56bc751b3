"""Which of the two databases is asked. Both answer the same questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.db import connection
from django.db.models import Model, QuerySet

from sharing.search import postgresql, sqlite
from sharing.search.asking import Sought
from sharing.search.counting import Tally


class Database(Protocol):
    """What the search of words needs; the modules `postgresql` and `sqlite` are two of it."""

    def write(self, documents: Sequence[tuple[int, list[list[str]]]]) -> None:
        """Keep of each document, by its id, the words of its title, head and text."""

    def having[Row: Model](self, sought: Sought, rows: QuerySet[Row, Any]) -> QuerySet[Row, Any]:
        """Those of the rows that have what is sought."""

    def are_few(self, ids: QuerySet[Any, int]) -> bool:
        """Whether looking through the newest of the ids is looking through all of them."""

    def ids_at(
        self, sought: Sought, ids: QuerySet[Any, int], wanted: int, *, few: Callable[[], bool]
    ) -> list[int]:
        """The first `wanted` of the ids, newest first, whose rows have what is sought.

        `few` tells what `are_few` says of the ids; it is asked only where that matters.
        """

    def count(self, sought: Sought, ids: QuerySet[Any, int]) -> Tally:
        """Count those of the ids whose rows have what is sought, as far as it is cheap."""


def database() -> Database:
    return postgresql if connection.vendor == "postgresql" else sqlite
