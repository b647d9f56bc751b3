"""Loads the instruments in observations/data; see SOURCES.md there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from observations.models import Aspect, Indicator, Instrument, Item, Scale, ScalePoint

DATA = Path(__file__).parent / "data"


def load() -> None:
    """Add the scales and instruments that are not there yet.

    A published version never changes, so what is there is left alone. A new default takes the
    place of the old one, which stays for the observations that were made with it.
    """
    for path in sorted(DATA.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for scale in content["scales"]:
            _add_scale(**scale)
        _add_instrument(**content["instrument"])


def _add_scale(code: str, name: str, points: list[dict[str, Any]]) -> None:
    scale, is_new = Scale.objects.get_or_create(code=code, defaults={"name": name})
    if is_new:
        ScalePoint.objects.bulk_create(
            ScalePoint(scale=scale, position=position, **point)
            for position, point in enumerate(points, start=1)
        )


def _add_instrument(aspects: list[dict[str, Any]], **facts: Any) -> None:
    if Instrument.objects.filter(code=facts["code"], version=facts["version"]).exists():
        return
    if facts.get("is_default"):
        Instrument.objects.filter(is_default=True).update(is_default=False)
    instrument = Instrument.objects.create(
        **facts, status=Instrument.Status.PUBLISHED, published_at=timezone.now()
    )
    for position, aspect in enumerate(aspects, start=1):
        _add_aspect(instrument, position, **aspect)


def _add_aspect(
    instrument: Instrument, position: int, indicators: list[dict[str, Any]], **facts: Any
) -> None:
    aspect = Aspect.objects.create(instrument=instrument, position=position, **facts)
    for place, indicator in enumerate(indicators, start=1):
        _add_indicator(aspect, place, **indicator)


def _add_indicator(
    aspect: Aspect, position: int, items: list[dict[str, Any]], **facts: Any
) -> None:
    indicator = Indicator.objects.create(aspect=aspect, position=position, **facts)
    scales = {scale.code: scale for scale in Scale.objects.all()}
    Item.objects.bulk_create(
        Item(
            indicator=indicator,
            position=place,
            scale=scales[item["scale"]] if "scale" in item else None,
            **{name: value for name, value in item.items() if name != "scale"},
        )
        for place, item in enumerate(items, start=1)
    )
