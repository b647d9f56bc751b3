"""What people may hand in as a file, told from what the file holds, never from its name."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from django.core.files import File

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
LONGEST_NAME = 100
THUMBNAIL_SIDE = 320
THUMBNAIL_BYTES = 15_000

ZIP_TYPES = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
IMAGE_FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
# What belongs to how an image looks. Anything else in it may tell of place or people.
KEPT_DATA = ("icc_profile", "transparency")
HARMLESS_DATA = frozenset(
    {
        *KEPT_DATA,
        *("jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression"),
        *("adobe", "adobe_transform", "gamma", "srgb", "chromaticity", "interlace", "aspect"),
        *("loop", "background", "timestamp", "duration"),
    }
)
# Old office files are one container format; a stream in it tells which program wrote it.
OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
# For the `accept` of a file field: what the phone's picker offers.
ACCEPTED = ",".join(f".{kind}" for kind in [*CONTENT_TYPES, "jpeg"])
SHOWN_IN_BROWSER = frozenset({"image/jpeg", "image/png", "image/webp"})

_NOT_ACCEPTED = _("Berkas ini bukan PDF, gambar, atau dokumen kantor.")


@dataclass(frozen=True)
class FileFacts:
    """A checked file: `content` is what to store, under a random name; `name` is what to show."""

    name: str
    content_type: str
    size: int
    content: ContentFile[bytes]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


def check_upload(file: File[bytes]) -> FileFacts:
    """Return the facts of an uploaded file, fit to be stored and handed to others.

    Photographs lose their hidden data, such as the place where they were taken. Raises
    ValidationError when the file is empty, too big, of a type we do not take, holds macros, or
    when its name promises another type than its content.
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
        content = _without_hidden_data(content)
    return FileFacts(
        name=f"{stem}.{kind}",
        content_type=CONTENT_TYPES[kind],
        size=len(content),
        content=ContentFile(content, name=f"{uuid4().hex}.{kind}"),
    )


def thumbnail(content: bytes) -> bytes:
    """A small JPEG of a checked image, 320 pixels at the longest side and 15 kB at most."""
    return smaller(content, side=THUMBNAIL_SIDE, most=THUMBNAIL_BYTES)


def smaller(content: bytes, *, side: int, most: int) -> bytes:
    """A JPEG of a checked image: so many pixels at its longest side, and about so many bytes."""
    with _image(content, at_least=side) as image:
        small = image.convert("RGB")
        small.thumbnail((side, side))
    small.info = {}
    for quality in (80, 60, 40, 20, 10):
        made = BytesIO()
        small.save(made, format="JPEG", quality=quality)
        if made.tell() <= most:
            break
    return made.getvalue()


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
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content)
    if content.startswith(OLE_HEADER):
        return _ole_kind(content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or content[8:12] == b"WEBP":
        with _image(content) as image:
            return IMAGE_FORMATS[image.format or ""]
    if promised in {"txt", "csv"} and _is_text(content):
        return promised
    raise ValidationError(_NOT_ACCEPTED, code="type")


def _zip_kind(content: bytes) -> str:
    """Tell an office document by the parts it must have. Nothing of it is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise ValidationError(_("Isi berkas ini terlalu besar."), code="too_big")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise _macros()
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    return _open_document_kind(part.read(100).decode("ascii", "replace"))
    # A part that is encrypted or packed in an unknown way is a RuntimeError, a cut one an EOFError.
    except (BadZipFile, RuntimeError, EOFError, zlib.error) as error:
        raise ValidationError(_NOT_ACCEPTED, code="type") from error
    for main, kind in ZIP_TYPES.items():
        if {main, "[Content_Types].xml"} <= names:
            return kind
    raise ValidationError(_NOT_ACCEPTED, code="type")


def _open_document_kind(content_type: str) -> str:
    for kind in ("odt", "ods", "odp"):
        if CONTENT_TYPES[kind] == content_type.strip():
            return kind
    raise ValidationError(_NOT_ACCEPTED, code="type")


def _ole_kind(content: bytes) -> str:
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise _macros()
    for stream, kind in OLE_STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return kind
    raise ValidationError(_NOT_ACCEPTED, code="type")


def _macros() -> ValidationError:
    return ValidationError(
        _("Berkas ini berisi makro. Simpan dulu sebagai dokumen tanpa makro."), code="macros"
    )


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(letter in "\t\r\n\f" or unicodedata.category(letter) != "Cc" for letter in text)


def _image(content: bytes, *, at_least: int | None = None) -> Image.Image:
    """Open an image of a type we take, whole and not absurdly large.

    With `at_least` so many pixels a side will do, which makes a JPEG quick to open.
    """
    try:
        image = Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
        if image.width * image.height > MAX_PIXELS:
            raise ValidationError(_("Gambar ini terlalu besar. Kecilkan dulu."), code="too_big")
        if at_least:
            image.draft("RGB", (at_least, at_least))
        image.load()
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("Gambar ini terlalu besar. Kecilkan dulu."), code="too_big"
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("Gambar ini rusak atau tidak dapat dibaca."), code="type"
        ) from error
    return image


def _without_hidden_data(content: bytes) -> bytes:
    """Re-encode an image that carries place, camera, comments or a second picture.

    Photographs show children; where they were taken is nobody's business.
    """
    with _image(content) as image:
        is_single = image.format != "MPO" and getattr(image, "n_frames", 1) == 1
        if is_single and set(image.info) <= HARMLESS_DATA:
            return content
        upright = ImageOps.exif_transpose(image)
        kept = {name: image.info[name] for name in KEPT_DATA if name in image.info}
        upright.info = {}
        stored = BytesIO()
        upright.save(
            stored, format="JPEG" if image.format == "MPO" else image.format, quality=88, **kept
        )
        return stored.getvalue()
