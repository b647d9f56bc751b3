from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from observations import rules
from observations.models.instrument import Indicator, Instrument
from sessions.models import ModelSession


class FocusQuerySet(models.QuerySet["Focus"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_focuses(user))


class Focus(models.Model):
    """What the guru model asks her observers to look at: an instrument, and one indicator of it.

    No indicator where the instrument does not pick one.
    """

    session = models.OneToOneField(ModelSession, models.CASCADE, related_name="focus")
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="+", verbose_name=_("instrumen")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, verbose_name=_("indikator fokus")
    )
    chosen_at = models.DateTimeField(auto_now=True)

    objects = FocusQuerySet.as_manager()

    class Meta:
        verbose_name = _("fokus pengamatan")
        verbose_name_plural = _("fokus pengamatan")

    def __str__(self) -> str:
        return str(self.indicator or self.instrument)
