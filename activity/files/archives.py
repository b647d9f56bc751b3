"""Office documents that are ZIP archives: what they are, and whether they are only that."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from activity.files.kinds import CONTENT_TYPES, macros, not_accepted, too_big

MAX_UNPACKED_BYTES = 300 * 1024 * 1024
# A long lesson with a picture on every slide has some hundreds.
MAX_PARTS = 4000
ARCHIVE_HEADER = b"PK\x03\x04"
_PART_HEADER = b"PK\x01\x02"
# The last record of an archive, without a comment: its length in bytes is fixed.
_END = b"PK\x05\x06"
_END_LENGTH = 22
_MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}


def archive_kind(content: bytes) -> str:
    """Tell an office document by the parts it must have; nothing of it is stored unpacked.

    Raises ValidationError when it is none, holds macros or too much, says of a part that it is
    smaller than it is, or when anything stands before or after the archive.
    """
    if content.count(_PART_HEADER) > MAX_PARTS:
        raise too_big()
    if content[-_END_LENGTH:][:4] != _END:
        raise not_accepted()
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _look_at(parts)
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise too_big()
            _unpack(archive, parts)
            names = {part.filename for part in parts}
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    return _open_document_kind(part.read(100).decode("ascii", "replace"))
    # A part that is encrypted or packed in an unknown way is a RuntimeError, a cut one an EOFError,
    # one whose name is no text a ValueError.
    except (BadZipFile, RuntimeError, EOFError, ValueError, zlib.error) as error:
        raise not_accepted() from error
    for main, kind in _MAIN_PARTS.items():
        if {main, "[Content_Types].xml"} <= names:
            return kind
    raise not_accepted()


def _look_at(parts: list[ZipInfo]) -> None:
    """Refuse what no office program writes: see `archive_kind`."""
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise macros()
    if not parts or min(part.header_offset for part in parts) != 0:
        raise not_accepted()
    for part in parts:
        if part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise not_accepted()
        steps = part.filename.replace("\\", "/").split("/")
        if ".." in steps or steps[0] == "":
            raise not_accepted()


def _unpack(archive: ZipFile, parts: list[ZipInfo]) -> None:
    """Unpack every part into nothing, and refuse what is longer than its header says.

    A header that promises less than comes is how an archive of 10 MB fills a disk.
    """
    for part in parts:
        promised, part.file_size = part.file_size, MAX_UNPACKED_BYTES
        size = 0
        with archive.open(part) as unpacked:
            while piece := unpacked.read(1 << 20):
                size += len(piece)
                if size > promised:
                    raise too_big()
        part.file_size = promised


def _open_document_kind(content_type: str) -> str:
    for kind in ("odt", "ods", "odp"):
        if CONTENT_TYPES[kind] == content_type.strip():
            return kind
    raise not_accepted()
