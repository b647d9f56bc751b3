from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Group
from sessions import recurrence, rules


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_series(user)).fetch_mode(models.FETCH_PEERS)


class Series(models.Model):
    """Sessions that recur by one rule of RFC 5545; each occurrence is a session of its own.

    The occurrences are made when the series is planned, so that each has its own answers and
    attendance. The rule always ends: it has a COUNT or an UNTIL.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="series")
    # RRULE without its name, e.g. “FREQ=MONTHLY;BYDAY=2TH;COUNT=6”.
    rule = models.CharField(_("aturan berulang"), max_length=200)
    # DTSTART and its zone: a rule counts days of the wall clock.
    starts_at = models.DateTimeField(_("mulai"))
    time_zone = models.CharField(max_length=40, default="Asia/Makassar")
    # The occurrences of the rule that were never made or were taken out, as ISO moments: EXDATE.
    skipped = models.JSONField(default=list, blank=True)
    # The series that this one went on from, at a change of “this and following”.
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="continued_by"
    )
    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(null=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rangkaian sesi")
        verbose_name_plural = _("rangkaian sesi")

    def __str__(self) -> str:
        return f"{self.group}: {self.rule}"

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.pk])

    @property
    def zone(self) -> ZoneInfo:
        """Whose wall clock the rule goes by."""
        return ZoneInfo(self.time_zone)

    @property
    def recurrence(self) -> recurrence.Rule:
        """The rule as it is understood here."""
        return recurrence.from_text(self.rule, self.starts_at, self.zone)

    @property
    def words(self) -> str:
        """The rule in the reader's language."""
        return recurrence.in_words(self.recurrence)

    @property
    def skipped_at(self) -> set[datetime]:
        """The moments of the rule that have no session."""
        return {datetime.fromisoformat(moment) for moment in self.skipped}

    def moments(self) -> list[datetime]:
        """Every moment of the rule, skipped ones too."""
        return recurrence.occurrences(self.recurrence, self.starts_at, self.zone)

    def revise(self) -> tuple[str, ...]:
        """Count one more change that calendars show; the fields to save are returned."""
        self.revision += 1
        self.revised_at = timezone.now()
        return "revision", "revised_at"
