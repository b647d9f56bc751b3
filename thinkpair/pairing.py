"""Who talks with whom: chance, but never two of one school while it can be avoided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random


def pair_up(school_of: Mapping[int, int | None], *, seed: int) -> list[list[int]]:
    """Put everyone into exactly one pair; with an odd number, one pair is a trio.

    `school_of` maps each person's id to the school's, None when unknown. The same people and seed
    give the same pairs. Two of one school are paired only when one school has more than half of
    all. Fewer than two people give no pair.
    """
    people = sorted(school_of)
    Random(seed).shuffle(people)  # noqa: S311 -- fairness, not secrecy
    school = {person: school_of[person] or -person for person in people}
    size = Counter(school.values())
    drawn = {at: place for place, at in enumerate(dict.fromkeys(school.values()))}
    # Those of one school stand together, the largest school first. So the person half a row
    # further on is of another school, unless one school fills more than half of the row.
    row = sorted(people, key=lambda person: (-size[school[person]], drawn[school[person]]))
    half = len(row) // 2
    pairs = [[row[place], row[place + half]] for place in range(half)]
    if pairs and len(row) % 2:
        _join(row[-1], pairs, school)
    return pairs


def _join(left_over: int, pairs: list[list[int]], school: Mapping[int, int]) -> None:
    """Make the pair with the fewest of that person's own school a trio."""

    def colleagues(pair: list[int]) -> int:
        return sum(school[person] == school[left_over] for person in pair)

    min(pairs, key=colleagues).append(left_over)
