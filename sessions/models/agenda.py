from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions import rules

if TYPE_CHECKING:
    pass


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_agenda_items(user)).fetch_mode(models.FETCH_PEERS)


class AgendaItem(models.Model):
    """One point of a session's agenda: what, how many minutes, who speaks."""

    session = models.ForeignKey("ModelSession", models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("urutan"))
    title = models.CharField(_("acara"), max_length=150)
    minutes = models.PositiveSmallIntegerField(
        _("menit"), validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    # A person of the platform or a guest; else the name as it stands on paper.
    speaker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pembicara")
    )
    speaker_name = models.CharField(_("nama pembicara"), max_length=120, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("acara sesi")
        verbose_name_plural = _("acara sesi")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_item_per_position"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def speaker_words(self) -> str:
        """Who speaks, as it is shown; empty when nobody was named."""
        return str(self.speaker) if self.speaker else self.speaker_name
