"""How far posts go, without following anyone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sharing.models.posts import Post


class Reach(models.Model):
    """How often a post was shared on or visited in a month: a number, nothing of who it was."""

    class Channel(models.TextChoices):
        VISIT = "visit", _("Kunjungan")
        DEVICE = "device", _("Menu bagikan HP")
        WHATSAPP = "whatsapp", "WhatsApp"
        TELEGRAM = "telegram", "Telegram"
        FACEBOOK = "facebook", "Facebook"
        X = "x", "X"
        COPY = "copy", _("Salin tautan")

    post = models.ForeignKey(Post, models.CASCADE, related_name="reach")
    # The first day of the month, in the platform's time zone.
    month = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("jangkauan bahan")
        verbose_name_plural = _("jangkauan bahan")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "month", "channel"], name="one_count_per_month_and_channel"
            ),
        ]
        indexes = [
            models.Index(fields=["month", "channel", "-times"], name="reach_most_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.month:%Y-%m} {self.channel}"
