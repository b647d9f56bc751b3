from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Group
from observations import rules


class Scale(models.Model):
    """An ordered set of words to answer with, e.g. the three-word scale of class observation.

    One that was made for an instrument may change as long as that is a draft; the others never.
    """

    code = models.SlugField(_("kode"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    made_for = models.ForeignKey(
        "Instrument", models.PROTECT, null=True, editable=False, related_name="own_scales"
    )

    class Meta:
        verbose_name = _("skala")
        verbose_name_plural = _("skala")

    def __str__(self) -> str:
        return self.name


class ScalePoint(models.Model):
    """One word of a scale. Its position orders it and is never shown or averaged."""

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("kata"), max_length=80)
    meaning = models.CharField(_("arti"), max_length=300)
    # With the best point the evidence may stay empty where an item asks for it "unless best".
    is_best = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("kata skala")
        verbose_name_plural = _("kata skala")
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "position"], name="one_point_per_position"),
        ]

    def __str__(self) -> str:
        return self.label


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_instruments(user))

    def usable_on(self, day: date) -> Self:
        """Published and valid that day; the default comes first."""
        valid = Q(valid_to=None) | Q(valid_to__gte=day)
        found = self.filter(valid, status=Instrument.Status.PUBLISHED, valid_from__lte=day)
        return found.order_by("-is_default", "name", "-version")

    def whole(self) -> Self:
        """With aspects, indicators, items and the words of scales: six queries for any number."""
        return self.prefetch_related("aspects__indicators__items__scale__points")


class Instrument(models.Model):
    """What observers fill, as data: one version of it.

    A draft may change; a published version never does, nor do the scales that it uses; a retired
    one is not chosen any more and stays for the sessions and observations that have it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        PUBLISHED = "published", _("Terbit")
        RETIRED = "retired", _("Tidak dipakai lagi")

    code = models.SlugField(_("kode"))
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    # Whose it is: a group's, else everybody's. Those that come with the platform have no maker.
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="instruments"
    )
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="instruments"
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="copies"
    )
    name = models.CharField(_("nama"), max_length=120)
    purpose = models.CharField(_("untuk apa"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("menit untuk mengisi"))
    source = models.CharField(_("sumber"), max_length=300)
    licence = models.CharField(_("lisensi"), max_length=120, blank=True)
    # What the licence wants said wherever the instrument is shown, e.g. who translated it.
    notice = models.CharField(_("keterangan lisensi"), max_length=500, blank=True)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)
    is_default = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, editable=False)
    saved_at = models.DateTimeField(auto_now=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrumen")
        verbose_name_plural = _("instrumen")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_instrument_per_version"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(status="draft"),
                name="one_draft_per_instrument",
                violation_error_message=_("Instrumen ini sudah punya draf versi berikutnya."),
            ),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_instrument",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", published_at=None)
                | ~Q(status="draft") & Q(published_at__isnull=False),
                name="published_instruments_say_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("instrument", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


class AspectQuerySet(models.QuerySet["Aspect"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_aspects(user)).select_related("instrument")


class Aspect(models.Model):
    """A part of an instrument. With `pick_one`, only the session's focus indicator is filled."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="aspects")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("nama"), max_length=120)
    pick_one = models.BooleanField(default=False)

    objects = AspectQuerySet.as_manager()

    class Meta:
        verbose_name = _("aspek")
        verbose_name_plural = _("aspek")
        ordering = ["instrument", "position"]

    def __str__(self) -> str:
        return self.name


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_indicators(user)).select_related("aspect__instrument")


class Indicator(models.Model):
    """What a few items together look at, e.g. “Keteraturan Suasana Kelas”."""

    aspect = models.ForeignKey(Aspect, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("kode"))
    name = models.CharField(_("nama"), max_length=150)
    description = models.CharField(_("keterangan"), max_length=500, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikator")
        ordering = ["aspect", "position"]

    def __str__(self) -> str:
        return self.name


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> Self:
        found = self.filter(rules.visible_items(user))
        return found.select_related("indicator__aspect__instrument")


class Item(models.Model):
    """One question to the observer, with hints of what to look for."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("Skala")
        YES_NO = "yes_no", _("Ya/Tidak")
        COUNT = "count", _("Hitungan")
        TEXT = "text", _("Teks")

    class Evidence(models.TextChoices):
        NEVER = "never", _("Tidak diminta")
        ALWAYS = "always", _("Selalu")
        UNLESS_BEST = "unless_best", _("Kecuali pada kata terbaik")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("kode"))
    text = models.CharField(_("butir"), max_length=300)
    hint = models.CharField(_("petunjuk"), max_length=300, blank=True)
    kind = models.CharField(_("jenis"), max_length=6, choices=Kind)
    scale = models.ForeignKey(Scale, models.PROTECT, null=True, blank=True)
    is_required = models.BooleanField(_("wajib"), default=True)
    allows_na = models.BooleanField(_("boleh T/B"), default=False)
    evidence = models.CharField(_("bukti"), max_length=11, choices=Evidence, default=Evidence.NEVER)
    encouraged = models.JSONField(_("dianjurkan"), default=list, blank=True)
    discouraged = models.JSONField(_("dihindari"), default=list, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("butir")
        verbose_name_plural = _("butir")
        ordering = ["indicator", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="scale", scale__isnull=False) | ~Q(kind="scale") & Q(scale=None),
                name="scale_items_have_a_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.text
