from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from observations.content import FORMAT, Content
from observations.xlsform.columns import EVIDENCE, FOCUS, HEAD, NA
from observations.xlsform.opening import MOST_REFUSALS, SHEETS, Row, rows_of

DEFAULT_MINUTES = "15"
YES, NO = {"yes", "true", "true()"}, {"no", "false", "false()", ""}
YES_NO = ({"yes", "no"}, {"ya", "tidak"}, {"y", "n"})
NA_NAMES = {"na", "n_a", "n/a", "tb", "tidak_berlaku"}
TICKED = re.compile(r"not\(\s*selected\(\s*\$\{([^}]+)\}\s*,\s*'([^']*)'\s*\)\s*\)")
UNEQUAL = re.compile(r"\$\{([^}]+)\}\s*!=\s*'([^']*)'")
EQUAL = re.compile(r"\$\{([^}]+)\}\s*=\s*'([^']*)'")


class RowRefusedError(Exception):
    """What this row says has no place in an instrument; the reason is a sentence."""


@dataclass
class _List:
    """A list of choices: a scale, yes and no, or what a focus or a tick offers."""

    names: list[str] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)
    code: str = ""
    title: str = ""
    na: str = ""
    says_best: bool = False
    row: int = 0
    is_used: bool = False
    is_scale: bool = False

    @property
    def is_yes_no(self) -> bool:
        return {name.casefold() for name in self.names} in YES_NO

    @property
    def best(self) -> set[str]:
        pairs = zip([name for name in self.names if name != self.na], self.points, strict=True)
        return {name for name, point in pairs if point["is_best"]}


def read_xlsform(data: bytes) -> Content:
    """The content that an .xlsx holds; dates and minutes that it does not say are today and 15.

    Raises ValidationError with a sentence for each row that an instrument cannot express, which
    names its sheet, its row number and the reason. Nothing of the file is passed over.
    """
    reader = _Reader(rows_of(data))
    content = reader.content()
    if reader.refusals:
        more = len(reader.refusals) - MOST_REFUSALS
        shown = reader.refusals[:MOST_REFUSALS]
        if more > 0:
            shown.append(_("… dan %(count)s baris lagi.") % {"count": more})
        raise ValidationError(shown)
    return content


