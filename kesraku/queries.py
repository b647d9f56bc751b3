"""What is asked of gardens and harvests beyond single rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

if TYPE_CHECKING:
    from kesraku.models import Garden, GardenQuerySet


@dataclass(frozen=True)
class Totals:
    gardens: int
    families: int
    kilograms: Decimal


def totals(gardens: GardenQuerySet) -> Totals:
    """How many gardens, how many families they feed, and how many kilograms they gave."""
    found = gardens.aggregate(
        count=Count("pk"),
        families=Sum("families", default=0),
        grams=Sum("harvested_grams", default=0),
    )
    return Totals(found["count"], found["families"], kilograms(found["grams"]))


def kilograms(grams: int) -> Decimal:
    """Grams as kilograms, exact to the gram."""
    return Decimal(grams) / 1000


def harvest_by_month(garden: Garden, *, months: int) -> list[tuple[date, Decimal]]:
    """The garden's last `months` months that end with its latest harvest: first day, kilograms.

    Months without a harvest in between are there with nothing; those before the first are not.
    """
    by_month = dict(
        garden.harvests.annotate(month=TruncMonth("on"))
        .order_by("month")
        .values_list("month")
        .annotate(Sum("grams"))
    )
    if not by_month:
        return []
    month, latest, counted = min(by_month), max(by_month), []
    while month <= latest:
        counted.append((month, kilograms(by_month.get(month, 0))))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return counted[-months:]
