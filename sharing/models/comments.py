"""What is answered to a post."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sharing import rules
from sharing.models.posts import Post


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_comments(user)).fetch_mode(models.FETCH_PEERS)

    def with_author(self) -> Self:
        """Only what a page of comments shows, not the words as typed nor all of their author."""
        return self.select_related("author").only(
            "post",
            "parent",
            "body_html",
            "at",
            "edited_at",
            "author__name",
            "deleted_at",
            "deleted_by",
        )

    def first_ones(self) -> Self:
        """Answers to the post itself, not to another answer."""
        return self.filter(parent=None)


class Comment(models.Model):
    """An answer to a post, read by whoever reads the post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, models.PROTECT, related_name="comments")
    body = models.TextField(_("tanggapan"), max_length=4000)
    body_html = models.TextField(editable=False)
    at = models.DateTimeField(auto_now_add=True)
    # One level: an answer to an answer stands beneath the first one.
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answers"
    )
    edited_at = models.DateTimeField(null=True, editable=False)
    # Deleted with a trace: the words are gone, that there was something is not.
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("tanggapan")
        verbose_name_plural = _("tanggapan")
        indexes = [models.Index(fields=["post", "id"], name="comment_in_order")]

    def __str__(self) -> str:
        return f"{self.author}: {self.body[:40]}"

    def get_absolute_url(self) -> str:
        """The page of the first answer with all that was answered to it."""
        return f"{reverse('conversation', args=[self.parent_id or self.pk])}#comment-{self.pk}"

    @property
    def editable_until(self) -> datetime:
        return self.at + rules.EDITABLE_FOR
