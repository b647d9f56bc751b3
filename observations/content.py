"""An instrument as plain data, the same in observations/data, in exports and in imports.

docs/guide/instrument-format.md describes it for people, instrument.schema.json for programs.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from observations.models import Instrument, Item, Scale

FORMAT: Literal["smart-mgmp/instrument/1"] = "smart-mgmp/instrument/1"


class PointContent(TypedDict):
    label: str
    meaning: NotRequired[str]
    is_best: NotRequired[bool]


class ScaleContent(TypedDict):
    """`code` names the scale inside its content; points go from least to best."""

    code: str
    name: str
    points: list[PointContent]


class ItemContent(TypedDict):
    """`scale` is the code of a scale of the same content; what is left out is as in `Item`."""

    code: str
    text: str
    kind: str
    scale: NotRequired[str]
    hint: NotRequired[str]
    is_required: NotRequired[bool]
    allows_na: NotRequired[bool]
    evidence: NotRequired[str]
    encouraged: NotRequired[list[str]]
    discouraged: NotRequired[list[str]]


class IndicatorContent(TypedDict):
    code: str
    name: str
    description: NotRequired[str]
    items: list[ItemContent]


class AspectContent(TypedDict):
    name: str
    pick_one: NotRequired[bool]
    indicators: list[IndicatorContent]


class InstrumentContent(TypedDict):
    """Dates are ISO 8601, `minutes` what it takes to fill the sheet."""

    code: str
    version: int
    name: str
    purpose: NotRequired[str]
    minutes: int
    source: str
    licence: NotRequired[str]
    notice: NotRequired[str]
    valid_from: str
    valid_to: NotRequired[str | None]
    is_default: NotRequired[bool]
    aspects: list[AspectContent]


class Content(TypedDict):
    format: str
    scales: list[ScaleContent]
    instrument: InstrumentContent


def whole(content: Content) -> Content:
    """The same with what it leaves out filled in, as `content_of` writes it."""
    head = {name: value for name, value in content["instrument"].items() if name != "is_default"}
    defaults = {"purpose": "", "licence": "", "notice": "", "valid_to": None}
    aspects = [
        {
            "pick_one": False,
            **aspect,
            "indicators": [
                {
                    "description": "",
                    **indicator,
                    "items": [_whole_item(item) for item in indicator["items"]],
                }
                for indicator in aspect["indicators"]
            ],
        }
        for aspect in content["instrument"]["aspects"]
    ]
    filled: Any = {
        "format": FORMAT,
        "scales": [whole_scale(scale) for scale in content["scales"]],
        "instrument": {**defaults, **head, "aspects": aspects},
    }
    return filled  # type: ignore[no-any-return]


def _whole_item(item: ItemContent) -> dict[str, Any]:
    return {
        "hint": "",
        "is_required": True,
        "allows_na": False,
        "evidence": "never",
        "encouraged": [],
        "discouraged": [],
        **item,
    }


def content_of(instrument: Instrument) -> Content:
    """The whole instrument with the scales that its items use, in the order of their use."""
    whole = Instrument.objects.whole().get(pk=instrument.pk)
    aspects = list(whole.aspects.all())
    items = [
        item
        for aspect in aspects
        for indicator in aspect.indicators.all()
        for item in indicator.items.all()
    ]
    scales = {item.scale.code: item.scale for item in items if item.scale}
    return {
        "format": FORMAT,
        "scales": [scale_content(scale) for scale in scales.values()],
        "instrument": {
            "code": whole.code,
            "version": whole.version,
            "name": whole.name,
            "purpose": whole.purpose,
            "minutes": whole.minutes,
            "source": whole.source,
            "licence": whole.licence,
            "notice": whole.notice,
            "valid_from": whole.valid_from.isoformat(),
            "valid_to": whole.valid_to.isoformat() if whole.valid_to else None,
            "aspects": [
                {
                    "name": aspect.name,
                    "pick_one": aspect.pick_one,
                    "indicators": [
                        {
                            "code": indicator.code,
                            "name": indicator.name,
                            "description": indicator.description,
                            "items": [_item(item) for item in indicator.items.all()],
                        }
                        for indicator in aspect.indicators.all()
                    ],
                }
                for aspect in aspects
            ],
        },
    }


def scale_content(scale: Scale) -> ScaleContent:
    """The scale with its words."""
    points = scale.points.all()
    return {
        "code": scale.code,
        "name": scale.name,
        "points": [
            {"label": point.label, "meaning": point.meaning, "is_best": point.is_best}
            for point in points
        ],
    }


def whole_scale(scale: ScaleContent) -> ScaleContent:
    """The same with what it leaves out filled in."""
    points: list[PointContent] = [
        {"meaning": "", "is_best": False, **point} for point in scale["points"]
    ]
    return {**scale, "points": points}


def _item(item: Item) -> ItemContent:
    found: Any = {"code": item.code, "text": item.text, "kind": item.kind}
    if item.scale:
        found["scale"] = item.scale.code
    return found | {  # type: ignore[no-any-return]
        "hint": item.hint,
        "is_required": item.is_required,
        "allows_na": item.allows_na,
        "evidence": item.evidence,
        "encouraged": item.encouraged,
        "discouraged": item.discouraged,
    }
