from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from observations import rules
from observations.models.instrument import Indicator, Instrument, Item, ScalePoint
from sessions.models import ModelSession


class ObservationQuerySet(models.QuerySet["Observation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_observations(user)).fetch_mode(models.FETCH_PEERS)

    def submitted(self) -> Self:
        return self.exclude(submitted_at=None)


class Observation(models.Model):
    """What one observer saw in one session: a draft of the observer alone, until submitted."""

    session = models.ForeignKey(ModelSession, models.PROTECT, related_name="observations")
    observer = models.ForeignKey(User, models.PROTECT, related_name="observations")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="observations")
    # The focus as it was when the observer began, so that a later choice changes nothing here.
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, editable=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observasi")
        verbose_name_plural = _("observasi")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "observer"], name="one_observation_per_observer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observer}: {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("observation", args=[self.pk])


class Answer(models.Model):
    """The answer to one item, with its evidence. Which field is filled follows the item's kind."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    point = models.ForeignKey(ScalePoint, models.PROTECT, null=True, blank=True, related_name="+")
    yes = models.BooleanField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(max_length=4000, blank=True)
    is_na = models.BooleanField(default=False)
    evidence = models.TextField(_("bukti"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("jawaban")
        verbose_name_plural = _("jawaban")
        constraints = [
            models.UniqueConstraint(fields=["observation", "item"], name="one_answer_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item}"


class Note(models.Model):
    """What the observer saw in one minute of the lesson, counted from its start."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="notes")
    minute = models.PositiveSmallIntegerField(_("menit"))
    text = models.CharField(_("catatan"), max_length=500)

    class Meta:
        verbose_name = _("catatan")
        verbose_name_plural = _("catatan")
        ordering = ["observation", "minute", "id"]

    def __str__(self) -> str:
        return f"{self.minute}: {self.text}"
