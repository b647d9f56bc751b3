from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups import rules
from groups.roles import BOARD, Role
from schools.models import District, Level, Regency, Subject


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_groups(user))

    def with_place(self) -> Self:
        return self.select_related("subject", "district", "regency")


class Group(models.Model):
    """Teachers of one subject (MGMP) or of neighbouring primary schools (KKG)."""

    class Kind(models.TextChoices):
        MGMP = "mgmp", "MGMP"
        KKG = "kkg", "KKG"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Senin")
        TUESDAY = 1, _("Selasa")
        WEDNESDAY = 2, _("Rabu")
        THURSDAY = 3, _("Kamis")
        FRIDAY = 4, _("Jumat")
        SATURDAY = 5, _("Sabtu")

    kind = models.CharField(_("bentuk"), max_length=4, choices=Kind)
    name = models.CharField(_("nama"), max_length=120, unique=True)
    code = models.CharField(
        _("kode surat"),
        max_length=20,
        unique=True,
        help_text=_("Bagian nomor surat, misalnya MGMP-MTK pada 007/MGMP-MTK/LU/XI/2026."),
    )
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, verbose_name=_("mata pelajaran")
    )
    level = models.CharField(_("jenjang"), max_length=3, choices=Level)
    regency = models.ForeignKey(Regency, models.PROTECT, verbose_name=_("kabupaten/kota"))
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("kecamatan")
    )
    governing_body = models.CharField(_("instansi pembina"), max_length=120)
    letterhead = models.TextField(
        _("kop surat"),
        max_length=500,
        blank=True,
        help_text=_("Baris kop surat, dari atas ke bawah."),
    )
    weekday = models.PositiveSmallIntegerField(
        _("hari MGMP"), choices=Weekday, null=True, blank=True
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("kelompok")
        verbose_name_plural = _("kelompok")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.pk])

    def clean(self) -> None:
        if self.kind == self.Kind.MGMP and self.subject_id is None:
            raise ValidationError({"subject": _("Pilih mata pelajaran MGMP ini.")})
        if self.district_id and self.district and self.district.regency_id != self.regency_id:
            raise ValidationError({"district": _("Kecamatan ini bukan di kabupaten itu.")})


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_memberships(user)).fetch_mode(models.FETCH_PEERS)

    def current(self, on: date | None = None) -> Self:
        """Memberships in force on that day, by default today."""
        on = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def staying(self) -> Self:
        """Memberships in force today without an end: who left today is in until midnight."""
        return self.current().filter(ends_on=None)

    def on_board(self) -> Self:
        return self.filter(role__in=BOARD)

    def as_members(self) -> Self:
        """One row for each person: everyone holds the member role beside any other."""
        return self.filter(role=Role.MEMBER)


class Membership(models.Model):
    """One person's role in one group for a time. Board roles carry the number of their SK."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    role = models.CharField(_("peran"), max_length=12, choices=Role, default=Role.MEMBER)
    starts_on = models.DateField(_("mulai"), default=timezone.localdate)
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    decree = models.CharField(_("nomor SK"), max_length=80, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group", "role"],
                condition=Q(ends_on=None),
                name="one_open_membership_per_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_its_start",
                violation_error_message=_("Masa tugas berakhir sebelum mulai."),
            ),
        ]
        indexes = [models.Index(fields=["group", "role"], name="membership_in_group")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} {self.group}"


def new_token() -> str:
    """Enough chance that nobody guesses it, short enough for a QR code."""
    return secrets.token_urlsafe(18)


def in_two_weeks() -> datetime:
    return timezone.now() + timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_invitations(user))

    def open(self, now: datetime) -> Self:
        """Invitations that still let people in."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """A link, also as QR, with which anyone who has it joins the group until it expires."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("berlaku sampai"), default=in_two_weeks)
    revoked_at = models.DateTimeField(null=True, editable=False)
    uses = models.PositiveIntegerField(default=0, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("undangan kelompok")
        verbose_name_plural = _("undangan kelompok")

    def __str__(self) -> str:
        return f"{self.group} ({self.expires_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return reverse("invitation", args=[self.token])

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_join_requests(user)).fetch_mode(models.FETCH_PEERS)

    def waiting(self) -> Self:
        return self.filter(decided_at=None)


