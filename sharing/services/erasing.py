"""Files that nobody may read any more leave the disk, too."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from activity.services import changing
from sharing.models import Attachment

# So long a mistake can be mended: a post restored, a file brought back by support.
KEPT_FOR = timedelta(days=30)


def erase_files(limit: int = 1000) -> int:
    """Delete files that were removed, or whose post was withdrawn, 30 days ago; say how many.

    A post restored later says that its files are gone: it keeps their number.
    """
    before = timezone.now() - KEPT_FOR
    due = Attachment.objects.to_erase(before).order_by("pk")
    return sum(_erase(attachment) for attachment in due.select_related("post")[:limit])


def _erase(attachment: Attachment) -> bool:
    """Under the lock of its post, for that may be restored just now.

    The stored files go before the row: after a crash the next day finds the row and goes on.
    """
    with changing(attachment.post):
        still = Attachment.objects.to_erase(timezone.now() - KEPT_FOR).filter(pk=attachment.pk)
        if not still.exists():
            return False
        for stored in (attachment.file, attachment.thumbnail):
            if stored:
                default_storage.delete(str(stored))
        attachment.delete()
    return True
