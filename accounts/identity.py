"""The numbers by which Indonesian teachers are known, and how to tell a wrong one."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def validate_nuptk(value: str) -> None:
    """Sixteen digits, else ValidationError."""
    if not re.fullmatch(r"[0-9]{16}", value):
        raise ValidationError(_("NUPTK terdiri atas 16 angka."), code="nuptk")


def validate_nip(value: str) -> None:
    """Eighteen digits: birth date, month of appointment, sex (1 or 2) and a number.

    Anything else raises ValidationError. Source: the NIP format of Badan Kepegawaian Negara
    (Perka BKN 22/2007).
    """
    if not re.fullmatch(r"[0-9]{18}", value):
        raise ValidationError(_("NIP terdiri atas 18 angka."), code="nip")
    birth, appointed, sex = value[:8], value[8:14], value[14]
    if not _is_date(birth):
        raise ValidationError(_("Delapan angka pertama NIP bukan tanggal lahir."), code="nip")
    if not _is_date(appointed + "01"):
        raise ValidationError(
            _("Angka ke-9 sampai ke-14 NIP bukan bulan pengangkatan."), code="nip"
        )
    if sex not in "12":
        raise ValidationError(_("Angka ke-15 NIP harus 1 atau 2."), code="nip")


def normalise_phone(text: str) -> str:
    """Write a phone number as E.164, e.g. +6281234567890; Indonesian 08… is understood.

    An empty text stays empty. What is not a phone number raises ValidationError.
    """
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _("Nomor HP tidak dikenali. Contoh yang benar: 0812 3456 7890."),
            code="phone",
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


if TYPE_CHECKING:
    _Words = models.CharField[str, str]
else:
    _Words = models.CharField


class PhoneField(_Words):
    """Keeps a phone number as E.164, however it was typed, as soon as the row is cleaned."""

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        cleaned: str = super().clean(normalise_phone(value or ""), model_instance)
        return cleaned

    def formfield(self, **options: Any) -> Any:
        # People type spaces and dashes, which do not count.
        return super().formfield(**{"max_length": 40, **options})

    def deconstruct(self) -> Any:
        """Call itself a CharField, so that migrations need nothing of ours."""
        name, _path, positional, keywords = super().deconstruct()
        return name, "django.db.models.CharField", positional, keywords


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True
