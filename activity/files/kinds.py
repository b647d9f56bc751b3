"""The kinds of files we take, and how each is called."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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


def not_accepted() -> ValidationError:
    """The refusal of whatever is none of these kinds, or more than one at once."""
    return ValidationError(
        _("Berkas ini bukan PDF, gambar, atau dokumen kantor."),
        code="type",
    )


def macros() -> ValidationError:
    """The refusal of a document that runs something."""
    return ValidationError(
        _("Berkas ini berisi makro. Simpan dulu sebagai dokumen tanpa makro."), code="macros"
    )


def too_big() -> ValidationError:
    """The refusal of a file that holds far more than it is long."""
    return ValidationError(_("Isi berkas ini terlalu besar."), code="too_big")
