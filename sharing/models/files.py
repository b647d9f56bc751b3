"""The files of a post."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sharing import rules
from sharing.models.posts import Post


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_attachments(user)).fetch_mode(models.FETCH_PEERS)

    def current(self) -> Self:
        """Files of the newest version, none that was taken away."""
        return self.filter(last_version=None, removed_at=None)

    def to_erase(self, before: datetime) -> Self:
        """Files removed before that moment, and those of posts withdrawn before it."""
        return self.filter(Q(removed_at__lt=before) | Q(post__withdrawn_at__lt=before))

    def to_see_through(self, most_tries: int) -> Self:
        """Files without a thumbnail that were tried less often than that, the oldest first."""
        waiting = self.filter(seen_through_at=None, removed_at=None, tries__lt=most_tries)
        return waiting.order_by("pk")


class Attachment(models.Model):
    """A file of a post. Its type was read from its content, never from its name."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments")
    # What its address is made of: nobody can count up to another file.
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    file = models.FileField(_("berkas"), upload_to="posts/%Y/%m/", max_length=200)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text=_("bita"))
    # Of a picture: the person who shared it said that no child is in it without consent.
    has_consent = models.BooleanField(default=False)
    # A small JPEG of the picture, or of a PDF's first page. Made in the background.
    thumbnail = models.FileField(
        upload_to="thumbnails/%Y/%m/", max_length=200, blank=True, editable=False
    )
    page_count = models.PositiveSmallIntegerField(null=True, editable=False)
    # When the thumbnail was made, or was found to be impossible; none while it is to be tried.
    seen_through_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    # The versions of the post that have this file: from the first to the last, or still.
    first_version = models.PositiveSmallIntegerField(default=1, editable=False)
    last_version = models.PositiveSmallIntegerField(null=True, editable=False)
    # Taken away: nobody reads it any more, and 30 days later it is gone from the disk too.
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("lampiran")
        verbose_name_plural = _("lampiran")
        indexes = [
            models.Index(
                fields=["id"], name="file_to_see_through", condition=Q(seen_through_at=None)
            ),
            models.Index(
                fields=["removed_at"],
                name="file_to_erase",
                condition=Q(removed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.key])

    def is_in_version(self, number: int) -> bool:
        return self.first_version <= number and (
            self.last_version is None or number <= self.last_version
        )

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def kind(self) -> str:
        """The ending of its name, as people say it: PDF, DOCX, JPG."""
        return self.name.rpartition(".")[2].upper()

    @property
    def thumbnail_name(self) -> str:
        """What the small picture is called when somebody saves it."""
        return f"{self.name.rpartition('.')[0]}.jpg"


class LinkPreview(models.Model):
    """What the page behind a post's link says of itself, fetched in the background, once.

    Nothing of it is trusted: it is plain text, and a picture that was made anew.
    """

    url = models.URLField(max_length=500, unique=True)
    title = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=400, blank=True)
    site_name = models.CharField(max_length=100, blank=True)
    picture = models.FileField(upload_to="previews/%Y/%m/", max_length=200, blank=True)
    fetched_at = models.DateTimeField(null=True)
    # Why there is none, for support; empty when it went well.
    failure = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("pratinjau tautan")
        verbose_name_plural = _("pratinjau tautan")
        indexes = [
            models.Index(
                fields=["retry_at"], name="preview_to_fetch", condition=Q(fetched_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def host(self) -> str:
        """Whose page it is, as people know it: without the “www.”."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")
