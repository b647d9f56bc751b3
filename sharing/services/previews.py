"""What the pages behind links say of themselves, fetched in the background."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import urljoin
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from activity.files import check_upload, thumbnail
from sharing.fetching import Fetched, NotFetched, Outside
from sharing.models import LinkPreview
from sharing.page_words import words_of_page

MOST_TRIES = 5
# Both in bytes. Of a page its head is enough; a picture is needed whole.
MOST_OF_PAGE = 512_000
MOST_OF_PICTURE = 2_000_000
_PAGE = ("text/html", "application/xhtml+xml")
_PICTURE = ("image/jpeg", "image/png", "image/webp")
# Seconds after which nobody takes on another link: the next tick does.
ENOUGH = 30.0


def want_preview(url: str) -> None:
    """Have the page behind a link looked at soon. One that was looked at is not looked at again."""
    if url:
        LinkPreview.objects.bulk_create([LinkPreview(url=url)], ignore_conflicts=True)


def fetch_previews(outside: Outside | None = None, limit: int = 20) -> int:
    """Look at the pages that are due, and say at how many.

    A page that does not answer is asked again after 1, 2, 4 and 8 minutes, then never. Two workers
    never ask for the same page: who takes it on puts its next try off first.
    """
    began, asked = time.monotonic(), 0
    due = LinkPreview.objects.filter(
        fetched_at=None, retry_at__lte=timezone.now(), tries__lt=MOST_TRIES
    )
    for preview in due.order_by("retry_at")[:limit]:
        if time.monotonic() - began > ENOUGH:
            break
        waiting = LinkPreview.objects.filter(pk=preview.pk, fetched_at=None, tries=preview.tries)
        pause = timedelta(minutes=2**preview.tries)
        if waiting.update(tries=preview.tries + 1, retry_at=timezone.now() + pause):
            preview.tries += 1
            _look_at(preview, outside or Outside())
            asked += 1
    return asked


def _look_at(preview: LinkPreview, outside: Outside) -> None:
    """Keep what the page says, or why it said nothing; `fetched_at` says that this was it."""
    try:
        page = outside.fetch(preview.url, kinds=_PAGE, most=MOST_OF_PAGE)
    except NotFetched as why:
        preview.failure = str(why)[:200]
        if why.is_final or preview.tries >= MOST_TRIES:
            preview.fetched_at = timezone.now()
        preview.save(update_fields=["failure", "fetched_at"])
        return
    words = words_of_page(page.content, page.content_type)
    preview.title, preview.description = words.title, words.description
    preview.site_name, preview.failure = words.site_name, ""
    if small := _picture(words.picture, page, outside):
        made = ContentFile(small, name=f"{uuid4().hex}.jpg")
        preview.picture.save(str(made.name), made, save=False)
    preview.fetched_at = timezone.now()
    preview.save()


def _picture(address: str, page: Fetched, outside: Outside) -> bytes:
    """The page's picture made anew and small; empty when there is none that can be had."""
    if not address:
        return b""
    try:
        url = urljoin(page.url, address)
        found = outside.fetch(url, kinds=_PICTURE, most=MOST_OF_PICTURE)
        if not found.is_whole:
            return b""
        facts = check_upload(ContentFile(found.content, name="gambar"))
        return thumbnail(facts.content.read()) if facts.is_image else b""
    except (NotFetched, ValidationError, ValueError, OSError):
        return b""
