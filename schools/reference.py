"""Loads regions, schools, subjects and phases from schools/data; see SOURCES.md there."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from schools.models import District, Phase, Province, Regency, School, Subject

DATA = Path(__file__).parent / "data"

# The school file knows the twelve kecamatan of before 2018, by the Ministry of Education's names.
_DISTRICTS = {
    "Kec. Malangke": "73.22.01",
    "Kec. Bone-Bone": "73.22.02",
    "Kec. Masamba": "73.22.03",
    "Kec. Sabbang": "73.22.04",
    "Kec. Limbong": "73.22.05",  # Rongkong today
    "Kec. Sukamaju": "73.22.06",
    "Kec. Seko": "73.22.07",
    "Kec. Malangke Barat": "73.22.08",
    "Kec. Rampi": "73.22.09",
    "Kec. Mappedeceng": "73.22.10",
    "Kec. Baebunta": "73.22.11",
    "Kec. Tana Lili": "73.22.12",
}
_KINDS = r"SD|SMP|SMA|SMK"
_UPPERCASE = re.compile(rf"(?:{_KINDS})[NS]?|SLBN?|UPTD?|TK|IT|[IVX]+")


def load() -> None:
    """Add and update all of it, but leave alone what was corrected by hand."""
    _load_regions()
    _load_schools()
    _load_curriculum()


def readable_name(name: str) -> str:
    """Write a school's name as people do: “SD NEGERI 034 RANTE PACCU” is “SDN 034 Rante Paccu”."""
    name = re.sub(rf"\b({_KINDS})N? NEGERI\b", r"\1N", " ".join(name.upper().split()))
    return _in_readable_case(name)


def _in_readable_case(text: str) -> str:
    """Give every word a capital, but leave kinds of school and Roman numbers whole."""
    return re.sub(
        r"[\w’']+",
        lambda word: word[0] if _UPPERCASE.fullmatch(word[0]) else word[0].capitalize(),
        text,
    )


def _load_regions() -> None:
    Province.objects.bulk_create(
        [Province(code=row["code"], name=row["name"]) for row in _rows("provinces")],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    Regency.objects.bulk_create(
        [
            Regency(code=row["code"], province_id=row["province_code"], name=row["name"])
            for row in _rows("regencies")
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["province", "name"],
    )
    District.objects.bulk_create(
        [
            District(code=row["code"], regency_id=row["regency_code"], name=row["name"])
            for row in _rows("districts_73")
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["regency", "name"],
    )


def _load_schools() -> None:
    corrected = set(School.objects.filter(is_corrected=True).values_list("npsn", flat=True))
    schools = [
        School(
            npsn=row["npsn"],
            name=readable_name(row["sekolah"]),
            level=row["bentuk"],
            is_public=row["status"] == "N",
            district_id=_DISTRICTS[row["kecamatan"]],
            address=_readable_address(row["alamat_jalan"]),
        )
        for row in _rows("luwu_utara_sekolah_2019")
        if row["npsn"] not in corrected
    ]
    School.objects.bulk_create(
        schools,
        update_conflicts=True,
        unique_fields=["npsn"],
        # Never the district: the file's is of before three kecamatan were parted.
        update_fields=["name", "level", "is_public", "address"],
    )


def _load_curriculum() -> None:
    Subject.objects.bulk_create(
        [Subject(code=row["code"], name=row["name"]) for row in _rows("subjects")],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    grades: dict[str, list[int]] = {}
    for row in _rows("phases"):
        grades.setdefault(row["fase"], []).append(int(row["kelas"]))
    Phase.objects.bulk_create(
        [
            Phase(code=code, first_grade=min(found), last_grade=max(found))
            for code, found in grades.items()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["first_grade", "last_grade"],
    )


def _readable_address(address: str) -> str:
    address = " ".join(address.split())
    return _in_readable_case(address) if address.isupper() else address


def _rows(name: str) -> list[dict[str, str]]:
    """The lines of schools/data/<name>.csv, each by its column names."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
