"""What is read about schools beyond one filter."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schools.models import School

_FEW = 5


def find_school(words: str) -> School:
    """The one school of that NPSN or name, e.g. “40307105” or “smpn 1 seko”.

    Raises ValidationError, with the nearest names where there are several or none.
    """
    words = " ".join(words.split())
    if words.isdecimal():
        return _by_npsn(words)
    schools = School.objects.select_related("district")
    exact = list(schools.filter(name__iexact=words)[:2])
    found = exact if len(exact) == 1 else list(schools.matching(words)[: _FEW + 1])
    if not found:
        raise ValidationError(
            _("Sekolah ini tidak ada dalam daftar. Tulis nama lengkapnya atau NPSN-nya."),
            code="school",
        )
    if len(found) > 1:
        raise ValidationError(_several(found), code="school")
    return found[0]


def school_names() -> list[tuple[str, str]]:
    """The name and kecamatan of every school, for a list to choose from."""
    return list(School.objects.values_list("name", "district__name"))


def _by_npsn(npsn: str) -> School:
    if len(npsn) != 8:  # noqa: PLR2004 -- an NPSN has eight digits
        raise ValidationError(_("NPSN terdiri atas 8 angka."), code="npsn")
    school = School.objects.select_related("district").filter(npsn=npsn).first()
    if school is None:
        raise ValidationError(_("Tidak ada sekolah dengan NPSN ini dalam daftar."), code="npsn")
    return school


def _several(found: list[School]) -> str:
    names = ", ".join(f"{school.name} ({school.npsn})" for school in found[:_FEW])
    if len(found) > _FEW:
        words = _("Ada banyak sekolah yang cocok, misalnya %(names)s. Tulis lebih lengkap.")
    else:
        words = _("Ada beberapa sekolah yang cocok: %(names)s. Tulis NPSN-nya.")
    return words % {"names": names}
