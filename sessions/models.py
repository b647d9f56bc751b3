from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Cycle, Group
from schools.models import Phase, School
from sessions import rules

# The guru model reads what others wrote once she wrote her own reflection, or this long after.
OPENS_AFTER = timedelta(hours=48)


class ModelSessionQuerySet(models.QuerySet["ModelSession"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_sessions(user)).fetch_mode(models.FETCH_PEERS)

    def planned_between(self, start: datetime, end: datetime) -> Self:
        return self.filter(status=ModelSession.Status.PLANNED, starts_at__range=(start, end))

    def clashing_with(self, start: datetime, end: datetime) -> Self:
        """Sessions not cancelled that share at least a minute with that time."""
        return self.exclude(status=ModelSession.Status.CANCELLED).filter(
            starts_at__lt=end, ends_at__gt=start
        )

    def with_people(self) -> Self:
        return self.select_related("teacher__school", "group", "cycle", "school__district", "phase")


class ModelSession(models.Model):
    """A lesson that one teacher, the guru model, gives as a model while colleagues observe."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        HELD = "held", _("Terlaksana")
        CANCELLED = "cancelled", _("Dibatalkan")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("Luring")
        ONLINE = "online", _("Daring")
        BLENDED = "blended", _("Bauran")

    group = models.ForeignKey(Group, models.PROTECT, related_name="sessions")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="sessions")
    teacher = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="taught_sessions",
        verbose_name=_("guru model"),
    )
    title = models.CharField(_("judul pembelajaran"), max_length=150)
    goal = models.TextField(_("tujuan pembelajaran"), max_length=1000)
    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name=_("fase"))
    grade = models.PositiveSmallIntegerField(_("kelas"))
    mode = models.CharField(_("cara"), max_length=9, choices=Mode, default=Mode.IN_PERSON)
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("sekolah"),
    )
    place = models.CharField(_("tempat"), max_length=150, blank=True)
    online_link = models.URLField(_("tautan daring"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    lesson_plan = models.FileField(
        _("modul ajar"), upload_to="lesson-plans/%Y/%m/", max_length=200, blank=True
    )
    lesson_plan_name = models.CharField(max_length=120, blank=True, editable=False)
    lesson_plan_type = models.CharField(max_length=100, blank=True, editable=False)
    lesson_plan_size = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.PLANNED, editable=False)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(auto_now_add=True)
    held_at = models.DateTimeField(null=True, editable=False)
    cancel_reason = models.CharField(_("alasan batal"), max_length=300, blank=True)
    # When the guru model may read observations and feedback: set on holding, brought forward by
    # reinforcement when she writes her reflection. Rules of higher apps compare it with now.
    opens_at = models.DateTimeField(null=True, editable=False)
    # Kept by `sessions.services.count_in_session` when it really happens, never counted on reading.
    sheets_submitted = models.PositiveSmallIntegerField(default=0, editable=False)
    feedback_given = models.PositiveSmallIntegerField(default=0, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = ModelSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sesi guru model")
        verbose_name_plural = _("sesi guru model")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_its_start",
                violation_error_message=_("Sesi berakhir sebelum mulai."),
            ),
            models.CheckConstraint(
                condition=Q(grade__range=(1, 12)),
                name="grade_is_1_to_12",
                violation_error_message=_("Kelas adalah angka 1 sampai 12."),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "-starts_at"], name="session_latest_in_group"),
            models.Index(fields=["teacher", "starts_at"], name="session_of_teacher"),
            models.Index(
                fields=["starts_at"],
                name="session_planned",
                condition=Q(status="planned"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("session", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED

    @property
    def was_held(self) -> bool:
        return self.status == self.Status.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    def is_open_to_teacher(self, now: datetime) -> bool:
        """Whether the guru model may read what others wrote about this session."""
        return self.opens_at is not None and self.opens_at <= now


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
        NOT_COMING = "not_coming", _("Izin")

    class Attendance(models.TextChoices):
        NONE = "", _("Belum dicatat")
        PRESENT = "present", _("Hadir")
        LATE = "late", _("Terlambat")
        EXCUSED = "excused", _("Izin")
        SICK = "sick", _("Sakit")
        ABSENT = "absent", _("Tanpa keterangan")

    session = models.ForeignKey(ModelSession, models.CASCADE, related_name="participations")
    user = models.ForeignKey(User, models.PROTECT, related_name="participations")
    role = models.CharField(_("peran"), max_length=15, choices=Role, default=Role.PARTICIPANT)
    answer = models.CharField(_("jawaban"), max_length=10, choices=Answer, blank=True)
    answer_reason = models.CharField(_("alasan"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    attendance = models.CharField(_("kehadiran"), max_length=7, choices=Attendance, blank=True)
    ticked_at = models.DateTimeField(null=True, editable=False)
    ticked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("peserta sesi")
        verbose_name_plural = _("peserta sesi")
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="one_part_per_session"),
        ]
        indexes = [models.Index(fields=["user", "role"], name="participation_of_person")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def was_present(self) -> bool:
        return self.attendance in {self.Attendance.PRESENT, self.Attendance.LATE}
