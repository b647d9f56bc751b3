from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from activity.events import Event


class EntryQuerySet(models.QuerySet["Entry"]):
    def due(self, now: datetime) -> Self:
        """Entries whose consequences are still owed, oldest first."""
        return self.filter(handled_at=None, retry_at__lte=now).order_by("pk")

    def claim(self, entry: Entry, now: datetime) -> bool:
        """Take one entry. False means that another worker has it."""
        return self.filter(pk=entry.pk, handled_at=None).update(handled_at=now) == 1


class Entry(models.Model):
    """One line of the activity log, which is also the queue of consequences still owed.

    It is written in the transaction of the change it tells of, so neither exists without the
    other. `once` keeps a second entry of the same key out: reminders use it.
    """

    name = models.CharField(max_length=80)
    data = models.JSONField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    once = models.CharField(max_length=120, null=True, unique=True)
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan kegiatan"
        verbose_name_plural = "catatan kegiatan"
        indexes = [
            models.Index(fields=["retry_at"], name="entry_due", condition=Q(handled_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.data}"

    @property
    def event(self) -> Event:
        return Event.by_name[self.name](**self.data, actor_id=self.actor_id)

    def postpone(self, now: datetime) -> None:
        """Try again later: after 1, 2, 4 … minutes, at most a day."""
        self.attempts += 1
        self.retry_at = now + timedelta(minutes=min(2 ** (self.attempts - 1), 24 * 60))
        self.save(update_fields=["attempts", "retry_at"])
