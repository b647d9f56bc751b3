"""Where teachers work and what they teach. Loaded from data files; see schools/data/SOURCES.md."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Province(models.Model):
    """A province by its Kemendagri code, e.g. 73 for Sulawesi Selatan."""

    code = models.CharField(_("kode"), max_length=2, primary_key=True)
    name = models.CharField(_("nama"), max_length=80)

    class Meta:
        verbose_name = _("provinsi")
        verbose_name_plural = _("provinsi")

    def __str__(self) -> str:
        return self.name


class Regency(models.Model):
    """A kabupaten or kota by its Kemendagri code, e.g. 73.22 for Kabupaten Luwu Utara."""

    code = models.CharField(_("kode"), max_length=5, primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="regencies")
    name = models.CharField(_("nama"), max_length=80)

    class Meta:
        verbose_name = _("kabupaten/kota")
        verbose_name_plural = _("kabupaten/kota")

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A kecamatan by its Kemendagri code, e.g. 73.22.07 for Seko."""

    code = models.CharField(_("kode"), max_length=8, primary_key=True)
    regency = models.ForeignKey(Regency, models.PROTECT, related_name="districts")
    name = models.CharField(_("nama"), max_length=80)

    class Meta:
        verbose_name = _("kecamatan")
        verbose_name_plural = _("kecamatan")

    def __str__(self) -> str:
        return self.name


class Level(models.TextChoices):
    """The kinds of school, as the Ministry of Education writes them."""

    SD = "SD", _("SD")
    SMP = "SMP", _("SMP")
    SMA = "SMA", _("SMA")
    SMK = "SMK", _("SMK")
    SLB = "SLB", _("SLB")


class SchoolQuerySet(models.QuerySet["School"]):
    def matching(self, words: str) -> Self:
        """Schools in whose name every word occurs, or whose NPSN begins with it."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(npsn__startswith=word))
        return found


class School(models.Model):
    """A school by its NPSN, the eight digits that never change."""

    npsn = models.CharField(
        "NPSN",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^\d{8}$", _("NPSN terdiri atas 8 angka."))],
    )
    name = models.CharField(_("nama"), max_length=120)
    level = models.CharField(_("jenjang"), max_length=3, choices=Level)
    is_public = models.BooleanField(_("negeri"), default=True)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="schools", verbose_name=_("kecamatan")
    )
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    # Set when somebody corrected the row by hand; loading the data files again leaves it alone.
    is_corrected = models.BooleanField(_("diperbaiki tangan"), default=False, editable=False)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("sekolah")
        verbose_name_plural = _("sekolah")
        ordering = ["name"]
        indexes = [models.Index(fields=["level", "name"], name="school_by_level")]
        constraints = [
            models.CheckConstraint(
                condition=Q(npsn__regex=r"^[0-9]{8}$"),
                name="npsn_is_eight_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """A subject of the national curriculum, e.g. code MTK for Matematika."""

    code = models.CharField(_("kode"), max_length=8, primary_key=True)
    name = models.CharField(_("nama"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("mata pelajaran")
        verbose_name_plural = _("mata pelajaran")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """A phase of Kurikulum Merdeka: A = grades 1–2 … D = 7–9, E = 10, F = 11–12."""

    code = models.CharField(_("kode"), max_length=1, primary_key=True)
    first_grade = models.PositiveSmallIntegerField(_("kelas pertama"))
    last_grade = models.PositiveSmallIntegerField(_("kelas terakhir"))

    class Meta:
        verbose_name = _("fase")
        verbose_name_plural = _("fase")
        ordering = ["code"]

    def __str__(self) -> str:
        return gettext("Fase %(code)s") % {"code": self.code}

    @property
    def grades(self) -> range:
        return range(self.first_grade, self.last_grade + 1)


class LoadedData(models.Model):
    """Which data files of an app are in the database, so that nothing is loaded twice."""

    app = models.CharField(max_length=40, primary_key=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("data acuan termuat")
        verbose_name_plural = _("data acuan termuat")

    def __str__(self) -> str:
        return self.app
