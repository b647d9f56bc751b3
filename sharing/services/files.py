"""Every change to the files of a post."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activity.files import FileFacts, check_upload
from activity.services import changing, record
from sharing import rules
from sharing.events import PostEdited
from sharing.models import Attachment, Post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files import File

    from accounts.models import User


MOST_FILES = 5


def attach_file(post: Post, file: File[bytes], *, by: User, consent: bool = False) -> Attachment:
    """Add one file to a post. A picture needs `consent`, as in `share_post`."""
    with changing(post):
        rules.may_edit_post.require(by, post)
        checked = checked_files([file], beside=post.attachments.count(), consent=consent)
        [attachment] = attach(post, checked)
        record(PostEdited(post_id=post.pk), by=by)
    return attachment


def remove_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file away from its post."""
    with changing(attachment.post):
        rules.may_edit_post.require(by, attachment.post)
        # Asked under the lock: of two at once the second finds it gone, and counts nothing.
        if attachment.post.attachments.filter(pk=attachment.pk).exists():
            drop_file(attachment.post, attachment)
            record(PostEdited(post_id=attachment.post_id), by=by)


def checked_files(files: Iterable[File[bytes]], *, beside: int, consent: bool) -> list[FileFacts]:
    """Look at every file before the first one is stored."""
    given = list(files)
    if len(given) + beside > MOST_FILES:
        reason = _("Paling banyak %(most)s berkas untuk satu bahan.")
        raise ValidationError({"attachments": ValidationError(reason, params={"most": MOST_FILES})})
    checked, refusals = [], []
    for file in given:
        try:
            checked.append(check_upload(file))
        except ValidationError as refusal:
            refusals.append(refusal)
    if refusals:
        raise ValidationError({"attachments": refusals})
    if any(facts.is_image for facts in checked) and not consent:
        raise ValidationError(
            {"consent": _("Foto hanya dapat dibagikan bila murid di dalamnya sudah diizinkan.")}
        )
    return checked


def attach(post: Post, checked: Iterable[FileFacts]) -> list[Attachment]:
    """Store checked files with a post that the caller has locked, and count them."""
    attached = [
        Attachment.objects.create(
            post=post,
            file=facts.content,
            name=facts.name,
            content_type=facts.content_type,
            size=facts.size,
            has_consent=facts.is_image,
        )
        for facts in checked
    ]
    for attachment in attached:
        _count(post, attachment.size)
    return attached


def drop_file(post: Post, attachment: Attachment) -> None:
    """Delete the row now, and the stored file once that is certain."""
    delete = partial(attachment.file.storage.delete, str(attachment.file))
    _count(post, -attachment.size, files=-1)
    attachment.delete()
    transaction.on_commit(delete)


def _count(post: Post, size: int, *, files: int = 1) -> None:
    """Keep the counts of a post that is locked by the caller."""
    post.file_count += files
    post.file_bytes += size
    post.save(update_fields=["file_count", "file_bytes"])
