"""How an instrument that is plain data becomes rows. See `observations.content`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from observations.content import Content, IndicatorContent, PointContent, ScaleContent
from observations.models import Aspect, Indicator, Instrument, Item, Scale, ScalePoint

# Fields of an instrument that no person fills in.
UNASKED = ("group", "made_by", "copied_from", "published_at")


def load_instruments(contents: Iterable[Content]) -> None:
    """Publish those versions that are not there yet, with their scales.

    A published version never changes, so what is there is left alone. A new default takes the
    place of the old one, which stays for the observations that were made with it.
    """
    there = set(Instrument.objects.values_list("code", "version"))
    for content in contents:
        facts = content["instrument"]
        if (facts["code"], facts["version"]) in there:
            continue
        if facts.get("is_default"):
            Instrument.objects.filter(is_default=True).update(is_default=False)
        instrument = write_head(
            content, status=Instrument.Status.PUBLISHED, published_at=timezone.now()
        )
        scales = {scale["code"]: _shipped_scale(scale) for scale in content["scales"]}
        write_parts(instrument, content, scales)


def write_head(content: Content, **facts: Any) -> Instrument:
    """Make an instrument that has no parts yet, of the head of a content.

    `facts` are fields that hold in place of what the content says. Raises ValidationError for
    words that cannot be kept.
    """
    instrument = Instrument(**head_of(content) | facts)
    instrument.full_clean(exclude=UNASKED)
    instrument.save()
    return instrument


def head_of(content: Content) -> dict[str, Any]:
    """What a content says of the instrument itself, as fields of the model."""
    said: dict[str, Any] = {
        name: value for name, value in content["instrument"].items() if name != "aspects"
    }
    for name in ("valid_from", "valid_to"):
        said[name] = said.get(name) and date.fromisoformat(said[name])
    return said


def write_parts(instrument: Instrument, content: Content, scales: Mapping[str, Scale]) -> None:
    """Make the aspects, indicators and items of an instrument that has none. Four queries."""
    parts = content["instrument"]["aspects"]
    aspects = Aspect.objects.bulk_create(
        Aspect(
            instrument=instrument,
            position=position,
            name=part["name"],
            pick_one=part.get("pick_one", False),
        )
        for position, part in enumerate(parts, start=1)
    )
    below = [
        (aspect, position, indicator)
        for aspect, part in zip(aspects, parts, strict=True)
        for position, indicator in enumerate(part["indicators"], start=1)
    ]
    indicators = Indicator.objects.bulk_create(
        Indicator(
            aspect=aspect,
            position=position,
            code=indicator["code"],
            name=indicator["name"],
            description=indicator.get("description", ""),
        )
        for aspect, position, indicator in below
    )
    Item.objects.bulk_create(
        item
        for row, (_aspect, _position, indicator) in zip(indicators, below, strict=True)
        for item in _items(row, indicator, scales)
    )


def write_scale(content: ScaleContent, *, code: str, made_for: Instrument | None) -> Scale:
    """Make a scale and its words under a code that is free."""
    scale = Scale(code=code, name=content["name"], made_for=made_for)
    scale.full_clean(exclude=["made_for"])
    scale.save()
    write_points(scale, content["points"])
    return scale


def write_points(scale: Scale, points: Sequence[PointContent]) -> None:
    """Make the words of a scale that has none, from least to best."""
    rows = [
        ScalePoint(scale=scale, position=position, **point)
        for position, point in enumerate(points, start=1)
    ]
    for row in rows:
        row.clean_fields(exclude=["scale"] if row.meaning else ["scale", "meaning"])
    ScalePoint.objects.bulk_create(rows)


def _shipped_scale(content: ScaleContent) -> Scale:
    found = Scale.objects.filter(code=content["code"]).first()
    return found or write_scale(content, code=content["code"], made_for=None)


def _items(
    indicator: Indicator, content: IndicatorContent, scales: Mapping[str, Scale]
) -> Iterable[Item]:
    for position, item in enumerate(content["items"], start=1):
        said: dict[str, Any] = {name: value for name, value in item.items() if name != "scale"}
        scale = scales[item["scale"]] if "scale" in item else None
        yield Item(indicator=indicator, position=position, scale=scale, **said)
