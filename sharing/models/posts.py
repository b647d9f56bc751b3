"""What members share."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Cycle, Group
from sharing import rules


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_posts(user)).fetch_mode(models.FETCH_PEERS)

    def shared(self) -> Self:
        """Posts that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_author(self) -> Self:
        return self.select_related("author__school", "group")

    def for_list(self) -> Self:
        """Only what a line of a list shows; the words of a post can be long."""
        return self.select_related("author__school").only(
            "title",
            "audience",
            "shared_at",
            "file_count",
            "file_bytes",
            "comment_count",
            "author__name",
            "author__school__name",
        )


class Post(models.Model):
    """What one member shares: material, good practice or a question, for an audience.

    `body` is Markdown as written; `body_html` is its sanitised HTML, made when it is saved.
    """

    class Audience(models.TextChoices):
        GROUP = "group", _("Kelompok")
        DISTRICT = "district", _("Semua guru")
        PUBLIC = "public", _("Umum")

    group = models.ForeignKey(Group, models.PROTECT, related_name="posts")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="posts")
    author = models.ForeignKey(User, models.PROTECT, related_name="posts")
    title = models.CharField(_("judul"), max_length=150)
    body = models.TextField(_("isi"), max_length=20_000, blank=True)
    body_html = models.TextField(editable=False)
    link = models.URLField(
        _("tautan"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    audience = models.CharField(
        _("siapa yang dapat membaca"),
        max_length=8,
        choices=Audience,
        default=Audience.GROUP,
    )
    shared_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    # Kept when files and comments come and go, so that a list of posts counts nothing.
    file_count = models.PositiveSmallIntegerField(default=0, editable=False)
    file_bytes = models.PositiveIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("bahan")
        verbose_name_plural = _("bahan")
        indexes = [
            models.Index(fields=["group", "-id"], name="post_newest_in_group"),
            models.Index(fields=["audience", "-id"], name="post_newest_for_audience"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.pk])