class _Reader:
    """Goes through the rows once, from top to bottom, and keeps what was refused."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.rows = rows
        self.refusals: list[str] = []
        self.lists: dict[str, _List] = {}
        self.aspects: list[dict[str, Any]] = []
        self.open: list[str] = []
        self.codes: dict[str, set[str]] = {"indicator": set(), "item": set(), "scale": set()}
        self.tick: tuple[str, str] | None = None
        self.ticked: tuple[str, str] | None = None
        self.last: dict[str, Any] | None = None
        self.last_name, self.last_list = "", ""
        self.focus = ""
        # The indicator that was made for items in no group of their own, while they follow.
        self.bare: dict[str, Any] | None = None

    def content(self) -> Content:
        for number, row in self._each("settings"):
            self._try("settings", number, self._setting, number, row)
        for number, row in self._each("choices"):
            self._try("choices", number, self._choice, number, row)
        for number, row in self._each("survey"):
            self._try("survey", number, self._question, row)
        if self.open:
            self._refuse("survey", len(self.rows["survey"]) + 1, _("Ada kelompok tanpa end_group."))
        if self.tick:
            self._refuse("survey", len(self.rows["survey"]) + 1, _("Tanda tanpa butirnya."))
        for name, one in self.lists.items():
            if not one.is_used:
                said = _("daftar “%(name)s” tidak dipakai.") % {"name": name}
                self._refuse("choices", one.row, said)
        content: Any = {
            "format": FORMAT,
            "scales": [
                {"code": one.code, "name": one.title, "points": one.points}
                for one in self.lists.values()
                if one.is_scale
            ],
            "instrument": self._head() | {"aspects": self.aspects},
        }
        return content  # type: ignore[no-any-return]

    def _each(self, sheet: str) -> Iterator[tuple[int, Row]]:
        """The rows that say something and have no column that we cannot express."""
        for number, row in enumerate(self.rows[sheet], start=2):
            strange = [column for column in row if column not in SHEETS[sheet]]
            for column in strange:
                said = _("kolom “%(name)s” tidak dapat dinyatakan.") % {"name": column}
                self._refuse(sheet, number, said)
            if row and not strange:
                yield number, row

    def _try(self, sheet: str, number: int, act: Any, *args: Any) -> None:
        try:
            act(*args)
        except RowRefusedError as refusal:
            self._refuse(sheet, number, str(refusal))

    def _refuse(self, sheet: str, row: int, reason: str) -> None:
        where = {"sheet": sheet, "row": row, "reason": reason}
        self.refusals.append(_("%(sheet)s, baris %(row)s: %(reason)s") % where)

    def _setting(self, number: int, row: Row) -> None:
        if number > 2:  # noqa: PLR2004 -- beneath the titles
            _no(_("hanya satu baris yang dibaca."))
        if not row.get("mgmp_minutes", DEFAULT_MINUTES).isdecimal():
            _no(_("mgmp_minutes harus angka."))
        for column in ("mgmp_valid_from", "mgmp_valid_to"):
            if row.get(column) and _day(row[column]) is None:
                _no(_("“%(word)s” bukan tanggal.") % {"word": row[column]})

    def _choice(self, number: int, row: Row) -> None:
        list_name, name, label = (row.get(key, "") for key in ("list_name", "name", "label"))
        if not (list_name and name and label):
            _no(_("pilihan perlu list_name, name, dan label."))
        found = self.lists.setdefault(list_name, _List(row=number))
        if name in found.names:
            _no(_("pilihan “%(name)s” sudah ada.") % {"name": name})
        if not found.code:
            code, _space, title = row.get("mgmp_scale", "").partition(" ")
            found.code = self._free("scale", code or slugify(list_name) or "skala")
            found.title = title or list_name
        found.names.append(name)
        if name.casefold() in NA_NAMES and "mgmp_scale" not in row:
            found.na = name
            return
        found.says_best |= "mgmp_best" in row
        found.points.append(
            {
                "label": label,
                "meaning": row.get("mgmp_meaning", ""),
                "is_best": _truth(row.get("mgmp_best", "")),
            }
        )

    def _question(self, row: Row) -> None:
        kind, _space, of = (
            row.get("type", "")
            .replace("begin group", "begin_group")
            .replace("end group", "end_group")
            .partition(" ")
        )
        self.ticked, self.tick = self.tick, None
        if self.ticked and kind not in {"select_one", "integer", "text"}:
            _no(_("sesudah tanda “tidak berlaku” harus butirnya."))
        acts = {
            "begin_group": self._begin,
            "end_group": self._end,
            "note": self._note,
            "select_multiple": self._na_tick,
        }
        if kind in acts:
            acts[kind](row, of)
        elif kind == "text" and self._is_evidence(row):
            self._evidence(row)
        elif kind == "select_one" and self._is_focus(row):
            self._focus(row, of)
        elif kind in {"select_one", "integer", "text"}:
            self._item(row, kind, of)
        else:
            _no(_("jenis “%(type)s” tidak dapat dinyatakan.") % {"type": row.get("type", "")})

    def _begin(self, row: Row, of: str) -> None:
        _only(row, "type", "name", "label", "relevant", "mgmp_code")
        self.last = self.bare = None
        self.open.append(row.get("name", ""))
        label = _label(row)
        if len(self.open) > 2:  # noqa: PLR2004 -- aspects and indicators
            _no(_("kelompok hanya dua tingkat: aspek, lalu indikator."))
        if len(self.open) == 1:
            self.focus = ""
            self.aspects.append({"name": label, "pick_one": False, "indicators": []})
            if row.get("relevant"):
                _no(_("syarat tampil aspek tidak dapat dinyatakan."))
            return
        wanted = EQUAL.fullmatch(row.get("relevant", "").strip())
        asked = (self.focus, row.get("name", "")) if self.focus else None
        if (wanted.groups() if wanted else row.get("relevant")) != asked and (
            asked or row.get("relevant")
        ):
            _no(_("syarat tampil indikator hanya fokus yang dipilih."))
        self._add_indicator(row.get("mgmp_code") or row.get("name", ""), label)

    def _end(self, row: Row, of: str) -> None:
        _only(row, "type", "name", "label")
        self.last = self.bare = None
        if not self.open:
            _no(_("end_group tanpa begin_group."))
        self.open.pop()

    def _note(self, row: Row, of: str) -> None:
        _only(row, "type", "name", "label")
        found = self.aspects[-1]["indicators"][-1:] if len(self.open) == 2 else []  # noqa: PLR2004
        if not found or found[0]["items"] or found[0]["description"]:
            _no(_("catatan hanya dapat menjadi keterangan di awal indikator."))
        found[0]["description"] = _label(row)

    def _na_tick(self, row: Row, of: str) -> None:
        _only(row, "type", "name", "label", "mgmp_role")
        found = self._list(of)
        if len(found.names) != 1 or not (row.get("mgmp_role") == NA or found.na):
            _no(_("select_multiple hanya untuk satu tanda “tidak berlaku”."))
        found.is_used = True
        self.tick = (row.get("name", ""), found.names[0])

    def _is_focus(self, row: Row) -> bool:
        return len(self.open) == 1 and row.get("mgmp_role") == FOCUS

    def _focus(self, row: Row, of: str) -> None:
        _only(row, "type", "name", "label", "required", "mgmp_role")
        aspect = self.aspects[-1]
        if aspect["indicators"] or aspect["pick_one"]:
            _no(_("fokus dipilih sekali, di awal aspek."))
        self._list(of).is_used = True
        aspect["pick_one"] = True
        self.focus = row.get("name", "")

    def _is_evidence(self, row: Row) -> bool:
        if self.last is None or self.last["evidence"] != "never" or self.ticked:
            return False
        names = {f"{self.last_name}_{word}" for word in ("evidence", "bukti")}
        named = row.get("name", "") in names or row.get("mgmp_role") == EVIDENCE
        return named or f"${{{self.last_name}}}" in row.get("relevant", "")

    def _evidence(self, row: Row) -> None:
        _only(row, "type", "name", "label", "required", "relevant", "mgmp_role")
        assert self.last is not None  # noqa: S101 -- asked before
        if not _truth(row.get("required", "")):
            _no(_("bukti yang tidak wajib tidak dapat dinyatakan."))
        found = self.lists.get(self.last_list)
        spared = set()
        for term in re.split(r"\s+and\s+", row.get("relevant", "").strip()):
            unequal = UNEQUAL.fullmatch(term)
            if unequal and unequal[1] == self.last_name:
                spared.add(unequal[2])
            elif term and not (self.last["allows_na"] and TICKED.fullmatch(term)):
                _no(_("syarat “%(term)s” tidak dapat dinyatakan.") % {"term": term})
        spared -= {"", found.na if found else ""}
        if not spared:
            self.last["evidence"] = "always"
            return
        if found is None or not found.is_scale or not spared <= set(found.names):
            _no(_("bukti “kecuali” hanya untuk kata dari skala butirnya."))
        if not found.says_best:
            found.says_best = True
            for name, point in zip(
                [one for one in found.names if one != found.na], found.points, strict=True
            ):
                point["is_best"] = name in spared
        if found.best != spared:
            _no(_("bukti hanya dapat dikecualikan pada kata terbaik skalanya."))
        self.last["evidence"] = "unless_best"

    def _item(self, row: Row, kind: str, of: str) -> None:
        self.last = None
        _only(
            row,
            *("type", "name", "label", "hint", "required", "relevant"),
            *("mgmp_code", "mgmp_encouraged", "mgmp_discouraged"),
        )
        relevant = row.get("relevant", "").strip()
        if relevant:
            ticked = TICKED.fullmatch(relevant)
            if ticked is None or ticked.groups() != self.ticked:
                _no(_("syarat “%(term)s” tidak dapat dinyatakan.") % {"term": relevant})
        elif self.ticked:
            _no(_("butir dengan tanda “tidak berlaku” perlu syaratnya."))
        item: dict[str, Any] = {
            "code": "",
            "text": _label(row),
            "kind": {"integer": "count", "text": "text"}.get(kind, ""),
            "hint": row.get("hint", ""),
            "is_required": _truth(row.get("required", "")),
            "allows_na": bool(relevant),
            "evidence": "never",
            "encouraged": row.get("mgmp_encouraged", "").splitlines(),
            "discouraged": row.get("mgmp_discouraged", "").splitlines(),
        }
        if kind == "select_one":
            self._choose_list(item, self._list(of))
        item["code"] = self._free("item", row.get("mgmp_code") or row.get("name", ""))
        self._indicator_for_item()["items"].append(item)
        self.last, self.last_name = item, row.get("name", "")
        self.last_list = of if kind == "select_one" else ""

    def _choose_list(self, item: dict[str, Any], found: _List) -> None:
        found.is_used = True
        item["allows_na"] = item["allows_na"] or bool(found.na)
        if found.is_yes_no:
            item["kind"] = "yes_no"
        else:
            item |= {"kind": "scale", "scale": found.code}
            found.is_scale = True

    def _list(self, name: str) -> _List:
        if name not in self.lists:
            _no(_("daftar “%(name)s” tidak ada di choices.") % {"name": name})
        return self.lists[name]

    def _indicator_for_item(self) -> dict[str, Any]:
        """The open indicator; one is made for items that stand in no group of their own."""
        if len(self.open) == 2:  # noqa: PLR2004 -- aspect and indicator
            return self.aspects[-1]["indicators"][-1]  # type: ignore[no-any-return]
        if self.bare is None:
            if not self.open:
                title = self._head()["name"]
                self.aspects.append({"name": title, "pick_one": False, "indicators": []})
            if self.aspects[-1]["pick_one"]:
                _no(_("butir di luar indikator tidak dapat dinyatakan di aspek yang berfokus."))
            name = self.aspects[-1]["name"]
            self._add_indicator(slugify(name), name)
            self.bare = self.aspects[-1]["indicators"][-1]
        return self.bare

    def _add_indicator(self, code: str, name: str) -> None:
        self.aspects[-1]["indicators"].append(
            {"code": self._free("indicator", code), "name": name, "description": "", "items": []}
        )

    def _free(self, kind: str, wanted: str) -> str:
        wanted = re.sub(r"[^-\w]", "-", wanted, flags=re.ASCII)[:50] or kind
        code, number = wanted, 1
        while code in self.codes[kind]:
            number += 1
            code = f"{wanted[:45]}-{number}"
        self.codes[kind].add(code)
        return code

    def _head(self) -> dict[str, Any]:
        said = self.rows["settings"][0] if self.rows["settings"] else {}
        head: dict[str, Any] = {name: said.get(column, "") for column, name in HEAD.items()}
        head["name"] = head["name"] or "XLSForm"
        head["code"] = slugify(head["code"]) or slugify(head["name"]) or "xlsform"
        version = head["version"]
        head["version"] = int(version) if re.fullmatch(r"[0-9]{1,4}", version) else 1
        minutes = str(head["minutes"])
        head["minutes"] = int(minutes if minutes.isdecimal() else DEFAULT_MINUTES)
        head["source"] = head["source"] or f"XLSForm {head['code']}"
        head["valid_from"] = _day(head["valid_from"]) or timezone.localdate().isoformat()
        head["valid_to"] = _day(head["valid_to"])
        return head


def _no(reason: str) -> NoReturn:
    raise RowRefusedError(reason)


def _only(row: Row, *columns: str) -> None:
    """Refuse a row that fills a column which such a row cannot express."""
    for column in row:
        if column not in columns:
            _no(_("kolom “%(name)s” tidak dapat dinyatakan di sini.") % {"name": column})


def _label(row: Row) -> str:
    if not row.get("label"):
        _no(_("label belum diisi."))
    return row["label"]


def _truth(word: str) -> bool:
    if word.casefold() not in YES | NO:
        _no(_("“%(word)s” bukan yes atau no.") % {"word": word})
    return word.casefold() in YES


def _day(text: str) -> str | None:
    """An ISO day, also where a spreadsheet made a moment of it."""
    try:
        return date.fromisoformat(text[:10]).isoformat() if text else None
    except ValueError:
        return None
