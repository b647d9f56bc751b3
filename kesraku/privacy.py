"""Keeps the host families of gardens out of what people write about a garden."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Capitals matter after the words in (?i:…): they tell a name from an everyday word.
_NAMED_HOST = re.compile(
    r"\b(?i:keluarga|rumah|halaman|pekarangan|lahan|tanah|kebun|milik|warga|penerima)\s+"
    r"(?i:bapak|ibu|pak|bu|nenek|kakek|daeng|puang|ambe|indo|tante|om|hj?\.?)\s+"
    r"(?!(?:Guru|Kepala|Lurah|Desa|Camat|Kami|Kita)\b)[A-Z]\w+"
)
_NAMED_FAMILY = re.compile(
    r"\b(?i:keluarga)\s+(?!(?:Harapan|Berencana|Penerima|Sejahtera|Bapak|Ibu|Besar|Sekolah)\b)"
    r"[A-Z][a-z]+"
)
_ADDRESS = re.compile(
    r"\b(?:RT|RW)\b[\s./:]*\d|\bRT\s*/\s*RW\b|\b(?i:jalan|jln?)\b\.?\s+[A-Z]\w+|"
    r"\b(?i:dusun|lorong|blok)\s+\w+.{0,20}\b(?i:no|nomor)\b\.?\s*\d"
)
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?62[ .-]?|0)8\d(?:[ .-]?\d){6,10}(?!\d)")
_PLACE = re.compile(r"-?\d{1,2}[.,]\d{4,}\s*[,;]\s*1\d{2}[.,]\d{4,}|(?i:maps\.|goo\.gl/maps)")


def refuse_family_data(text: str) -> None:
    """Raise ValidationError when a text seems to tell who a host family is or where it lives.

    It finds what people write without thinking: “keluarga Ibu Sitti”, RT/RW, street names, phone
    and identity numbers, coordinates. It cannot find everything, so the form says it as well.
    """
    if _NAMED_HOST.search(text) or _NAMED_FAMILY.search(text):
        raise ValidationError(
            _("Jangan menulis nama keluarga penerima. Tulis cukup “satu keluarga dekat sekolah”."),
            code="family_name",
        )
    if _LONG_NUMBER.search(text):
        raise ValidationError(_("Jangan menulis NIK atau nomor KK."), code="identity_number")
    if _PHONE.search(text):
        raise ValidationError(_("Jangan menulis nomor HP."), code="phone")
    if _ADDRESS.search(text) or _PLACE.search(text):
        raise ValidationError(
            _("Jangan menulis alamat atau letak rumah keluarga penerima."), code="address"
        )
