from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
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
    """What one observer saw in one session: a draft of the observer alone, until submitted.

    A phone may have begun it without signal, under a `uid` of its own making. Each change that
    is kept counts `revision` up; `device` and `sequence` say which change of which phone it was,
    so that one that arrives twice or late changes nothing. See `services.sync_sheet`.
    """

    class Source(models.TextChoices):
        PHONE = "phone", _("HP, juga tanpa sinyal")
        ONLINE = "online", _("diisi daring")
        PAPER = "paper", _("disalin dari kertas")

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    session = models.ForeignKey(ModelSession, models.PROTECT, related_name="observations")
    observer = models.ForeignKey(User, models.PROTECT, related_name="observations")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="observations")
    # The focus as it was when the observer began, so that a later choice changes nothing here.
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    source = models.CharField(
        _("cara mengisi"), max_length=6, choices=Source, default=Source.ONLINE
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    device = models.UUIDField(null=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    corrected_at = models.DateTimeField(null=True, editable=False)

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

    class About(models.TextChoices):
        TEACHER = "teacher", _("Guru")
        PUPILS = "pupils", _("Murid")
        GROUP = "group", _("Kelompok")

    uid = models.UUIDField(default=uuid4, editable=False)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="notes")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    minute = models.PositiveSmallIntegerField(_("menit"))
    about = models.CharField(_("tentang"), max_length=7, choices=About, blank=True)
    # Pupils are children: a desk or its number, never a name.
    seat = models.CharField(_("nomor meja"), max_length=10, blank=True)
    text = models.CharField(_("catatan"), max_length=500)

    class Meta:
        verbose_name = _("catatan")
        verbose_name_plural = _("catatan")
        ordering = ["observation", "minute", "id"]
        constraints = [
            models.UniqueConstraint(fields=["observation", "uid"], name="one_note_per_uid"),
        ]

    def __str__(self) -> str:
        return f"{self.minute}: {self.text}"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_photos(user))

    def stored(self) -> Self:
        return self.exclude(stored_at=None)


class Photo(models.Model):
    """A photo of one minute of the lesson, to an item or a note if the observer said so.

    Its row comes first, with what the phone says of the file; then the file, in pieces that may
    be resumed. Until `stored_at` it is not whole and nobody sees it.
    """

    uid = models.UUIDField(unique=True, editable=False)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="photos")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.ForeignKey(Note, models.SET_NULL, null=True, blank=True, related_name="photos")
    minute = models.PositiveSmallIntegerField(_("menit"))
    # Whoever is to be seen agreed; for pupils, their school and parents did.
    has_consent = models.BooleanField(_("ada izin"), default=False)
    size = models.PositiveIntegerField(_("ukuran (bita)"))
    sha256 = models.CharField(max_length=64)
    received = models.PositiveIntegerField(_("diterima (bita)"), default=0, editable=False)
    file = models.FileField(upload_to="observations/%Y/%m/", max_length=200, blank=True)
    stored_at = models.DateTimeField(null=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        ordering = ["observation", "minute", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_consent=True), name="photos_are_taken_with_consent"
            ),
            models.CheckConstraint(
                condition=Q(received__lte=F("size")), name="no_more_than_the_file_is_received"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minute}: {self.uid}"


class Submission(models.Model):
    """A sheet as it was handed in, whole: the first time, and at each correction."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    # As `services.content_of` writes it: answers and notes in words of that time, photos by uid.
    content = models.JSONField()
    reason = models.CharField(_("alasan koreksi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kiriman lembar")
        verbose_name_plural = _("kiriman lembar")
        ordering = ["observation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "number"], name="one_submission_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation}, {self.number}"