class JoinRequest(models.Model):
    """A person without an invitation asks a group's board to let them in."""

    user = models.ForeignKey(User, models.CASCADE, related_name="join_requests")
    group = models.ForeignKey(Group, models.CASCADE, related_name="join_requests")
    message = models.CharField(_("pesan"), max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    accepted = models.BooleanField(null=True, editable=False)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan bergabung")
        verbose_name_plural = _("permintaan bergabung")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group"],
                condition=Q(decided_at=None),
                name="one_waiting_request_per_group",
                violation_error_message=_("Permintaan ke kelompok ini sudah menunggu keputusan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.group}"


class Stage(models.TextChoices):
    """The five letters of a SMART cycle. The value is the letter on the tile."""

    SHARING = "s", _("Berbagi")
    MODELLING = "m", _("Pemodelan")
    ACTION = "a", _("Aksi")
    REINFORCEMENT = "r", _("Penguatan")
    THINK_AND_PAIRS = "t", _("Berpikir & Berpasangan")

    @property
    def hint(self) -> Promise:
        """What a group does next while its cycle is at this stage."""
        return _HINTS[self.value]


_HINTS = {
    "s": _("Bagikan bahan, praktik baik, atau pertanyaan tentang masalah siklus ini."),
    "m": _("Rencanakan sesi: seorang guru model mengajar, yang lain mengamati."),
    "a": _("Pengamat mengisi dan mengirim catatan pengamatannya."),
    "r": _("Beri umpan balik kepada guru model, lalu guru model menulis RTL."),
    "t": _("Pikirkan sendiri, bicarakan berpasangan, lalu bagikan jawabannya."),
}


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_cycles(user)).fetch_mode(models.FETCH_PEERS)

    def open(self) -> Self:
        return self.filter(closed_at=None)


class Cycle(models.Model):
    """One turn of Sharing, Modelling, Action, Reinforcement, Think and Pairs in a group.

    The five counters are kept by `groups.services.count_in_cycle` when the thing really happens,
    so the stage shown is never ticked by hand and never counted on reading.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField(_("siklus ke-"), editable=False)
    theme = models.CharField(_("tema"), max_length=150)
    problem = models.TextField(_("masalah yang dihadapi"), max_length=2000)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    closed_at = models.DateTimeField(null=True, editable=False)
    reflection = models.TextField(_("refleksi penutup"), max_length=2000, blank=True)
    posts_shared = models.PositiveIntegerField(default=0, editable=False)
    sessions_held = models.PositiveIntegerField(default=0, editable=False)
    observations_submitted = models.PositiveIntegerField(default=0, editable=False)
    feedback_given = models.PositiveIntegerField(default=0, editable=False)
    talks_closed = models.PositiveIntegerField(default=0, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("siklus")
        verbose_name_plural = _("siklus")
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_cycle_per_number"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(closed_at=None),
                name="one_open_cycle_per_group",
                violation_error_message=_(
                    "Kelompok ini masih punya siklus yang berjalan. Tutup dulu siklus itu."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cycle_ends_after_its_start",
                violation_error_message=_("Siklus berakhir sebelum mulai."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Siklus %(number)s: %(theme)s") % {
            "number": self.number,
            "theme": self.theme,
        }

    def get_absolute_url(self) -> str:
        return reverse("cycle", args=[self.pk])

    @property
    def counts(self) -> dict[Stage, int]:
        """How often each stage's thing has happened, in the order of the letters."""
        return {
            Stage.SHARING: self.posts_shared,
            Stage.MODELLING: self.sessions_held,
            Stage.ACTION: self.observations_submitted,
            Stage.REINFORCEMENT: self.feedback_given,
            Stage.THINK_AND_PAIRS: self.talks_closed,
        }

    @property
    def stages_done(self) -> str:
        """The letters of the stages in which something happened, e.g. “sm”."""
        return "".join(stage.value for stage, count in self.counts.items() if count)

    @property
    def stage(self) -> Stage:
        """The first stage of which nothing has happened yet; the last one when all have."""
        waiting = (stage for stage, count in self.counts.items() if not count)
        return next(waiting, Stage.THINK_AND_PAIRS)
