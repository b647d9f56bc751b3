"""Every change to what a draft asks: its aspects, indicators, items and scales."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing
from observations import rules
from observations.content import PointContent, ScaleContent
from observations.models import Aspect, Indicator, Instrument, Item, Scale
from observations.queries import scales_for
from observations.services.instruments import LONGEST_CODE, free_among, free_scale_code
from observations.services.writing import write_points, write_scale

MOST_ASPECTS = 12
MOST_INDICATORS = 60
MOST_ITEMS = 150
MOST_SCALES = 20
MOST_POINTS = 10
MOST_HINTS = 8
LONGEST_HINT = 200

type Part = Aspect | Indicator | Item


class AspectWords(TypedDict, total=False):
    name: str
    pick_one: bool


class IndicatorWords(TypedDict, total=False):
    name: str
    description: str


class ItemWords(TypedDict, total=False):
    """`encouraged` and `discouraged` are hints, a line each."""

    text: str
    hint: str
    kind: str
    scale: Scale | None
    is_required: bool
    allows_na: bool
    evidence: str
    encouraged: list[str]
    discouraged: list[str]


def add_aspect(instrument: Instrument, *, by: User, **words: Unpack[AspectWords]) -> Aspect:
    """Add an aspect at the end of a draft."""
    with changing(instrument):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        found = instrument.aspects.all()
        _check_room(found.count(), MOST_ASPECTS)
        aspect = Aspect(instrument=instrument, position=_end(found), **words)
        aspect.full_clean()
        aspect.save()
        _touch(instrument)
    return aspect


def add_indicator(aspect: Aspect, *, by: User, **words: Unpack[IndicatorWords]) -> Indicator:
    """Add an indicator at the end of an aspect."""
    instrument = aspect.instrument
    with changing(instrument, aspect):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        codes = set(
            Indicator.objects.filter(aspect__instrument=instrument).values_list("code", flat=True)
        )
        _check_room(len(codes), MOST_INDICATORS)
        position = _end(aspect.indicators.all())
        indicator = Indicator(
            aspect=aspect, position=position, code=_code(codes, words["name"]), **words
        )
        indicator.full_clean()
        indicator.save()
        _touch(instrument)
    return indicator


def add_item(indicator: Indicator, *, by: User, **words: Unpack[ItemWords]) -> Item:
    """Add an item at the end of an indicator."""
    instrument = indicator.aspect.instrument
    with changing(instrument, indicator):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        codes = set(
            Item.objects.filter(indicator__aspect__instrument=instrument).values_list(
                "code", flat=True
            )
        )
        _check_room(len(codes), MOST_ITEMS)
        position = _end(indicator.items.all())
        item = Item(
            indicator=indicator, position=position, code=_code(codes, words["text"]), **words
        )
        _check_item(item, instrument)
        item.save()
        _touch(instrument)
    return item


def edit_aspect(aspect: Aspect, *, by: User, **words: Unpack[AspectWords]) -> Aspect:
    """Change the words of an aspect of a draft."""
    with changing(aspect.instrument, aspect):
        rules.may_edit_instrument.require(by, aspect.instrument)
        # No event: a draft is its makers' own.
        for name, value in words.items():
            setattr(aspect, name, value)
        aspect.full_clean()
        aspect.save(update_fields=list(words))
        _touch(aspect.instrument)
    return aspect


def edit_indicator(indicator: Indicator, *, by: User, **words: Unpack[IndicatorWords]) -> Indicator:
    """Change the words of an indicator of a draft."""
    instrument = indicator.aspect.instrument
    with changing(instrument, indicator):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        for name, value in words.items():
            setattr(indicator, name, value)
        indicator.full_clean()
        indicator.save(update_fields=list(words))
        _touch(instrument)
    return indicator


def edit_item(item: Item, *, by: User, **words: Unpack[ItemWords]) -> Item:
    """Change an item of a draft."""
    instrument = item.indicator.aspect.instrument
    with changing(instrument, item):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        for name, value in words.items():
            setattr(item, name, value)
        _check_item(item, instrument)
        item.save(update_fields={*words, "scale"})
        _touch(instrument)
    return item


def move_part(part: Part, *, by: User, up: bool) -> None:
    """Let an aspect, indicator or item change places with the one before it, or after it."""
    instrument = instrument_of(part)
    with changing(instrument, part):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        rows = list(_siblings(part))
        here = rows.index(part)
        there = here - 1 if up else here + 1
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
        for position, row in enumerate(rows, start=1):
            row.position = position
            row.save(update_fields=["position"])
        _touch(instrument)


def remove_part(part: Part, *, by: User) -> None:
    """Take an aspect, indicator or item out of a draft, with all that is in it."""
    instrument = instrument_of(part)
    with changing(instrument, part):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        part.delete()
        _touch(instrument)


def add_scale(
    instrument: Instrument, *, by: User, name: str, points: Sequence[PointContent]
) -> Scale:
    """Make a scale for the items of a draft, its words from least to best."""
    with changing(instrument):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        _check_room(instrument.own_scales.count(), MOST_SCALES)
        return _own_scale(instrument, name, points)


def edit_scale(
    scale: Scale, instrument: Instrument, *, by: User, name: str, points: Sequence[PointContent]
) -> Scale:
    """Change the words of a scale for the items of a draft.

    A scale that others use too stays as it is: the draft's items get an own one in its place.
    """
    with changing(instrument, scale):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        if scale.made_for_id != instrument.pk:
            _check_room(instrument.own_scales.count(), MOST_SCALES)
            own = _own_scale(instrument, name, points)
            items = Item.objects.filter(indicator__aspect__instrument=instrument, scale=scale)
            items.update(scale=own)
            return own
        _check_points(points)
        scale.name = name
        scale.full_clean()
        scale.save(update_fields=["name"])
        scale.points.all().delete()
        write_points(scale, points)
        _touch(instrument)
    return scale


def remove_scale(scale: Scale, instrument: Instrument, *, by: User) -> None:
    """Delete a scale of a draft that none of its items uses."""
    with changing(instrument, scale):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        if scale.made_for_id != instrument.pk:
            raise ValidationError(_("Skala ini juga dipakai instrumen lain."))
        if Item.objects.filter(scale=scale).exists():
            raise ValidationError(_("Masih ada butir yang memakai skala ini."))
        scale.delete()


def _own_scale(instrument: Instrument, name: str, points: Sequence[PointContent]) -> Scale:
    _check_points(points)
    code = free_scale_code(slugify(name) or "skala")
    content: ScaleContent = {"code": code, "name": name, "points": list(points)}
    return write_scale(content, code=code, made_for=instrument)


def _check_points(points: Sequence[PointContent]) -> None:
    labels = [point["label"].strip().casefold() for point in points]
    if not 0 < len(labels) <= MOST_POINTS:
        raise ValidationError(
            {"points": _("Tulis 1 sampai %(most)s kata.") % {"most": MOST_POINTS}}
        )
    if len(set(labels)) < len(labels):
        raise ValidationError({"points": _("Ada kata yang sama.")})


def _check_item(item: Item, instrument: Instrument) -> None:
    if item.kind != Item.Kind.SCALE:
        item.scale = None
    elif item.scale is None or not scales_for(instrument).filter(pk=item.scale.pk).exists():
        raise ValidationError({"scale": _("Pilih skala untuk butir ini.")})
    if item.kind != Item.Kind.SCALE and item.evidence == Item.Evidence.UNLESS_BEST:
        raise ValidationError(
            {"evidence": _("“Kecuali pada kata terbaik” hanya untuk butir berskala.")}
        )
    for name in ("encouraged", "discouraged"):
        hints = getattr(item, name)
        if len(hints) > MOST_HINTS or any(len(hint) > LONGEST_HINT for hint in hints):
            raise ValidationError(
                {
                    name: _("Paling banyak %(most)s baris, masing-masing %(longest)s huruf.")
                    % {"most": MOST_HINTS, "longest": LONGEST_HINT}
                }
            )
    item.full_clean()


def _check_room(there: int, most: int) -> None:
    if there >= most:
        raise ValidationError(
            _("Paling banyak %(most)s. Instrumen yang panjang tidak terisi di kelas.")
            % {"most": most}
        )


def _code(taken: set[str], words: str) -> str:
    return free_among(taken, slugify(words)[:LONGEST_CODE].strip("-") or "butir")


def _end(rows: object) -> int:
    return max((row.position for row in rows), default=0) + 1  # type: ignore[attr-defined]


def instrument_of(part: Part) -> Instrument:
    """The instrument that it is a part of."""
    if isinstance(part, Aspect):
        return part.instrument
    indicator = part.indicator if isinstance(part, Item) else part
    return indicator.aspect.instrument


def _siblings(part: Part) -> Sequence[Part]:
    if isinstance(part, Aspect):
        return list(part.instrument.aspects.order_by("position", "pk"))
    if isinstance(part, Indicator):
        return list(part.aspect.indicators.order_by("position", "pk"))
    return list(part.indicator.items.order_by("position", "pk"))


def _touch(instrument: Instrument) -> None:
    """Say that something in the draft changed just now."""
    instrument.save(update_fields=["saved_at"])
