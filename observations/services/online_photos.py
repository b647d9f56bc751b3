"""Photos added and removed on a page, without a phone that makes them light and sends them late."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.files import CheckedFile, smaller
from activity.services import changing
from observations import rules
from observations.models import Observation, Photo
from observations.services.content import LAST_MINUTE, MOST_PHOTOS
from observations.services.photos import LARGEST_PHOTO, discard_files


def add_photo(
    observation: Observation,
    *,
    by: User,
    file: CheckedFile,
    minute: int,
    has_consent: bool,
    submission: UUID,
) -> Photo:
    """Add a photo to a draft, once for each `submission`; one of more than 2 MB is made lighter.

    Raises ValidationError for `file`, `minute` or `has_consent`.
    """
    content, ending = _picture(file)
    # No event: a draft is its observer's own.
    with changing(observation.session, observation):
        rules.may_edit_observation.require(by, observation)
        if sent_before := Photo.objects.filter(uid=submission).first():
            if sent_before.observation_id != observation.pk:
                raise ValidationError(_("Foto ini sudah ada."))
            return sent_before
        if not has_consent:
            reason = _("Centang bahwa yang terlihat di foto sudah memberi izin.")
            raise ValidationError({"has_consent": reason})
        if not 0 <= minute <= LAST_MINUTE:
            raise ValidationError({"minute": _("Tulis menit pelajaran untuk foto ini.")})
        if observation.photos.count() >= MOST_PHOTOS:
            raise ValidationError(_("Paling banyak %(count)s foto.") % {"count": MOST_PHOTOS})
        photo = Photo(
            uid=submission,
            observation=observation,
            minute=minute,
            has_consent=True,
            size=len(content),
            received=len(content),
            sha256=sha256(content).hexdigest(),
            stored_at=timezone.now(),
        )
        photo.file.save(f"{submission.hex}.{ending}", ContentFile(content), save=False)
        photo.save()
        _count_up(observation)
    return photo


def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photo out of a draft, and delete its file."""
    # No event: a draft is its observer's own.
    observation = photo.observation
    with changing(observation.session, observation):
        rules.may_edit_observation.require(by, observation)
        # Two taps at once find it once.
        found = observation.photos.filter(pk=photo.pk)
        if found:
            discard_files(found)
            found.delete()
            _count_up(observation)


def _picture(file: CheckedFile) -> tuple[bytes, str]:
    """The content to store and its ending."""
    if not file.is_image:
        raise ValidationError({"file": _("Berkas ini bukan foto.")})
    content = file.content.read()
    if len(content) > LARGEST_PHOTO:
        return smaller(content, side=1600, most=LARGEST_PHOTO), "jpg"
    return content, file.name.rpartition(".")[2]


def _count_up(observation: Observation) -> None:
    """Have phones know that the sheet was changed elsewhere."""
    observation.revision += 1
    observation.device, observation.sequence = None, 0
    observation.save(update_fields=["revision", "device", "sequence", "saved_at"])
