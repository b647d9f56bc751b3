"""PDF files: whether they are only that, run nothing and carry no other file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from zipfile import is_zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activity.files.kinds import not_accepted, too_big

PDF_HEADER = b"%PDF-"
# Readers look for the header in so many bytes from the start, and for the end as many from it.
PDF_REACH = 1024
# A thick textbook has some hundreds of packed objects, and some megabytes of them.
MOST_STREAMS = 4000
MOST_UNPACKED = 64 * 1024 * 1024
# Streams that lie side by side are together as long as the file; more of it is nested on purpose.
MOST_TIMES_READ = 2
_END = b"%%EOF"
_PIECE = 4096
_ZLIB_HEADER = 2


def _spelled(*names: str) -> re.Pattern[bytes]:
    """These names of a PDF, in which any letter may stand as its number: `/#4caunch`."""
    ways = ("".join(f"(?:{one}|#(?i:{ord(one):02x}))" for one in name) for name in names)
    return re.compile(f"/(?:{'|'.join(ways)})".encode())


_ACTIVE = _spelled("JavaScript", "Launch", "EmbeddedFile")
_PACKED = _spelled("ObjStm")


def check_pdf(content: bytes) -> None:
    """Raise ValidationError when a PDF is something else too, runs something or carries files.

    It is looked for in the open and in packed objects. What a password hides is not found, which
    is why no PDF is ever shown by ourselves.
    """
    end = content.rfind(_END)
    if is_zipfile(BytesIO(content)) or (0 <= end < len(content) - PDF_REACH):
        raise not_accepted()
    if _ACTIVE.search(content) or any(_ACTIVE.search(part) for part in _packed_objects(content)):
        raise ValidationError(
            _(
                "PDF ini menjalankan perintah atau membawa berkas lain. "
                "Buka, pilih Cetak, lalu simpan lagi sebagai PDF."
            ),
            code="active",
        )


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """What is in the streams of objects, as far as it can be unpacked (ISO 32000-2, 7.5.7)."""
    unread, left = MOST_TIMES_READ * len(content), MOST_UNPACKED
    streams = list(islice(_PACKED.finditer(content), MOST_STREAMS + 1))
    if len(streams) > MOST_STREAMS:
        raise too_big()
    for named in streams:
        start = content.find(b"stream", named.end(), named.end() + PDF_REACH)
        if start >= 0:
            unpacked, read = _unpacked(content, start + len(b"stream"), unread, left)
            unread, left = unread - read, left - len(unpacked)
            yield unpacked


def _unpacked(content: bytes, start: int, unread: int, most: int) -> tuple[bytes, int]:
    """So much of a stream as unpacks, and how many bytes of the file that took.

    More than `most`, or taking more than `unread`, is too big. As readers do, it minds neither
    the sum at the end nor what comes after a damage.
    """
    first = at = start + (2 if content[start : start + 2] == b"\r\n" else 1) + _ZLIB_HEADER
    unpacker, made, step = zlib.decompressobj(-zlib.MAX_WBITS), bytearray(), _PIECE
    while step and not unpacker.eof and (piece := content[at : at + step]):
        before = unpacker.copy()
        try:
            made += unpacker.decompress(piece, most + 1 - len(made))
        except zlib.error:
            # What this piece made up to the damage is lost: once more, in halves.
            unpacker, step = before, step // 2
            continue
        at += len(piece) - len(unpacker.unused_data)
        if len(made) > most or at - first > unread:
            raise too_big()
    return bytes(made), at - first
