"""The check that every file goes through before it is stored."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from activity.files.archives import ARCHIVE_HEADER, archive_kind
from activity.files.kinds import CONTENT_TYPES, macros, not_accepted
from activity.files.pdfs import PDF_HEADER, PDF_REACH, check_pdf
from activity.files.pictures import IMAGE_FORMATS, IMAGE_HEADERS, made_anew, open_image

if TYPE_CHECKING:
    from django.core.files import File

MAX_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 100
# Old office files are one container format; a stream in it tells which program wrote it.
OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"}


@dataclass(frozen=True)
class CheckedFile:
    """A checked file: `content` is what to store, under a random name; `name` is what to show.

    Services take no other. Checking takes seconds at the worst, and none of them may pass while
    a row, or on SQLite the whole database, is locked.
    """

    name: str
    content_type: str
    size: int
    content: ContentFile[bytes]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


def check_upload(file: File[bytes]) -> CheckedFile:
    """Return an uploaded file as it is fit to be stored and handed to others.

    Pictures are made anew, without hidden data such as the place where they were taken. Raises
    ValidationError when the file is empty, too big, of a type we do not take or of two at once,
    holds macros or runs something, or when its name promises another type than its content.
    """
    if not file.size:
        raise ValidationError(_("Berkas ini kosong."), code="empty")
    if file.size > MAX_BYTES:
        raise ValidationError(_("Berkas lebih besar dari 10 MB."), code="too_big")
    file.seek(0)
    content = file.read()
    stem, promised = _safe_name(file.name or "")
    kind = _kind(content, promised)
    if promised and promised != kind:
        raise ValidationError(
            _("Nama berkas berakhiran .%(promised)s, padahal isinya %(kind)s."),
            code="lies",
            params={"promised": promised, "kind": kind.upper()},
        )
    if kind in IMAGE_FORMATS.values():
        content = made_anew(content)
    return CheckedFile(
        name=f"{stem}.{kind}",
        content_type=CONTENT_TYPES[kind],
        size=len(content),
        content=ContentFile(content, name=f"{uuid4().hex}.{kind}"),
    )


def _safe_name(name: str) -> tuple[str, str]:
    """Split a name into a stem that is safe to show and save, and its lower-case ending."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    path = PurePosixPath(name.strip())
    ending = path.suffix[1:].lower()
    stem = re.sub(r'[<>:"|?*;%\s]+', " ", path.stem).strip(" .")
    return stem[:LONGEST_NAME].strip(" .") or "berkas", {"jpeg": "jpg"}.get(ending, ending)


def _kind(content: bytes, promised: str) -> str:
    """The ending that belongs to the content. Text is taken at its word: txt or csv."""
    if content.startswith(PDF_HEADER):
        check_pdf(content)
        return "pdf"
    if content.startswith(IMAGE_HEADERS) or content[8:12] == b"WEBP":
        # It is made anew, so whatever else it is now it will not be then.
        with open_image(content) as image:
            return IMAGE_FORMATS[image.format or ""]
    if PDF_HEADER in content[:PDF_REACH]:
        raise not_accepted()
    if content.startswith(ARCHIVE_HEADER):
        return archive_kind(content)
    if content.startswith(OLE_HEADER):
        return _ole_kind(content)
    if promised in {"txt", "csv"} and _is_text(content):
        return promised
    raise not_accepted()


def _ole_kind(content: bytes) -> str:
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise macros()
    for stream, kind in OLE_STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return kind
    raise not_accepted()


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(letter in "\t\r\n\f" or unicodedata.category(letter) != "Cc" for letter in text)
