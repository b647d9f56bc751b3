from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from observations.content import AspectContent, Content, ItemContent, ScaleContent, whole
from observations.xlsform.columns import (
    CHOICES,
    EVIDENCE,
    FOCUS,
    FOCUS_LIST,
    HEAD,
    NA,
    NA_CHOICE,
    NA_LIST,
    SURVEY,
    YES_NO_LIST,
)

# XLSForm reads it as the answer to another question.
REFERENCE = re.compile(r"\$\{")

type Row = dict[str, object]


def write_xlsform(content: Content) -> bytes:
    """The content as an .xlsx that pyxform turns into a form.

    Raises ValidationError for words that mean something else in XLSForm.
    """
    form = _Form(whole(content))
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill(book.create_sheet("survey"), SURVEY, form.survey)
    _fill(book.create_sheet("choices"), CHOICES, form.choices)
    head: Mapping[str, Any] = form.content["instrument"]
    settings = {column: head[name] for column, name in HEAD.items()}
    _fill(book.create_sheet("settings"), tuple(HEAD), [settings])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Form:
    """The rows of the sheets, written from top to bottom; names are given out once each."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.taken: set[str] = set()
        self.scales = {scale["code"]: scale for scale in content["scales"]}
        self.lists = {code: self.named(code, NA_LIST) for code in self.scales}
        self.needs: set[str] = set()
        self.focus_choices: list[Row] = []
        self.survey = list(self._survey())
        self.choices = [*self._scale_choices(), *self.focus_choices, *self._own_choices()]

    def named(self, code: str, *also: str) -> str:
        """A name for XML that is free; a code may begin with a digit, a name may not."""
        wanted = code if re.match(r"[A-Za-z]", code) else f"n_{code}"
        name, number = wanted, 1
        while name.lower() in self.taken or name in also:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name.lower())
        return name

    def _survey(self) -> Iterator[Row]:
        for number, aspect in enumerate(self.content["instrument"]["aspects"], start=1):
            yield {
                "type": "begin_group",
                "name": self.named(f"aspect_{number}"),
                "label": aspect["name"],
            }
            yield from self._aspect(aspect)
            yield {"type": "end_group"}

    def _aspect(self, aspect: AspectContent) -> Iterator[Row]:
        names = [self.named(indicator["code"]) for indicator in aspect["indicators"]]
        focus = ""
        if aspect.get("pick_one"):
            focus = self.named("focus")
            yield {
                "type": f"select_one {FOCUS_LIST}",
                "name": focus,
                "label": "Indikator fokus",
                "required": "yes",
                "mgmp_role": FOCUS,
            }
            self.focus_choices = [
                {"list_name": FOCUS_LIST, "name": name, "label": indicator["name"]}
                for name, indicator in zip(names, aspect["indicators"], strict=True)
            ]
        for name, indicator in zip(names, aspect["indicators"], strict=True):
            yield {
                "type": "begin_group",
                "name": name,
                "label": indicator["name"],
                "relevant": f"${{{focus}}} = '{name}'" if focus else "",
                "mgmp_code": indicator["code"],
            }
            if indicator.get("description"):
                note = self.named(f"{name}_note")
                yield {"type": "note", "name": note, "label": indicator["description"]}
            for item in indicator["items"]:
                yield from self._item(item)
            yield {"type": "end_group"}

    def _item(self, item: ItemContent) -> Iterator[Row]:
        name = self.named(item["code"])
        terms = []
        if item.get("allows_na"):
            tick = self.named(f"{name}_na")
            self.needs.add(NA_LIST)
            terms = [f"not(selected(${{{tick}}}, '{NA_CHOICE}'))"]
            yield {
                "type": f"select_multiple {NA_LIST}",
                "name": tick,
                "label": item["text"],
                "mgmp_role": NA,
            }
        yield {
            "type": self._type(item),
            "name": name,
            "label": item["text"],
            "hint": item.get("hint"),
            "required": "yes" if item.get("is_required") else "no",
            "relevant": " and ".join(terms),
            "mgmp_code": item["code"],
            "mgmp_encouraged": "\n".join(item.get("encouraged", [])),
            "mgmp_discouraged": "\n".join(item.get("discouraged", [])),
        }
        if item.get("evidence") != "never":
            yield {
                "type": "text",
                "name": self.named(f"{name}_evidence"),
                "label": "Apa yang terlihat atau terdengar?",
                "required": "yes",
                "relevant": " and ".join([*terms, *self._unless_best(item, name)]),
                "mgmp_role": EVIDENCE,
            }

    def _type(self, item: ItemContent) -> str:
        if item["kind"] == "scale":
            return f"select_one {self.lists[item['scale']]}"
        if item["kind"] == "yes_no":
            self.needs.add(YES_NO_LIST)
            return f"select_one {YES_NO_LIST}"
        return {"count": "integer", "text": "text"}[item["kind"]]

    def _unless_best(self, item: ItemContent, name: str) -> list[str]:
        if item.get("evidence") != "unless_best":
            return []
        points = self.scales[item["scale"]]["points"]
        best = [f"p{place}" for place, one in enumerate(points, start=1) if one.get("is_best")]
        return [f"${{{name}}} != '{value}'" for value in ["", *best]]

    def _scale_choices(self) -> Iterator[Row]:
        for scale in self.scales.values():
            yield from self._choices_of(scale)

    def _choices_of(self, scale: ScaleContent) -> Iterator[Row]:
        for place, point in enumerate(scale["points"], start=1):
            yield {
                "list_name": self.lists[scale["code"]],
                "name": f"p{place}",
                "label": point["label"],
                "mgmp_scale": f"{scale['code']} {scale['name']}",
                "mgmp_meaning": point.get("meaning"),
                "mgmp_best": "yes" if point.get("is_best") else "no",
            }

    def _own_choices(self) -> Iterator[Row]:
        if YES_NO_LIST in self.needs:
            for name, label in (("yes", "Ya"), ("no", "Tidak")):
                yield {"list_name": YES_NO_LIST, "name": name, "label": label}
        if NA_LIST in self.needs:
            yield {"list_name": NA_LIST, "name": NA_CHOICE, "label": "Tidak berlaku"}


def _fill(sheet: Worksheet, columns: tuple[str, ...], rows: list[Row]) -> None:
    sheet.append(columns)
    for number, row in enumerate(rows, start=2):
        for place, column in enumerate(columns, start=1):
            text = str(row.get(column) or "").replace("\r\n", "\n")
            if column in {"label", "hint"} and REFERENCE.search(text):
                raise ValidationError(
                    _("“%(text)s” memuat “${”, yang di XLSForm berarti jawaban lain.")
                    % {"text": text[:80]}
                )
            if text:
                cell = sheet.cell(number, place, ILLEGAL_CHARACTERS_RE.sub("", text))
                # Also where it looks like a formula: words of people are words.
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns):
        width = {"label": 60, "hint": 40, "relevant": 30}.get(column, 18)
        sheet.column_dimensions[chr(ord("A") + place)].width = width
