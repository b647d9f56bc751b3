"""What an instrument as plain data must be: instrument.schema.json, and what no schema can say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema import ValidationError as SchemaError

from observations.content import Content

SCHEMA = json.loads((Path(__file__).parent / "instrument.schema.json").read_text(encoding="utf-8"))
MOST_ITEMS = 150
MOST_INDICATORS = 60
MOST_PROBLEMS = 50


def checked_content(data: Any) -> Content:
    """The data, if it is an instrument of our format.

    Raises ValidationError with a sentence for each thing that is wrong, and where it stands, e.g.
    `instrument/aspects/0/name`.
    """
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker(["date"]))
    problems = [_in_words(error) for error in validator.iter_errors(data)]
    problems = problems or list(_against_the_whole(data))
    if problems:
        raise ValidationError(problems[:MOST_PROBLEMS])
    content: Content = data
    return content


def _in_words(error: SchemaError) -> str:
    """The error as a sentence; `error.validator` is the word of the schema that it broke."""
    where = "/".join(str(step) for step in error.absolute_path) or "/"
    limit = error.validator_value
    said = {
        "required": _("ada yang kurang: %(limit)s"),
        "additionalProperties": _("ada yang tidak dikenal"),
        "maxLength": _("paling banyak %(limit)s huruf"),
        "minLength": _("tidak boleh kosong"),
        "maxItems": _("paling banyak %(limit)s"),
        "minItems": _("paling sedikit %(limit)s"),
        "enum": _("salah satu dari %(limit)s"),
        "const": _("harus %(limit)s"),
        "type": _("harus berjenis %(limit)s"),
        "format": _("bukan tanggal"),
        "minimum": _("paling kecil %(limit)s"),
        "maximum": _("paling besar %(limit)s"),
        "pattern": _("ada huruf yang tidak boleh"),
    }.get(str(error.validator), _("tidak boleh ada di sini"))
    return f"{where}: " + said % {"limit": _listed(limit)}


def _listed(limit: Any) -> str:
    return ", ".join(map(str, limit)) if isinstance(limit, list) else str(limit)


def _against_the_whole(content: Content) -> Iterator[str]:
    scales = {scale["code"]: scale for scale in content["scales"]}
    indicators = [
        indicator
        for aspect in content["instrument"]["aspects"]
        for indicator in aspect["indicators"]
    ]
    items = [item for indicator in indicators for item in indicator["items"]]
    yield from _twice("scales", (scale["code"] for scale in content["scales"]))
    yield from _twice("indicators", (indicator["code"] for indicator in indicators))
    yield from _twice("items", (item["code"] for item in items))
    used = {item["scale"] for item in items if "scale" in item}
    for code in sorted(used - scales.keys()):
        yield _("Skala “%(code)s” tidak ada di scales.") % {"code": code}
    for code in sorted(scales.keys() - used):
        yield _("Skala “%(code)s” tidak dipakai butir mana pun.") % {"code": code}
    for scale in scales.values():
        yield from _twice(
            scale["code"], (point["label"].strip().casefold() for point in scale["points"])
        )
    if len(items) > MOST_ITEMS or len(indicators) > MOST_INDICATORS:
        yield _("Instrumen terlalu panjang: paling banyak 60 indikator dan 150 butir.")
    begins, ends = content["instrument"]["valid_from"], content["instrument"].get("valid_to")
    if ends and ends < begins:
        yield _("Tanggal ini sebelum instrumen mulai berlaku.")


def _twice(where: str, codes: Iterable[str]) -> Iterator[str]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield _("%(where)s: “%(code)s” ada dua kali.") % {"where": where, "code": code}
