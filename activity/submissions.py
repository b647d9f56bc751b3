"""What was sent twice is made once, and other words under the same mark are not swallowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models.fields.files import FieldFile

    from activity.files import CheckedFile

    class Stored(Protocol):
        """A row with one file."""

        name: str
        size: int
        file: FieldFile


def require_same(made: Mapping[str, object], sent: Mapping[str, object]) -> None:
    """Let pass only what says what was made with this mark; spaces and line ends do not count.

    Raises ValidationError for `submission` when anything sent is otherwise than in `made`: the
    form was sent before, maybe on another device, and these words would be kept nowhere.
    """
    # No rule: the caller asked its own. No event: nothing is changed here.
    if any(_words(made.get(name)) != _words(value) for name, value in sent.items()):
        raise _used_before()


def require_same_file(made: Iterable[Stored], sent: CheckedFile) -> None:
    """Let pass only a file that was made with this mark; otherwise as `require_same`.

    A form sent again may lack its files, which a phone does not keep.
    """
    # No rule: the caller asked its own. No event: nothing is changed here.
    if not any(is_same_file(row, sent) for row in made):
        raise _used_before()


def is_same_file(row: Stored, sent: CheckedFile) -> bool:
    """Whether the row holds the very file that was sent; not when the row's is gone."""
    if (row.name, row.size) != (sent.name, sent.size):
        return False
    try:
        with row.file.open("rb") as kept:
            return bool(kept.read() == sent.content.read())
    except FileNotFoundError:
        return False
    finally:
        sent.content.seek(0)


def _used_before() -> ValidationError:
    words = _(
        "Formulir ini sudah pernah terkirim dengan isi lain. Isi yang sekarang belum terkirim:"
        " tekan sekali lagi untuk mengirimnya juga."
    )
    return ValidationError({"submission": ValidationError(words, code="used")})


def _words(value: object) -> object:
    return value.split() if isinstance(value, str) else value
