"""Opens an .xlsx of others: what it unpacks to, whether it is whole, and its rows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import xlsx_to_dict

from observations.xlsform.columns import CHOICES, HEAD, SURVEY

LARGEST_FILE = 1_000_000
LARGEST_UNPACKED = 20_000_000
MOST_FILES = 200
MOST_ROWS = 1000
MOST_COLUMNS = 20
# The reader stops after so many.
MOST_EMPTY = 60
MOST_REFUSALS = 50
SHEETS = {"survey": SURVEY, "choices": CHOICES, "settings": tuple(HEAD)}

type Row = Mapping[str, str]


def _check_file(data: bytes) -> None:
    """Raise ValidationError for what must not be unpacked, or says more than it shows."""
    if len(data) > LARGEST_FILE:
        raise ValidationError(_("Berkas terlalu besar. Paling besar 1 MB."))
    refused: list[str] = []
    with _unharmed():
        with ZipFile(BytesIO(data)) as packed:
            files = packed.infolist()
        if len(files) > MOST_FILES or sum(file.file_size for file in files) > LARGEST_UNPACKED:
            raise ValidationError(_("Berkas ini tidak dapat dibuka dengan aman."))
        book = load_workbook(BytesIO(data), read_only=True)
        for sheet in book.worksheets:
            if sheet.title.lower() in SHEETS:
                refused += _refused_cells(sheet)
            else:
                words = _("Lembar “%(name)s” tidak dapat dinyatakan dalam instrumen.")
                refused.append(words % {"name": sheet.title})
        book.close()
    if refused:
        raise ValidationError(refused[:MOST_REFUSALS])


@contextmanager
def _unharmed() -> Iterator[None]:
    """Say that a file cannot be read, whichever part of its packing or its XML is broken.

    The libraries let through what the parts beneath them raise: one byte changed on the way is a
    zlib.error, a ParseError or, in a number, a ValueError.
    """
    try:
        yield
    except (
        *(BadZipFile, zlib.error, ParseError, EOFError, OSError, RuntimeError),
        *(AttributeError, LookupError, TypeError, ValueError),
    ) as error:
        raise ValidationError(_("Berkas ini bukan .xlsx yang dapat dibaca.")) from error


def _refused_cells(sheet: Any) -> Iterator[str]:
    """What stands where the reader does not look, and formulas, whose value nobody wrote."""
    titles: list[Any] = []
    empty = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = {place: cell for place, cell in enumerate(row) if cell.value not in (None, "")}
        at = {"sheet": sheet.title, "row": number}
        if number == 1:
            titles = [cell.value for cell in row]
            if any(not isinstance(title, str) for title in titles if title is not None):
                yield _("%(sheet)s, baris %(row)s: judul kolom harus kata.") % at
        if number > MOST_ROWS or max(cells, default=0) >= MOST_COLUMNS:
            yield _("Lembar “%(name)s” terlalu besar: paling banyak 1000 baris, 20 kolom.") % {
                "name": sheet.title
            }
            return
        if any(cell.data_type == "f" for cell in cells.values()):
            yield _("%(sheet)s, baris %(row)s: rumus tidak dibaca. Tulis nilainya.") % at
        if any(place >= len(titles) or not titles[place] for place in cells):
            yield _("%(sheet)s, baris %(row)s: ada isi di kolom tanpa judul.") % at
        if cells and empty > MOST_EMPTY:
            yield _("%(sheet)s, baris %(row)s: terlalu jauh di bawah baris kosong.") % at
        empty = 0 if cells else empty + 1


def rows_of(data: bytes) -> Mapping[str, Sequence[Row]]:
    """The rows of each sheet as pyxform reads them; the first is row 2.

    Raises ValidationError for a file that is none, is damaged, must not be unpacked, or says more
    than it shows.
    """
    _check_file(data)
    try:
        with _unharmed():
            found: dict[str, Any] = xlsx_to_dict(BytesIO(data))
    except PyXFormError as error:
        raise ValidationError(
            _("Berkas ini bukan XLSForm: %(reason)s") % {"reason": error}
        ) from error
    return {name: found.get(name) or [] for name in SHEETS}
