from __future__ import annotations

import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Group
from sessions import rules


def new_token() -> str:
    """Enough chance that nobody guesses the address of a calendar."""
    return secrets.token_urlsafe(32)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_calendar_feeds(user)).fetch_mode(models.FETCH_PEERS)

    def open(self) -> Self:
        return self.filter(revoked_at=None)


class CalendarFeed(models.Model):
    """The secret address at which a phone's calendar fetches a person's sessions.

    With a group: those of that group, as long as the person may read them.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds")
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    token = models.CharField(max_length=48, unique=True, default=new_token, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("alamat kalender")
        verbose_name_plural = _("alamat kalender")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group"],
                condition=Q(revoked_at=None),
                name="one_open_feed_per_group",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at=None, group=None),
                name="one_open_feed_of_all_groups",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.group or _('semua kelompok')}"

    def get_absolute_url(self) -> str:
        return reverse("calendar-feed", args=[self.token])
