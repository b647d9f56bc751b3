"""Small pictures of what was handed in, made in the background."""

from __future__ import annotations

import logging
import time
from uuid import uuid4

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import F
from django.utils import timezone

from activity.files import CONTENT_TYPES, first_page_of, thumbnail
from sharing.models import Attachment

logger = logging.getLogger(__name__)

MOST_TRIES = 3
# Seconds after which nobody takes on another file: the next tick does.
ENOUGH = 10.0
# Seconds that a file is somebody's; more than looking at one can take.
CLAIMED = 120
# A number of pages that fits its column.
MOST_PAGES = 32_000


def make_thumbnails(limit: int = 50) -> int:
    """Make the small pictures that are still missing, and say how many files were looked at.

    Two workers never look at the same file at once. A file that fails three times is given up.
    """
    began, seen = time.monotonic(), 0
    for attachment in Attachment.objects.to_see_through(MOST_TRIES)[:limit]:
        if time.monotonic() - began > ENOUGH:
            break
        claim = f"thumbnail-{attachment.pk}"
        if not cache.add(claim, 1, CLAIMED):
            continue
        try:
            _see_through(attachment)
        finally:
            cache.delete(claim)
        seen += 1
    return seen


def _see_through(attachment: Attachment) -> None:
    """Count the try before it is made: what kills a worker must not kill the next for ever."""
    waiting = Attachment.objects.filter(pk=attachment.pk, seen_through_at=None)
    if not waiting.filter(tries=attachment.tries).update(tries=F("tries") + 1):
        return
    try:
        small, page_count = _look_at(attachment)
    except (ValidationError, OSError) as error:
        logger.info("No thumbnail of file %s: %s", attachment.pk, type(error).__name__)
        if attachment.tries + 1 >= MOST_TRIES:
            waiting.update(seen_through_at=timezone.now())
        return
    name = ""
    if small:
        made = ContentFile(small, name=f"{uuid4().hex}.jpg")
        field = attachment.thumbnail.field
        name = field.storage.save(field.generate_filename(attachment, str(made.name)), made)
    told = waiting.filter(removed_at=None).update(
        thumbnail=name, page_count=page_count, seen_through_at=timezone.now()
    )
    if name and not told:
        attachment.thumbnail.storage.delete(name)


def _look_at(attachment: Attachment) -> tuple[bytes, int | None]:
    """The small picture, empty where there is none to make, and of a PDF the number of pages."""
    is_pdf = attachment.content_type == CONTENT_TYPES["pdf"]
    if not is_pdf and not attachment.is_image:
        return b"", None
    with attachment.file.open("rb") as file:
        content = file.read()
    if not is_pdf:
        return thumbnail(content), None
    page = first_page_of(content)
    return page.picture, min(page.page_count, MOST_PAGES)
