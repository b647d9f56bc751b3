"""Gardens at the homes of poor neighbours. No field here may hold a family's name or place."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kesraku import rules
from kesraku.privacy import refuse_family_data
from schools.models import School
from sessions.models import ModelSession
from sharing.models import Post


class Crop(models.Model):
    """A plant that school gardens grow. Growing days are wide ranges (source: FAO EcoCrop)."""

    name = models.CharField(_("nama"), max_length=60, unique=True)
    scientific_name = models.CharField(_("nama ilmiah"), max_length=80)
    days_min = models.PositiveSmallIntegerField(_("umur panen paling cepat, hari"), null=True)
    days_max = models.PositiveSmallIntegerField(_("umur panen paling lama, hari"), null=True)

    class Meta:
        verbose_name = _("tanaman")
        verbose_name_plural = _("tanaman")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GardenQuerySet(models.QuerySet["Garden"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_gardens(user)).fetch_mode(models.FETCH_PEERS)

    def growing(self) -> Self:
        """Gardens that were not ended."""
        return self.filter(ended_at=None)

    def with_school(self) -> Self:
        return self.select_related("school__district", "crop")


class Garden(models.Model):
    """A garden that one school's class tends; the harvest goes to the families who host it.

    Families appear as a number only. Their names and homes are not stored.
    """

    school = models.ForeignKey(
        School, models.PROTECT, related_name="gardens", verbose_name=_("sekolah")
    )
    name = models.CharField(_("nama kebun"), max_length=100, validators=[refuse_family_data])
    crop = models.ForeignKey(Crop, models.PROTECT, verbose_name=_("tanaman"))
    planted_on = models.DateField(_("tanggal tanam"))
    story = models.TextField(
        _("cerita kebun"),
        max_length=1000,
        blank=True,
        validators=[refuse_family_data],
        help_text=_("Jangan menulis nama, alamat, atau foto wajah keluarga penerima."),
    )
    families = models.PositiveSmallIntegerField(
        _("jumlah keluarga penerima"), default=1, validators=[MinValueValidator(1)]
    )
    started_by = models.ForeignKey(User, models.PROTECT, related_name="gardens")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    # Kept when a harvest is recorded, in grams.
    harvested_grams = models.PositiveIntegerField(default=0, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = GardenQuerySet.as_manager()

    class Meta:
        verbose_name = _("kebun")
        verbose_name_plural = _("kebun")
        constraints = [
            models.CheckConstraint(condition=Q(families__gte=1), name="garden_feeds_a_family"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("garden", args=[self.pk])

    @property
    def harvest_window(self) -> tuple[date, date] | None:
        """The first and last day a harvest may be expected; None when the crop's is not known."""
        if self.crop.days_min is None or self.crop.days_max is None:
            return None
        return (
            self.planted_on + timedelta(days=self.crop.days_min),
            self.planted_on + timedelta(days=self.crop.days_max),
        )

    @property
    def kilograms(self) -> Decimal:
        return Decimal(self.harvested_grams) / 1000

    @property
    def age(self) -> int:
        """Days since planting, until today or the day the garden was ended."""
        last = timezone.localdate(self.ended_at)
        return (last - self.planted_on).days


class HarvestQuerySet(models.QuerySet["Harvest"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_harvests(user)).fetch_mode(models.FETCH_PEERS)


class Harvest(models.Model):
    """What a garden gave on one day, in grams."""

    garden = models.ForeignKey(Garden, models.CASCADE, related_name="harvests")
    on = models.DateField(_("tanggal panen"))
    grams = models.PositiveIntegerField(_("berat, gram"), validators=[MinValueValidator(1)])
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = HarvestQuerySet.as_manager()

    class Meta:
        verbose_name = _("panen")
        verbose_name_plural = _("panen")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.garden}: {self.grams} g"

    @property
    def kilograms(self) -> Decimal:
        return Decimal(self.grams) / 1000


class GardenLessonQuerySet(models.QuerySet["GardenLesson"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_garden_lessons(user)).fetch_mode(models.FETCH_PEERS)


class GardenLesson(models.Model):
    """A model-teacher session that is taught in or about a garden."""

    session = models.OneToOneField(ModelSession, models.CASCADE, related_name="garden_lesson")
    garden = models.ForeignKey(Garden, models.PROTECT, related_name="lessons")
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GardenLessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembelajaran di kebun")
        verbose_name_plural = _("pembelajaran di kebun")

    def __str__(self) -> str:
        return f"{self.session}: {self.garden}"


class GardenPostQuerySet(models.QuerySet["GardenPost"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_garden_posts(user)).fetch_mode(models.FETCH_PEERS)


class GardenPost(models.Model):
    """That a post is about a garden: what was taught there, or how it grows."""

    garden = models.ForeignKey(Garden, models.CASCADE, related_name="posts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="garden_links")
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = GardenPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("bahan kebun")
        verbose_name_plural = _("bahan kebun")
        constraints = [
            models.UniqueConstraint(fields=["garden", "post"], name="one_garden_link_per_post"),
        ]

    def __str__(self) -> str:
        return f"{self.garden}: {self.post}"
