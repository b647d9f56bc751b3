from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions import rules

if TYPE_CHECKING:
    pass

# What arrives that long after it happened waited for signal.
SENT_LATER = timedelta(minutes=2)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_participations(user)).fetch_mode(models.FETCH_PEERS)

    def observers(self) -> Self:
        return self.filter(role=Participation.Role.OBSERVER)


class Participation(models.Model):
    """One invited person's part in a session: role, answer to the invitation, attendance."""

    class Role(models.TextChoices):
        PARTICIPANT = "participant", _("Peserta")
        OBSERVER = "observer", _("Pengamat")
        RESOURCE_PERSON = "resource_person", _("Narasumber")

    class Answer(models.TextChoices):
        NONE = "", _("Belum menjawab")
        COMING = "coming", _("Hadir")
        ONLINE = "online", _("Daring")
        NOT_COMING = "not_coming", _("Berhalangan")
        MAYBE = "maybe", _("Ragu")

    class Attendance(models.TextChoices):
        NONE = "", _("Belum dicatat")
        PRESENT = "present", _("Hadir")
        LATE = "late", _("Terlambat")
        EXCUSED = "excused", _("Izin")
        SICK = "sick", _("Sakit")
        ABSENT = "absent", _("Tanpa keterangan")

    class Method(models.TextChoices):
        """How it is known that somebody was there."""

        NONE = "", _("Belum dicatat")
        QR = "qr", _("Kode QR")
        CODE = "code", _("Kode 6 angka")
        ONLINE = "online", _("Gabung daring")
        TICK = "tick", _("Dicatat pengurus")
        PAPER = "paper", _("Lembar cetak")

    session = models.ForeignKey("ModelSession", models.CASCADE, related_name="participations")
    user = models.ForeignKey(User, models.PROTECT, related_name="participations")
    role = models.CharField(_("peran"), max_length=15, choices=Role, default=Role.PARTICIPANT)
    answer = models.CharField(_("jawaban"), max_length=10, choices=Answer, blank=True)
    answer_reason = models.CharField(_("alasan"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    attendance = models.CharField(_("kehadiran"), max_length=7, choices=Attendance, blank=True)
    ticked_at = models.DateTimeField(null=True, editable=False)
    ticked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    method = models.CharField(_("cara"), max_length=6, choices=Method, blank=True, editable=False)
    # When the person was seen, scanned or entered the room; `ticked_at` is when we heard of it.
    attended_at = models.DateTimeField(null=True, editable=False)
    lesson_hours = models.PositiveSmallIntegerField(_("JP diperoleh"), default=0, editable=False)
    # What an observer looks at.
    task = models.CharField(_("tugas pengamat"), max_length=150, blank=True)
    # The turn on the waiting list; None for who has a place or does not ask for one.
    queue_number = models.PositiveIntegerField(null=True, editable=False)
    # In the personal link: raised, every link handed out before stops working.
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("peserta sesi")
        verbose_name_plural = _("peserta sesi")
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="one_part_per_session"),
            models.UniqueConstraint(fields=["session", "queue_number"], name="one_turn_in_queue"),
        ]
        indexes = [models.Index(fields=["user", "role"], name="participation_of_person")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.queue_number is not None

    @property
    def was_present(self) -> bool:
        return self.attendance in {self.Attendance.PRESENT, self.Attendance.LATE}

    @property
    def was_sent_later(self) -> bool:
        """Whether a code waited for signal; its moment is the phone's word."""
        by_code = self.method in {self.Method.QR, self.Method.CODE}
        if not by_code or self.attended_at is None or self.ticked_at is None:
            return False
        return self.ticked_at - self.attended_at > SENT_LATER


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_check_ins(user)).fetch_mode(models.FETCH_PEERS)


class CheckIn(models.Model):
    """One line of the history of an attendance; the last one is what the participation says."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="check_ins")
    attendance = models.CharField(
        _("kehadiran"), max_length=7, choices=Participation.Attendance, blank=True
    )
    method = models.CharField(_("cara"), max_length=6, choices=Participation.Method)
    # When it happened on the phone or in the room, and when it reached us.
    at = models.DateTimeField(default=timezone.now)
    arrived_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("alasan perubahan"), max_length=200, blank=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan kehadiran")
        verbose_name_plural = _("catatan kehadiran")

    def __str__(self) -> str:
        return f"{self.participation}: {self.get_attendance_display()}"

    @property
    def was_sent_later(self) -> bool:
        """Whether the phone kept it and sent it later: the moment is the phone's word."""
        return self.arrived_at - self.at > SENT_LATER


class CodeTries(models.Model):
    """How often a person typed six digits for a session since the last right ones.

    Counted for each person, also one who was not invited, and never for an address: a whole school
    is one address.
    """

    session = models.ForeignKey("ModelSession", models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    wrong = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("percobaan kode")
        verbose_name_plural = _("percobaan kode")
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="one_count_of_tries"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.wrong}"
