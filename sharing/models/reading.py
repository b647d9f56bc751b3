"""What a person has read of the feed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sharing.models.posts import Post

VISIT_LASTS = timedelta(minutes=30)


class PostRead(models.Model):
    """That a person opened a post. Nobody but that person is told."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("bahan dibaca")
        verbose_name_plural = _("bahan dibaca")
        constraints = [
            models.UniqueConstraint(fields=["person", "post"], name="one_reading_per_post"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"


class FeedVisit(models.Model):
    """How far a person knows the feed: posts up to `read_up_to` count as read.

    `seen_up_to` was the newest post when the person last looked, `seen_before` the time before:
    what lies between is new since the last visit. All three are ids of posts.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="feed_visit")
    read_up_to = models.PositiveBigIntegerField(default=0)
    seen_up_to = models.PositiveBigIntegerField(default=0)
    seen_before = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kunjungan ke berbagi")
        verbose_name_plural = _("kunjungan ke berbagi")

    def __str__(self) -> str:
        return f"{self.person}"

    def known_before(self, now: datetime) -> int:
        """The newest post of the visit before this one; a visit is over after half an hour."""
        return self.seen_up_to if now - self.seen_at > VISIT_LASTS else self.seen_before
