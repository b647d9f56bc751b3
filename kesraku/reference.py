"""Loads the crops from kesraku/data; see SOURCES.md there."""

from __future__ import annotations

import csv
from pathlib import Path

from kesraku.models import Crop

DATA = Path(__file__).parent / "data"


def load() -> None:
    """Add the crops, and bring those of the same name up to date."""
    with (DATA / "crops.csv").open(newline="", encoding="utf-8") as file:
        crops = [
            Crop(
                name=row["name"],
                scientific_name=row["scientific_name"],
                days_min=int(row["days_min"]) if row["days_min"] else None,
                days_max=int(row["days_max"]) if row["days_max"] else None,
            )
            for row in csv.DictReader(file)
        ]
    Crop.objects.bulk_create(
        crops,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["scientific_name", "days_min", "days_max"],
    )
