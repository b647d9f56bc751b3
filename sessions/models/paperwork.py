from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions import rules

if TYPE_CHECKING:
    pass


class PaperworkQuerySet(models.QuerySet["Paperwork"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_paperwork(user)).fetch_mode(models.FETCH_PEERS)


class Paperwork(models.Model):
    """What only the papers of a session say: letter, minutes and record, report."""

    session = models.OneToOneField("ModelSession", models.CASCADE, related_name="paperwork")
    letter_subject = models.CharField(_("perihal"), max_length=150, blank=True)
    letter_to = models.TextField(_("Yth."), max_length=500, blank=True)
    letter_enclosures = models.CharField(_("lampiran"), max_length=100, blank=True)
    letter_copies = models.TextField(_("tembusan"), max_length=500, blank=True)
    letter_city = models.CharField(_("tempat surat"), max_length=60, blank=True)
    letter_on = models.DateField(_("tanggal surat"), null=True, blank=True)
    dress = models.CharField(_("pakaian"), max_length=100, blank=True)
    bring = models.TextField(_("yang dibawa"), max_length=500, blank=True)
    # When it really began and ended, as minutes and official record say it.
    began_at = models.DateTimeField(_("mulai sebenarnya"), null=True, blank=True)
    ended_at = models.DateTimeField(_("selesai sebenarnya"), null=True, blank=True)
    # Who countersigns record, report and certificates: office, name and NIP, a line each.
    acknowledged_by = models.TextField(_("mengetahui"), max_length=300, blank=True)
    foreword = models.TextField(_("kata pengantar"), max_length=2000, blank=True)
    background = models.TextField(_("latar belakang"), max_length=4000, blank=True)
    legal_basis = models.TextField(_("dasar"), max_length=2000, blank=True)
    purpose = models.TextField(_("tujuan kegiatan"), max_length=2000, blank=True)
    audience = models.TextField(_("sasaran"), max_length=1000, blank=True)
    funding = models.TextField(_("dana"), max_length=2000, blank=True)
    results = models.TextField(_("hasil"), max_length=4000, blank=True)
    problems = models.TextField(_("masalah dan pemecahan"), max_length=4000, blank=True)
    conclusion = models.TextField(_("simpulan"), max_length=2000, blank=True)
    recommendation = models.TextField(_("rekomendasi"), max_length=2000, blank=True)

    objects = PaperworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("isian surat dan laporan")
        verbose_name_plural = _("isian surat dan laporan")

    def __str__(self) -> str:
        return f"{self.session}"


class SessionFileQuerySet(models.QuerySet["SessionFile"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_session_files(user)).fetch_mode(models.FETCH_PEERS)


class SessionFile(models.Model):
    """A photo, material or signed attendance sheet of a session."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Foto kegiatan")
        MATERIAL = "material", _("Materi")
        SHEET = "sheet", _("Daftar hadir bertanda tangan")

    session = models.ForeignKey("ModelSession", models.CASCADE, related_name="files")
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind)
    file = models.FileField(_("berkas"), upload_to="sessions/%Y/%m/", max_length=200)
    name = models.CharField(max_length=120, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    # Whoever uploads a photo of people says that they agreed to it.
    has_consent = models.BooleanField(_("orang di foto setuju"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = SessionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas sesi")
        verbose_name_plural = _("berkas sesi")

    def __str__(self) -> str:
        return self.name
