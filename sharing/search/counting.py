"""How many were found, counted as far as it is cheap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

# What is counted is counted up to here.
COUNTED = 1000


@dataclass(frozen=True)
class Tally:
    """How many rows have the words: so many, or more than so many."""

    number: int
    is_exact: bool


def tally(ids: QuerySet[Any, int]) -> Tally:
    """Count these ids, up to `COUNTED`."""
    found = ids.order_by()[: COUNTED + 1].count()
    return Tally(min(found, COUNTED), is_exact=found <= COUNTED)
