"""Photos of a lesson: their files come in pieces, are checked when whole, and go with their rows.

The pieces follow tus 1.0 (https://tus.io/protocols/resumable-upload): a piece says where it goes,
and whoever lost the thread asks how much is here. See docs/adr/0011.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.files import CheckedFile, check_upload
from activity.services import changing
from observations import rules
from observations.models import Photo

# Both in bytes. A photo is made light on the phone; a piece is 8 seconds at 256 kbit/s.
LARGEST_PHOTO = 2 * 1024 * 1024
LARGEST_PIECE = 256 * 1024
PARTS = "observations/parts"
KEPT_FOR = timedelta(days=30)


class WrongOffset(ValidationError):  # noqa: N818 -- it is no error of the program
    """The piece does not go on where the last one ended; `offset` says where that was."""

    def __init__(self, offset: int) -> None:
        super().__init__(_("Potongan foto ini bukan lanjutannya."), code="offset")
        self.offset = offset


class WrongSum(ValidationError):  # noqa: N818 -- it is no error of the program
    """The whole file is not the one that the phone told of. It begins again at 0."""


def receive_piece(photo: Photo, *, by: User, offset: int, piece: bytes) -> Photo:
    """Add one piece to a photo's file; with the last one the file is checked and stored.

    What is stored is the picture made anew, which tells nothing of place or camera.
    Raises WrongOffset when the piece is not the next one, WrongSum when the whole is not what was
    told of, and ValidationError when it is no picture: then it begins again, at 0.
    """
    # No event: the photo belongs to a sheet, and that tells of itself.
    refusal: ValidationError | None = None
    told = Photo.objects.select_related("observation__session").filter(pk=photo.pk).first()
    whole = _whole(told, by, offset, piece) if told else None
    with changing(photo):
        _require_next(photo, by, offset, piece)
        try:
            _write(photo, piece)
            if photo.received == photo.size:
                _store(photo, whole)
        except ValidationError as error:
            # That it begins again is kept all the same.
            refusal, photo.received = error, 0
        photo.save(update_fields=["received", "file", "stored_at"])
    if refusal:
        default_storage.delete(_part(photo.uid))
        raise refusal
    return photo


def discard_files(photos: Iterable[Photo]) -> None:
    """Delete the files of photos whose rows go, once that is committed."""
    for photo in photos:
        names = [_part(photo.uid), *filter(None, [photo.file.name])]
        transaction.on_commit(lambda names=names: _delete(names))  # type: ignore[misc]


def discard_stale_pieces() -> int:
    """Delete the pieces of photos that nobody went on with for 30 days, and say how many.

    The photo stays told of in its sheet; its phone may begin it again.
    """
    if not default_storage.exists(PARTS):
        return 0
    discarded = 0
    for name in default_storage.listdir(PARTS)[1]:
        part = f"{PARTS}/{name}"
        if default_storage.get_modified_time(part) < timezone.now() - KEPT_FOR:
            with transaction.atomic():
                for photo in Photo.objects.select_for_update(no_key=True).filter(
                    uid=name, stored_at=None
                ):
                    photo.received = 0
                    photo.save(update_fields=["received"])
                default_storage.delete(part)
            discarded += 1
    return discarded


def _require_next(photo: Photo, by: User, offset: int, piece: bytes) -> None:
    rules.may_send_photo.require(by, photo)
    if photo.stored_at or offset != photo.received:
        raise WrongOffset(photo.received)
    if len(piece) > LARGEST_PIECE or offset + len(piece) > photo.size:
        raise ValidationError(_("Potongan foto ini terlalu besar."), code="too_big")


def _part(uid: UUID) -> str:
    return f"{PARTS}/{uid}"


def _write(photo: Photo, piece: bytes) -> None:
    """Write the piece at its place: what a crash left behind it is written over."""
    name = _part(photo.uid)
    if not photo.received:
        default_storage.delete(name)
        default_storage.save(name, ContentFile(piece))
    elif default_storage.exists(name) and default_storage.size(name) >= photo.received:
        with default_storage.open(name, "r+b") as part:
            part.seek(photo.received)
            part.write(piece)
            part.truncate()
    else:
        # The pieces are lost, e.g. with a disk: the phone still has them all.
        raise WrongOffset(0)
    photo.received += len(piece)


def _whole(
    photo: Photo, by: User, offset: int, piece: bytes
) -> CheckedFile | ValidationError | None:
    """What the photo is, or is refused for, when this piece is its last; None for another piece.

    It is looked at before the row is locked. Nothing is read for a piece that may not come or is
    not the next one; that is asked again once it is locked, and what is stored has the sum that
    was told of, whatever came in between.
    """
    if offset + len(piece) != photo.size:
        return None
    _require_next(photo, by, offset, piece)
    content = piece
    # Without its beginning the sum is wrong.
    with suppress(FileNotFoundError), default_storage.open(_part(photo.uid), "rb") as part:
        content = part.read(offset) + piece
    if sha256(content).hexdigest() != photo.sha256:
        return WrongSum(_("Foto ini rusak di jalan. HP mengirimnya lagi."), code="sum")
    try:
        checked = check_upload(ContentFile(content, name=f"{photo.uid}"))
    except ValidationError as refusal:
        return refusal
    if not checked.is_image:
        return ValidationError(_("Berkas ini bukan foto."), code="type")
    return checked


def _store(photo: Photo, whole: CheckedFile | ValidationError | None) -> None:
    """Store the photo without hidden data; the pieces go after the commit."""
    if not isinstance(whole, CheckedFile):
        raise whole or WrongOffset(0)
    ending = whole.name.rpartition(".")[2]
    photo.file.save(f"{uuid4().hex}.{ending}", whole.content, save=False)
    photo.stored_at = timezone.now()
    transaction.on_commit(lambda: default_storage.delete(_part(photo.uid)))


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
