from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Cycle, Group
from schools.models import Phase, School
from sessions import rules

if TYPE_CHECKING:
    pass

# The guru model reads what others wrote once she wrote her own reflection, or this long after.
OPENS_AFTER = timedelta(hours=48)


def new_secret() -> str:
    """Enough chance that nobody guesses the room of a session or the codes of its attendance."""
    return secrets.token_urlsafe(24)


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
        return self.select_related(
            "teacher__school", "leader", "group", "cycle", "school__district", "phase"
        )


class ModelSession(models.Model):
    """A lesson that one teacher, the guru model, gives as a model while colleagues observe.

    Or a visit: her pengawas sees a lesson of hers, and no group has a part in it. Or a meeting of
    the group: it has no guru model, phase or grade.
    """

    class Kind(models.TextChoices):
        LESSON = "lesson", _("Sesi guru model")
        VISIT = "visit", _("Kunjungan pengawas")
        WORKSHOP = "workshop", _("Rapat kerja")
        SHARING = "sharing", _("Pertemuan berbagi")
        THINK_PAIRS = "think_pairs", _("Pertemuan Think & Pairs")
        REFLECTION = "reflection", _("Pertemuan refleksi")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        HELD = "held", _("Terlaksana")
        CANCELLED = "cancelled", _("Dibatalkan")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("Luring")
        ONLINE = "online", _("Daring")
        BLENDED = "blended", _("Bauran")

    class Provider(models.TextChoices):
        LINK = "link", _("Tautan sendiri")
        JITSI = "jitsi", "Jitsi"
        BIGBLUEBUTTON = "bigbluebutton", "BigBlueButton"

    class HourLength(models.IntegerChoices):
        """The minutes of one JP (jam pelajaran)."""

        LESSON_HOUR = 45, _("45 menit")
        FULL_HOUR = 60, _("60 menit")

    kind = models.CharField(_("jenis"), max_length=11, choices=Kind, default=Kind.LESSON)
    # A visit is between a teacher and her pengawas: no group has a part in it.
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="sessions")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="sessions")
    teacher = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taught_sessions",
        verbose_name=_("guru model"),
    )
    # Who leads and who takes the minutes: papers name them.
    leader = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_sessions",
        verbose_name=_("pemimpin"),
    )
    note_taker = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="noted_sessions",
        verbose_name=_("notulis"),
    )
    title = models.CharField(_("judul"), max_length=150)
    goal = models.TextField(_("tujuan"), max_length=1000, blank=True)
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, verbose_name=_("fase"))
    grade = models.PositiveSmallIntegerField(_("kelas"), null=True, blank=True)
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
    provider = models.CharField(
        _("ruang daring"), max_length=13, choices=Provider, default=Provider.LINK
    )
    online_link = models.URLField(_("tautan daring"), max_length=500, blank=True)
    # Names the room made by us and keys the codes of the attendance. Never shown.
    secret = models.CharField(max_length=32, default=new_secret, editable=False)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    capacity = models.PositiveSmallIntegerField(_("jumlah tempat"), null=True, blank=True)
    observer_places = models.PositiveSmallIntegerField(_("jumlah pengamat"), null=True, blank=True)
    lesson_hours = models.PositiveSmallIntegerField(_("jumlah JP"), default=0)
    hour_length = models.PositiveSmallIntegerField(
        _("panjang satu JP"), choices=HourLength, default=HourLength.LESSON_HOUR
    )
    series = models.ForeignKey(
        "Series", models.PROTECT, null=True, blank=True, related_name="sessions", editable=False
    )
    # When the rule of its series has it; RECURRENCE-ID of RFC 5545. It stays when it is moved.
    occurs_at = models.DateTimeField(null=True, editable=False)
    # The session of the semester before that this one was planned like.
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="copies"
    )
    # Changed by itself: changes to the whole series leave it alone.
    deviates = models.BooleanField(default=False, editable=False)
    # Its UID and SEQUENCE in calendars, RFC 5545: the same for ever, and one more at each change.
    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(null=True, editable=False)
    # Superseded by LessonPlan, which keeps every version; no longer written.
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
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    # The JP that the guru model earned: she is not among the invited, who have theirs there.
    teacher_hours = models.PositiveSmallIntegerField(_("JP guru model"), default=0, editable=False)
    # The lesson clock: everybody's minutes are counted from here once it was started.
    clock_started_at = models.DateTimeField(null=True, editable=False)
    clock_started_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # One more at each change that the live page shows.
    live_version = models.PositiveIntegerField(default=0, editable=False)
    cancel_reason = models.CharField(_("alasan batal"), max_length=300, blank=True)
    # When the guru model may read observations and feedback: set on holding, brought forward by
    # reinforcement when she writes her reflection. Rules of higher apps compare it with now.
    opens_at = models.DateTimeField(null=True, editable=False)
    # Kept by `sessions.services.count_in_session` when it really happens, never counted on reading.
    sheets_submitted = models.PositiveSmallIntegerField(default=0, editable=False)
    feedback_given = models.PositiveSmallIntegerField(default=0, editable=False)
    lesson_plan_versions = models.PositiveSmallIntegerField(default=0, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = ModelSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sesi")
        verbose_name_plural = _("sesi")
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
            models.CheckConstraint(
                condition=Q(
                    kind="lesson", teacher__isnull=False, phase__isnull=False, grade__isnull=False
                )
                | Q(kind="visit", teacher__isnull=False)
                | ~Q(kind__in=["lesson", "visit"]) & Q(teacher=None, phase=None, grade=None),
                name="lessons_and_visits_have_a_teacher",
                violation_error_message=_(
                    "Sesi guru model perlu guru model, fase, dan kelas; pertemuan tidak."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="visit", group=None, leader__isnull=False)
                | ~Q(kind="visit") & Q(group__isnull=False),
                name="all_but_visits_belong_to_a_group",
            ),
            models.UniqueConstraint(
                fields=["series", "occurs_at"], name="one_session_per_occurrence"
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
            models.Index(fields=["school", "starts_at"], name="session_at_school"),
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

    @property
    def is_lesson(self) -> bool:
        """Whether a teacher teaches and others observe: as guru model, or on a visit."""
        return self.kind in {self.Kind.LESSON, self.Kind.VISIT}

    @property
    def is_visit(self) -> bool:
        return self.kind == self.Kind.VISIT

    @property
    def host(self) -> str:
        """Whose session it is, in words: the group's, or of a visit the pengawas'."""
        return str(self.group or self.leader)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def model_teacher(self) -> User:
        """The guru model of a lesson. A meeting has none: asking it is a mistake of the caller."""
        if self.teacher is None:
            raise TypeError("A meeting has no guru model.")
        return self.teacher

    @property
    def counts_from(self) -> datetime:
        """When minute 0 was: the start of the lesson clock, else the planned start."""
        return self.clock_started_at or self.starts_at

    def revise(self) -> tuple[str, ...]:
        """Count one more change that calendars show; the fields to save are returned."""
        self.revision += 1
        self.revised_at = timezone.now()
        return "revision", "revised_at"

    @property
    def counts_until(self) -> datetime:
        """When the last minute is over: who starts late ends late."""
        return max(self.ends_at, self.counts_from + (self.ends_at - self.starts_at))

    def minute_at(self, now: datetime) -> int | None:
        """The minute of the lesson at that moment; None before it and after it."""
        if not self.counts_from <= now <= self.counts_until:
            return None
        return int((now - self.counts_from).total_seconds() // 60)

    def is_open_to_teacher(self, now: datetime) -> bool:
        """Whether the guru model may read what others wrote about this session."""
        return self.opens_at is not None and self.opens_at <= now
