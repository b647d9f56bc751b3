"""Invented people with names as they are borne in Luwu Utara, put together by chance.

The single words come from lists in which each word is borne by many (see demo/SOURCES.md); a
person of exactly such a name is a coincidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

WOMEN = (
    "Sitti", "Nurul", "Rahmawati", "Herlina", "Fatmawati", "Masita", "Irmawati", "Nurjannah",
    "Nuraeni", "Yuliana", "Sumarni", "Asriani", "Fitriani", "Salmah", "Damaris", "Aisyah",
    "Syamsiah", "Sartika", "Anita", "Aminah", "Risnawati", "Haslinda", "Herawati", "Ratna",
    "Nurhidayah", "Ernawati", "Hamdana", "Tenri", "Besse", "Marlina",
)  # fmt: skip
MEN = (
    "Baharuddin", "Sudirman", "Basri", "Ramli", "Yusuf", "Ridwan", "Jamaluddin", "Suardi",
    "Syahrul", "Yunus", "Faisal", "Ilyas", "Alfian", "Hamid", "Zulkarnain", "Husain", "Arsyad",
    "Sofyan", "Amiruddin", "Imran", "Syahrir", "Herianto", "Yusran", "Burhanuddin", "Yoseph",
    "Suhardi", "Rusli", "Hasrul", "Marthen", "Darwis",
)  # fmt: skip
FAMILIES = (
    "Palulun", "Pangayoman", "Kadiaman", "Rusung", "Oddang", "Pabalik", "Tandipau", "Mappasessu",
    "Mattalatta", "Limbong Datu", "Sampeali", "Massora", "Tandi Bua", "Pongsapan", "Rante Allo",
    "Saleh", "Kasim", "Latif", "Rahim", "Patiung", "Salurante", "Tappi", "Sambara", "Bunga Allo",
)  # fmt: skip
TITLES = ("S.Pd.", "S.Pd.", "S.Pd.", "S.Pd., Gr.", "S.Si., Gr.", "S.Pd., M.Pd.")


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is invented of one person."""

    name: str
    title_after: str
    nip: str
    nuptk: str


def invent(count: int, *, seed: int = 7322) -> list[Person]:
    """Make that many people, the same ones for the same seed, no two with one name."""
    chance = Random(seed)  # noqa: S311 -- names of a demo, not secrets
    names: dict[str, bool] = {}
    while len(names) < count:
        is_woman = chance.random() < 0.6  # noqa: PLR2004 -- about the share among teachers
        given = chance.choice(WOMEN if is_woman else MEN)
        names.setdefault(f"{given} {chance.choice(FAMILIES)}", is_woman)
    return [_person(name, is_woman, chance) for name, is_woman in names.items()]


def _person(name: str, is_woman: bool, chance: Random) -> Person:  # noqa: FBT001 -- private
    birth = f"{chance.randint(1970, 1995)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    since = f"{chance.randint(2005, 2022)}{chance.randint(1, 12):02}"
    nip = f"{birth}{since}{2 if is_woman else 1}{chance.randint(1, 999):03}"
    nuptk = "".join(str(chance.randint(0, 9)) for _ in range(16))
    is_civil_servant = chance.random() < 0.7  # noqa: PLR2004 -- the rest are honorary teachers
    return Person(
        name=name,
        title_after=chance.choice(TITLES),
        nip=nip if is_civil_servant else "",
        nuptk=nuptk,
    )
