"""Which posts belong to a session."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions import rules
from sessions.models.session import ModelSession
from sharing.models import Post


class SessionPostQuerySet(models.QuerySet["SessionPost"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_session_posts(user)).fetch_mode(models.FETCH_PEERS)


class SessionPost(models.Model):
    """That a post belongs to a session: its material, or what came of it."""

    session = models.ForeignKey(ModelSession, models.CASCADE, related_name="posts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="session_links")
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = SessionPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("bahan sesi")
        verbose_name_plural = _("bahan sesi")
        constraints = [
            models.UniqueConstraint(fields=["session", "post"], name="one_link_per_post"),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.post}"
