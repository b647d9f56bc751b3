"""Measure how long it takes to pair people. Run: python -m bench.pairing [people …].

Everybody was there in each of the last twelve rounds, which the matcher made itself.
"""

from __future__ import annotations

import sys
from random import Random
from time import perf_counter

from thinkpair.liking import Person
from thinkpair.pairing import Round, seat

SIZES = (10, 11, 30, 31, 60, 61, 120, 121, 300, 301)
ROUNDS = 12
WORDS = [f"kata{n}" for n in range(200)]


def main(sizes: list[int]) -> int:
    """Print a table: the median and the slowest of twelve rounds, in seconds; 1 above 2 s."""
    print("| people | complement, median | slowest | similar, median | slowest |")
    print("|---|---|---|---|---|")
    slowest = 0.0
    for size in sizes:
        cells = []
        for style in ("complement", "similar"):
            took = sorted(_rounds(size, style))
            cells += [f"{took[len(took) // 2]:.3f}", f"{took[-1]:.3f}"]
            slowest = max(slowest, took[-1])
        print(f"| {size} | {' | '.join(cells)} |", flush=True)
    return int(slowest > 2)  # noqa: PLR2004 -- what is promised for 300 people


def _rounds(size: int, style: str) -> list[float]:
    rng = Random(size)  # noqa: S311 -- the same people at each run
    history: list[Round] = []
    took = []
    for number in range(ROUNDS):
        people = [_person(one, rng, schools=max(2, size // 8)) for one in range(size)]
        begun = perf_counter()
        seatings = seat(people, history, style=style, seed=number)
        took.append(perf_counter() - begun)
        history.insert(0, [frozenset(seating.people) for seating in seatings])
    return took


def _person(one: int, rng: Random, *, schools: int) -> Person:
    return Person(
        id=one,
        school=one % schools + 1,
        role=rng.choice(["", "", "newcomer", "guide"]),
        standing=rng.choice(["", "struggling", "trying", "solved"]),
        words=frozenset(rng.sample(WORDS, 20)),
    )


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
