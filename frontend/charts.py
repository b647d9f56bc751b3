"""Plots whose geometry is reckoned here and drawn by `c-chart.…`.

Fixed pixels, so that their words stay 16 px. Each says itself in words (`spoken`) for who hears the
page; the component adds a table.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from frontend.words import STAGES, number

type Words = str | Promise


# Growth: how one behaviour was seen over time, on a scale of two to five words

_GLYPHS = ("skala-belum", "skala-tumbuh", "skala-efektif")
_LONGEST_WORD = 11


def glyphs(words: int) -> Sequence[str]:
    """The drawings of a scale of so many words; none where they are not three."""
    return _GLYPHS if words == len(_GLYPHS) else [""] * words


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    when: str
    word: str


@dataclass(frozen=True)
class Level:
    """One word of the scale, at its height."""

    y: int
    label: str
    glyph: str

    @property
    def top(self) -> int:
        """Where its drawing begins."""
        return self.y - 13


@dataclass(frozen=True)
class Growth:
    title: str
    dots: Sequence[Dot]
    levels: Sequence[Level]
    left: int

    @property
    def path(self) -> str:
        """The line through all dots, as an SVG path."""
        return "M" + " ".join(f"{dot.x} {dot.y}" for dot in self.dots)

    @property
    def grid(self) -> str:
        """A line for each word, as an SVG path."""
        return "".join(f"M{self.left - 8} {level.y}H256" for level in self.levels)

    @property
    def spoken(self) -> str:
        then = _(", lalu ").join(dot.word.lower() for dot in self.dots)
        return _("%(title)s: %(words)s") % {"title": self.title, "words": then}


def growth(title: str, seen: Sequence[tuple[str, int]], words: Sequence[Words]) -> Growth:
    """Plot what was seen, oldest first: pairs of a short date and the place of the word, from 0."""
    labels = [str(word) for word in words]
    apart = 76 / max(len(labels) - 1, 1)
    levels = [
        Level(round(92 - apart * place), label[:_LONGEST_WORD], glyph)
        for place, (label, glyph) in enumerate(zip(labels, glyphs(len(labels)), strict=True))
    ]
    left = 44 if levels[0].glyph else 24 + 8 * max(len(level.label) for level in levels)
    right = 248
    apart = (right - left) / max(len(seen) - 1, 1)
    first = right if len(seen) == 1 else left
    dots = [
        Dot(round(first + index * apart), levels[place].y, when, labels[place])
        for index, (when, place) in enumerate(seen)
    ]
    return Growth(title, dots, levels, left)


# Funnel: how much happened, or how many took part, in each SMART stage


@dataclass(frozen=True)
class Stage:
    """One stage; its `count` is None where it is too small to be told."""

    letter: str
    name: str
    count: int | None
    top: int
    width: int

    @property
    def words(self) -> str:
        """The count as it stands at the end of its bar."""
        return "–" if self.count is None else str(self.count)

    @property
    def spoken(self) -> str:
        """The count as it is heard, and read in the table."""
        return _("tidak dirinci") if self.count is None else str(self.count)


@dataclass(frozen=True)
class Funnel:
    stages: Sequence[Stage]
    whole: int | None

    @property
    def spoken(self) -> str:
        counts = ", ".join(f"{stage.name} {stage.spoken}" for stage in self.stages)
        if self.whole is None:
            return _("Yang terjadi di tiap tahap: %(counts)s") % {"counts": counts}
        return _("Anggota yang ikut di tiap tahap, dari %(whole)s anggota: %(counts)s") % {
            "whole": self.whole,
            "counts": counts,
        }


def funnel(counts: Mapping[str, int | None], *, whole: int | None = None) -> Funnel:
    """Plot counts by the letter of the stage: of things, or with `whole` of so many people.

    A count of None is not told: it has no bar.
    """
    track, apart = 236, 52
    longest = whole if whole is not None else max((n or 0 for n in counts.values()), default=0)
    return Funnel(
        [
            Stage(
                letter,
                str(name),
                counts.get(letter, 0),
                top=index * apart,
                width=round(track * min(1, (counts.get(letter) or 0) / max(longest, 1))),
            )
            for index, (letter, name) in enumerate(STAGES.items())
        ],
        whole,
    )


# Strip: attendance, one square for each person

PRESENCE: dict[str, Promise] = {
    "present": gettext_lazy("hadir"),
    "late": gettext_lazy("terlambat"),
    "excused": gettext_lazy("izin"),
    "sick": gettext_lazy("sakit"),
    "absent": gettext_lazy("tanpa keterangan"),
}


@dataclass(frozen=True)
class Square:
    x: int
    y: int
    state: str


@dataclass(frozen=True)
class Count:
    state: str
    count: int
    word: str


@dataclass(frozen=True)
class Strip:
    squares: Sequence[Square]
    counts: Sequence[Count]
    width: int
    height: int

    @property
    def spoken(self) -> str:
        counts = ", ".join(f"{count.count} {count.word}" for count in self.counts)
        whole = len(self.squares)
        words = ngettext(
            "Kehadiran %(whole)s anggota: %(counts)s",
            "Kehadiran %(whole)s anggota: %(counts)s",
            whole,
        )
        return words % {"whole": whole, "counts": counts}


def strip(states: Sequence[str], *, in_row: int = 10) -> Strip:
    """Plot attendance: one of present, late, excused, sick, absent for each person."""
    step, side = 30, 24
    ordered = sorted(states, key=list(PRESENCE).index)
    tally = Counter(ordered)
    rows = -(-len(ordered) // in_row)
    return Strip(
        [
            Square(index % in_row * step, index // in_row * step, state)
            for index, state in enumerate(ordered)
        ],
        [Count(state, tally[state], str(word)) for state, word in PRESENCE.items() if tally[state]],
        width=in_row * step - step + side,
        height=max(rows, 1) * step - step + side,
    )


# Harvest: kilograms by month


@dataclass(frozen=True)
class Bar:
    left: int
    middle: int
    top: int
    width: int
    label: str
    amount: str

    @property
    def path(self) -> str:
        """A bar that stands on the axis, with a rounded top where it is tall enough."""
        bend = min(6, 148 - self.top)
        return (
            f"M{self.left} 148V{self.top + bend}q0-{bend} {bend}-{bend}"
            f"h{self.width - 2 * bend}q{bend} 0 {bend} {bend}V148z"
        )


@dataclass(frozen=True)
class Harvest:
    bars: Sequence[Bar]

    @property
    def spoken(self) -> str:
        amounts = "; ".join(f"{bar.label} {bar.amount}" for bar in self.bars)
        return _("Panen dalam kilogram: %(amounts)s") % {"amounts": amounts}


def harvest(months: Sequence[tuple[str, Decimal | float]]) -> Harvest:
    """Plot kilograms by month: pairs of a short month and the amount, at most twelve."""
    width, floor, ceiling = 284, 148, 32
    apart = width / max(len(months), 1)
    broad = round(min(40, apart * 0.7))
    most = max((float(amount) for _month, amount in months), default=0) or 1
    return Harvest(
        [
            Bar(
                left=round(index * apart + (apart - broad) / 2),
                middle=round(index * apart + apart / 2),
                top=round(floor - (floor - ceiling) * float(amount) / most),
                width=broad,
                label=month,
                amount=number(float(amount)),
            )
            for index, (month, amount) in enumerate(months)
        ]
    )
