"""How numbers, sizes and names are written, and the names of the stages.

A no-break space keeps a number with its unit.
"""

import re
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy

NBSP = "\u00a0"
STAGES = {
    "s": gettext_lazy("Berbagi"),
    "m": gettext_lazy("Pemodelan"),
    "a": gettext_lazy("Aksi"),
    "r": gettext_lazy("Penguatan"),
    "t": gettext_lazy("Berpikir & Berpasangan"),
}
UNITS = r"kB|MB|GB|JP|kg|WIB|WITA|WIT|orang|anggota|foto|menit|hari|sekolah|tanggapan"
BEFORE_A_NUMBER = (
    r"SDN|SMPN|SMAN|SMKN|SD|SMP|SMA|MI|MTs|MTsN|Satap|Fase|Siklus|siklus|Kelas|kelas|Menit|Pasal"
)


def number(value: float) -> str:
    """1.240 or 4,5 in Indonesian; no needless zeros."""
    text = number_format(value, use_l10n=True, force_grouping=True)
    comma = "," if get_language() == "id" else "."
    return text.rstrip("0").rstrip(comma) if comma in text else text


def size(count: int | str) -> str:
    """210 kB: bytes in decimal units, as shops and phones count them."""
    count = int(count)
    for unit, power in (("GB", 9), ("MB", 6)):
        if count >= 10**power:
            return f"{number(round(count / 10**power, 1))}{NBSP}{unit}"
    return f"{max(1, round(count / 1000))}{NBSP}kB"


def nbsp(text: object) -> str:
    """Keep the words of a short text on one line."""
    return str(text).replace(" ", NBSP)


def tidy(text: object) -> str:
    """Keep a number with what it counts: SMPN 7, kelas VIII, 18 kB."""
    return _tidied(str(text))


@lru_cache(maxsize=4096)
def _tidied(text: str) -> str:
    kept = re.sub(rf"\b({BEFORE_A_NUMBER}) (?=\d|[IVX]+\b)", rf"\1{NBSP}", text)
    return re.sub(rf"(?<=\d) (?=({UNITS})\b)", NBSP, kept)


def initials(name: object) -> str:
    """BR for Besse Rosmiati, S.Pd.: the first and the last word before the titles."""
    return _initials_of(str(name))


@lru_cache(maxsize=4096)
def _initials_of(name: str) -> str:
    words = [
        word
        for word in name.split(",", maxsplit=1)[0].split()
        if word[0].isalnum() and not word.endswith(".")
    ]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def stage_name(letter: str) -> str:
    """Return the name of a SMART stage by its letter."""
    return str(STAGES.get(str(letter).lower(), ""))


def share(value: float, whole: float) -> float:
    """Return which part of the whole a value is, between 0 and 1."""
    return min(1.0, value / whole) if whole else 0.0
