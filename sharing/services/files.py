"""Every change to the files of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.files import CheckedFile, check_upload
from activity.services import changing, record
from sharing import rules
from sharing.events import PostEdited
from sharing.library import index_post
from sharing.models import Attachment, Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.core.files import File

    from accounts.models import User
from sharing.services.endorsements import outdate_endorsement
from sharing.services.revisions import keep_revision, words_of

MOST_FILES = 5


def attach_file(post: Post, file: CheckedFile, *, by: User, consent: bool = False) -> Attachment:
    """Add one file to a post. A picture needs `consent`, as in `share_post`."""
    with changing(post):
        rules.may_edit_post.require(by, post)
        require_fit([file], beside=post.attachments.current().count(), consent=consent)
        [attachment] = attach(post, [file])
        revision = keep_revision(post, by=by, before=words_of(post), added=[attachment.name])
        outdate_endorsement(post, revision, by=by)
        index_post(post)
        record(PostEdited(post_id=post.pk), by=by)
    return attachment


def remove_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file away from its post, from an older version too. Nobody reads it any more."""
    post = attachment.post
    with changing(post):
        rules.may_edit_post.require(by, post)
        # Asked under the lock: of two at once the second finds it gone, and counts nothing.
        if found := post.attachments.filter(pk=attachment.pk, removed_at=None).first():
            drop_file(post, found)
            revision = keep_revision(post, by=by, before=words_of(post), removed=[found.name])
            if found.last_version is None:
                outdate_endorsement(post, revision, by=by)
            index_post(post)
            record(PostEdited(post_id=post.pk), by=by)


def check_files(files: Sequence[File[bytes]]) -> list[CheckedFile]:
    """Look at all the files that are to go with a post; no database is asked, no row locked.

    Raises ValidationError with everything that is wrong with them, and for more than five.
    """
    # No rule and no event: nothing is changed yet.
    if len(files) > MOST_FILES:
        raise _too_many()
    checked, refusals = [], []
    for file in files:
        try:
            checked.append(check_upload(file))
        except ValidationError as refusal:
            refusals.append(refusal)
    if refusals:
        raise ValidationError(refusals)
    return checked


def require_fit(files: Sequence[CheckedFile], *, beside: int, consent: bool) -> None:
    """Raise ValidationError for too many files, and for a picture without consent."""
    if files and len(files) + beside > MOST_FILES:
        raise ValidationError({"attachments": _too_many()})
    if any(file.is_image for file in files) and not consent:
        raise ValidationError(
            {"consent": _("Foto hanya dapat dibagikan bila murid di dalamnya sudah diizinkan.")}
        )


def _too_many() -> ValidationError:
    reason = _("Paling banyak %(most)s berkas untuk satu bahan.")
    return ValidationError(reason, params={"most": MOST_FILES})


def attach(post: Post, files: Iterable[CheckedFile]) -> list[Attachment]:
    """Store checked files with a post that the caller has locked, and count them."""
    attached = [
        Attachment.objects.create(
            post=post,
            file=file.content,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            has_consent=file.is_image,
            first_version=post.version,
        )
        for file in files
    ]
    for attachment in attached:
        _count(post, attachment.size)
    return attached


def drop_file(post: Post, attachment: Attachment, *, last_version: int | None = None) -> None:
    """Let a file go: with `last_version` it stays with that version, else nobody reads it again.

    The stored file goes later, so that a mistake can still be mended by support.
    """
    was_current = attachment.last_version is None
    if last_version and was_current:
        attachment.last_version = last_version
    else:
        attachment.removed_at = timezone.now()
    attachment.save(update_fields=["last_version", "removed_at"])
    if was_current:
        _count(post, -attachment.size, files=-1)


def _count(post: Post, size: int, *, files: int = 1) -> None:
    """Keep the counts of a post that is locked by the caller."""
    post.file_count += files
    post.file_bytes += size
    post.save(update_fields=["file_count", "file_bytes"])
