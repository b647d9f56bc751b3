from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reinforcement import rules
from sessions.models import ModelSession


class PreparationQuerySet(models.QuerySet["Preparation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_preparations(user))


class Preparation(models.Model):
    """What the guru model wants of the lesson, said before it: part A of the talk.

    Source: the national talk A–E around class observation (Pengelolaan Kinerja). Parts B to E are
    the observations, the feedback with its talk, the effort, and what came of it.
    """

    session = models.OneToOneField(ModelSession, models.PROTECT, related_name="preparation")
    target = models.TextField(_("yang ingin saya perbaiki"), max_length=1000)
    plan = models.TextField(_("yang saya siapkan"), max_length=1000, blank=True)
    request = models.TextField(_("yang saya minta diamati"), max_length=1000, blank=True)
    # With whom she talked it over, if she did.
    partner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dibicarakan dengan"),
    )
    talked_on = models.DateField(_("tanggal bicara"), null=True, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        verbose_name = _("persiapan")
        verbose_name_plural = _("persiapan")

    def __str__(self) -> str:
        return f"{self.session}"


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_reflections(user))


class Reflection(models.Model):
    """The guru model's own look back, written before she reads what others wrote.

    Source of its parts: the national talk A–E after class observation (Pengelolaan Kinerja).
    """

    session = models.OneToOneField(ModelSession, models.PROTECT, related_name="reflection")
    target = models.TextField(_("apa sasaran saya dan persiapan saya"), max_length=2000)
    went_well = models.TextField(_("apa yang berjalan baik, apa buktinya"), max_length=2000)
    not_yet = models.TextField(_("apa yang belum, menurut saya mengapa"), max_length=2000)
    learned = models.TextField(_("apa yang saya pelajari"), max_length=2000)
    written_at = models.DateTimeField(auto_now_add=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("refleksi")
        verbose_name_plural = _("refleksi")

    def __str__(self) -> str:
        return f"{self.session}"
