from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.identity import PhoneField, validate_nip, validate_nuptk
from accounts.roles import Duty
from schools.models import School


class UserManager(BaseUserManager["User"]):
    """Makes people; whom one may read is `visible_to`."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def visible_to(self, user: User) -> models.QuerySet[User]:
        return self.get_queryset().filter(rules.visible_people(user))


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do follows from memberships and appointments, never from fields here.

    Signs in by username, e-mail or phone. People are deactivated, not deleted.
    """

    class TimeZone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    username = models.CharField(
        _("nama pengguna"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[\w.-]+\Z",
                _("Pakai huruf, angka, titik, garis bawah, dan tanda hubung saja, tanpa spasi."),
            )
        ],
        error_messages={"unique": _("Nama pengguna ini sudah dipakai.")},
    )
    email = models.EmailField(_("surel"), blank=True)
    phone = PhoneField(_("nomor HP"), max_length=16, blank=True)
    name = models.CharField(_("nama tanpa gelar"), max_length=120)
    title_before = models.CharField(_("gelar depan"), max_length=40, blank=True)
    title_after = models.CharField(_("gelar belakang"), max_length=60, blank=True)
    nuptk = models.CharField("NUPTK", max_length=16, blank=True, validators=[validate_nuptk])
    nip = models.CharField("NIP", max_length=18, blank=True, validators=[validate_nip])
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("sekolah"),
    )
    # A guest, such as a narasumber without account, is an inactive person with no way to sign in.
    # Their number may be that of a person who signs up later, or of a guest of another group.
    is_guest = models.BooleanField(_("tamu"), default=False, editable=False)
    institution = models.CharField(_("instansi"), max_length=120, blank=True)
    position = models.CharField(_("jabatan"), max_length=80, blank=True)
    language = models.CharField(
        _("bahasa"),
        max_length=2,
        choices=[("id", "Bahasa Indonesia"), ("en", "English")],
        default="id",
    )
    time_zone = models.CharField(
        _("zona waktu"), max_length=20, choices=TimeZone, default=TimeZone.WITA
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    is_staff = models.BooleanField(_("boleh membuka admin"), default=False)
    joined_at = models.DateTimeField(_("terdaftar"), default=timezone.now, editable=False)
    # Set when a coordinator or an invitation let the person in; until then only public things.
    approved_at = models.DateTimeField(_("disetujui"), null=True, blank=True, editable=False)
    # Kept by notifications, so that the bell on every page costs no query.
    unread_notices = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("orang")
        verbose_name_plural = _("orang")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email="") & Q(is_guest=False),
                name="one_person_per_email",
                violation_error_message=_("Surel ini sudah dipakai orang lain."),
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=~Q(phone="") & Q(is_guest=False),
                name="one_person_per_phone",
                violation_error_message=_("Nomor HP ini sudah dipakai orang lain."),
            ),
            models.UniqueConstraint(
                fields=["nuptk"],
                condition=~Q(nuptk=""),
                name="one_person_per_nuptk",
                violation_error_message=_("NUPTK ini sudah dipakai orang lain."),
            ),
            models.UniqueConstraint(
                fields=["nip"],
                condition=~Q(nip=""),
                name="one_person_per_nip",
                violation_error_message=_("NIP ini sudah dipakai orang lain."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """Write the username small, so that no two differ by capitals only; names are one line."""
        super().clean()
        self.username = self.username.lower()
        for part in ("title_before", "name", "title_after"):
            setattr(self, part, " ".join(getattr(self, part).split()))

    @property
    def full_name(self) -> str:
        """The name as papers write it, e.g. “Dr. Nirmala Pongsapan, M.Si.”."""
        name = f"{self.title_before} {self.name or self.username}".strip()
        return f"{name}, {self.title_after}" if self.title_after else name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.username

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, on: date | None = None) -> Self:
        """Appointments in force on that day, by default today."""
        on = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def of(self, duty: Duty) -> Self:
        return self.filter(duty=duty)


class Appointment(models.Model):
    """A duty that the Dinas gives a person for a time; it ends by itself.

    A supervisor has one row for each *sekolah binaan*, a principal one for the own school, a
    district officer one without a school.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    duty = models.CharField(_("tugas"), max_length=20, choices=Duty)
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("sekolah"),
    )
    starts_on = models.DateField(_("mulai"), default=timezone.localdate)
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    decree = models.CharField(_("nomor SK"), max_length=80, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("penugasan")
        verbose_name_plural = _("penugasan")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "duty", "school"],
                condition=Q(ends_on=None),
                name="one_open_appointment_per_school",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ends_on=None, school=None),
                name="one_open_district_appointment",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_its_start",
                violation_error_message=_("Penugasan berakhir sebelum mulai."),
            ),
            models.CheckConstraint(
                condition=Q(duty=Duty.DISTRICT_OFFICER, school=None)
                | ~Q(duty=Duty.DISTRICT_OFFICER) & Q(school__isnull=False),
                name="appointment_names_its_school",
                violation_error_message=_(
                    "Pengawas dan kepala sekolah perlu sekolah; Dinas tidak."
                ),
            ),
        ]
        indexes = [models.Index(fields=["school", "duty"], name="appointment_at_school")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_duty_display()}"
