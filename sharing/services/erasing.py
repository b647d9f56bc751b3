"""Files that nobody may read any more leave the disk, and old words of removed posts go too."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from activity.services import changing
from sharing.library import index_post
from sharing.models import Attachment, Post, Revision
from sharing.services.files import drop_file

# So long a mistake can be mended: a post restored, a file brought back by support.
KEPT_FOR = timedelta(days=30)
# Where a revision names files.
FILE_LISTS = ("files_added", "files_removed")


def erase_files(limit: int = 1000) -> int:
    """Delete files that were removed, or whose post was withdrawn, 30 days ago; say how many.

    What such a post said before it was changed goes with them, and so do the names of the files.
    A post restored later keeps its last words; files that are gone are neither counted nor found.
    """
    before = timezone.now() - KEPT_FOR
    _forget_old_words(before, limit)
    due = Attachment.objects.to_erase(before).order_by("pk")
    return sum(_erase(attachment) for attachment in due.select_related("post")[:limit])


def _forget_old_words(before: datetime, limit: int) -> None:
    """Empty the history of posts withdrawn before that moment: who changed them and when stays."""
    kept = Revision.objects.filter(post__withdrawn_at__lt=before).exclude(before={}, note="")
    for post in Post.objects.filter(pk__in=kept.values("post")).order_by("pk")[:limit]:
        with changing(post):
            # It may be restored just now.
            if post.withdrawn_at and post.withdrawn_at < before:
                post.revisions.update(before={}, note="")


def _erase(attachment: Attachment) -> bool:
    """Under the lock of its post, for that may be restored just now.

    The stored files go before the row: after a crash the next day finds the row and goes on.
    """
    with changing(attachment.post):
        still = Attachment.objects.to_erase(timezone.now() - KEPT_FOR).filter(pk=attachment.pk)
        found = still.first()
        if found is None:
            return False
        if found.removed_at is None:
            drop_file(attachment.post, found)
        for stored in (attachment.file, attachment.thumbnail):
            if stored:
                default_storage.delete(str(stored))
        attachment.delete()
        _forget_name(attachment.post, attachment.name)
        index_post(attachment.post)
    return True


def _forget_name(post: Post, name: str) -> None:
    """Take the name of a file that is gone out of the history, if no file there still has it."""
    if post.attachments.filter(name=name).exists():
        return
    for revision in post.revisions.filter(before__has_any_keys=FILE_LISTS):
        for key in FILE_LISTS:
            if name in revision.before.get(key, ()):
                left = [one for one in revision.before.pop(key) if one != name]
                revision.before |= {key: left} if left else {}
                revision.save(update_fields=["before"])
