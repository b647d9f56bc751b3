"""How much good two people would do each other in a talk, as numbers, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

# What each reason is worth. Different schools come first: who teaches next door is met anyway.
SCHOOLS, MATCH, NEW, GUIDED, LONG_AGO, CHANCE = 400, 300, 200, 150, 50, 8
HIGHEST = SCHOOLS + MATCH + NEW + GUIDED + LONG_AGO + CHANCE
# Rounds after which it no longer matters how long ago two met.
FORGOTTEN = 25
# From this share of common words on, two thoughts are called similar.
ALIKE = 0.2
_HELPED = {"struggling", "solved"}


@dataclass(frozen=True, slots=True)
class Person:
    """One to be paired: the `school`'s id, whether a `newcomer` or `guide`, and the thought.

    `standing` is a value of `Thought.Standing` or empty; `words` are those of the thought, without
    their endings, so that two thoughts can be compared.
    """

    id: int
    school: int | None = None
    role: str = ""
    standing: str = ""
    words: frozenset[str] = frozenset()


class Liking:
    """Worth of any two of these people, from 0 to `HIGHEST`; chance decides between equals."""

    def __init__(
        self,
        people: Mapping[int, Person],
        met: Mapping[tuple[int, int], int],
        *,
        style: str,
        seed: int,
    ) -> None:
        self._people = people
        self._met = met
        self._style = style
        self._seed = seed

    def of(self, one: int, other: int) -> int:
        one, other = min(one, other), max(one, other)
        a, b = self._people[one], self._people[other]
        age = self._met.get((one, other))
        return (
            SCHOOLS * _other_school(a, b)
            + self._match(a, b)
            + GUIDED * _guided(a, b)
            + (NEW if age is None else min(age, FORGOTTEN) * LONG_AGO // FORGOTTEN)
            + self.chance(one, other) % CHANCE
        )

    def chance(self, one: int, other: int) -> int:
        """A number by chance for two people in this round, always the same one."""
        return int.from_bytes(
            blake2b(f"{self._seed} {one} {other}".encode(), digest_size=4).digest()
        )

    def reasons(self, edges: list[tuple[int, int]]) -> list[str]:
        """The codes that hold for people who sit together, given as all their pairs."""
        both = [(self._people[one], self._people[other]) for one, other in edges]
        holds = {
            "schools": all(_other_school(a, b) for a, b in both),
            "new": all(edge not in self._met for edge in edges),
            "complement": any({a.standing, b.standing} == _HELPED for a, b in both),
            "trying": any(_nearly_helped(a, b) for a, b in both),
            "guided": any(_guided(a, b) for a, b in both),
            "similar": self._style == "similar" and any(_alike(a, b) >= ALIKE for a, b in both),
        }
        return [code for code, it_holds in holds.items() if it_holds]

    def _match(self, a: Person, b: Person) -> int:
        if self._style == "similar":
            return int(MATCH * _alike(a, b))
        known = {a.standing, b.standing}
        if known == _HELPED:
            return MATCH
        # Half of it: they are not at the same point, but neither can tell how it ends.
        return MATCH // 2 if _nearly_helped(a, b) else 0


def _other_school(a: Person, b: Person) -> bool:
    return a.school is not None and b.school is not None and a.school != b.school


def _nearly_helped(a: Person, b: Person) -> bool:
    known = {a.standing, b.standing}
    return "trying" in known and bool(known & _HELPED)


def _guided(a: Person, b: Person) -> bool:
    return {a.role, b.role} == {"guide", "newcomer"}


def _alike(a: Person, b: Person) -> float:
    """The share of words that two thoughts have in common, from 0 to 1."""
    either = a.words | b.words
    return len(a.words & b.words) / len(either) if either else 0.0
