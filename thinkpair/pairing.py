"""Who talks with whom: everybody with somebody, nobody with whom she sat lately.

Nothing here knows of Django. What comes first, in this order: nobody is left over; no repeat of
the last rounds wherever the people can be parted that way; whose last trio is longest ago is in
the trio; who does each other good. The same people, rounds and seed give the same pairs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from thinkpair.liking import HIGHEST, Liking, Person

# Rounds in which nobody should meet the same partner again.
WINDOW = 4
# Beyond so many people each looks at the best partners only: whole graphs take seconds then.
WHOLE = 60
BEST, CHANCE = 10, 4

Round = Collection[frozenset[int]]
Edge = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seating:
    """People who are to talk with each other, and why they.

    `reasons` holds codes: `locked`, `schools` (all of different ones), `new` (none met before),
    `again` (some met within the window), `trio`, `complement`, `trying`, `guided` and `similar`.
    """

    people: tuple[int, ...]
    reasons: tuple[str, ...]


def seat(
    people: Iterable[Person],
    history: Sequence[Round] = (),
    *,
    style: str = "complement",
    locked: Iterable[Collection[int]] = (),
    window: int = WINDOW,
    seed: int = 0,
) -> list[Seating]:
    """Put everybody into exactly one pair; where the number is odd, one pair is a trio.

    `history` has earlier rounds, newest first, each with who sat together. `locked` pairs stay as
    they are; only one who would be left alone beside them joins one, and a trio is parted where the
    number is even. Fewer than two people give
    no pair. With fewest repeats where some must be, those of the longest ago come first.
    """
    return _Round(list(people), history, style=style, window=window, seed=seed).seat(locked)


def place(
    person: Person,
    rooms: Sequence[Collection[int]],
    people: Iterable[Person],
    history: Sequence[Round] = (),
    *,
    busy: Collection[int] = (),
    style: str = "complement",
    seed: int = 0,
) -> int:
    """Which of the rooms one more person joins best, by its place in `rooms`.

    Pairs before larger rooms, no repeat before one, and none of the `busy` places while there is
    another; then those whose last trio is longest ago.
    """
    those = [one for one in people if one.id != person.id]
    now = _Round([*those, person], history, style=style, window=WINDOW, seed=seed)

    def price(place: int) -> tuple[object, ...]:
        room = sorted(rooms[place])
        again = sum(now.cost(one, person.id) for one in room)
        liked = sum(now.liking.of(one, person.id) for one in room)
        return len(room), again, place in busy, sorted(now.turn(one) for one in room), -liked, room

    return min(range(len(rooms)), key=price)


class _Round:
    """One round's people, with what each pair of them would cost and bring."""

    def __init__(
        self,
        people: list[Person],
        history: Sequence[Round],
        *,
        style: str,
        window: int,
        seed: int,
    ) -> None:
        self.people = {person.id: person for person in sorted(people, key=lambda one: one.id)}
        self.met: dict[Edge, int] = {}
        self.last_trio: dict[int, int] = {}
        self.trios: dict[int, int] = {}
        for age, groups in enumerate(history, start=1):
            self._remember(groups, age)
        self.window = window
        self.liking = Liking(self.people, self.met, style=style, seed=seed)
        # A repeat weighs more than any number of later ones, and than all liking together.
        self.step = len(self.people) + 1
        self.above = (HIGHEST + 1) * self.step

    def _remember(self, groups: Round, age: int) -> None:
        for group in groups:
            here = sorted(one for one in group if one in self.people)
            for edge in combinations(here, 2):
                self.met.setdefault(edge, age)
            if len(group) > 2:  # noqa: PLR2004 -- more than a pair
                for one in here:
                    self.last_trio.setdefault(one, age)
                    self.trios[one] = self.trios.get(one, 0) + 1

    def cost(self, one: int, other: int) -> int:
        """How bad it is that two meet again: 0 when not within the window; newer is worse."""
        age = self.met.get((min(one, other), max(one, other)), self.window + 1)
        if age > self.window:
            return 0
        return int(self.step ** (self.window + 1) + self.step ** (self.window - age))

    def turn(self, one: int) -> tuple[int, int, int]:
        """Whose turn it is to be in the trio, the first is the least: never before, long ago."""
        last = self.last_trio.get(one)
        return -last if last else -1_000_000, self.trios.get(one, 0), self.liking.chance(one, one)

    def seat(self, locked: Iterable[Collection[int]]) -> list[Seating]:
        kept = [sorted(one for one in group if one in self.people) for group in locked]
        kept = [group for group in kept if len(group) > 1]
        free = sorted(self.people.keys() - {one for group in kept for one in group})
        if len(free) % 2 and (trios := [group for group in kept if len(group) > 2]):  # noqa: PLR2004
            # Now the number is even: three and an odd rest make pairs.
            kept.remove(trios[0])
            free = sorted([*free, *trios[0]])
        if len(free) == 1 and kept:
            self._make_room(free.pop(), kept)
        groups = sorted(self._partition(free), key=min)
        return [
            *(self._seating(group, locked=True) for group in kept),
            *(self._seating(group) for group in groups),
        ]

    def _make_room(self, alone: int, kept: list[list[int]]) -> None:
        """Let one beside locked pairs join one."""

        def price(group: list[int]) -> tuple[object, ...]:
            again = sum(self.cost(one, alone) for one in group)
            return again, sorted(self.turn(one) for one in group), group

        found = min(kept, key=price)
        kept.remove(found)
        kept.append(sorted([*found, alone]))

    def _partition(self, free: list[int]) -> list[tuple[int, ...]]:
        if len(free) < 2:  # noqa: PLR2004 -- nobody to talk with
            return []
        if len(free) % 2 == 0:
            return list(self._pairs(free))
        return self._with_trio(free)

    def _pairs(self, free: list[int]) -> set[Edge]:
        return self._fresh_pairs(free) or self._match(free, self._edges(free, repeats=True))

    def _fresh_pairs(self, free: list[int]) -> set[Edge]:
        """Pairs for all without a repeat, the best liked; nothing where there are none."""
        for few in (True, False) if len(free) > WHOLE else (False,):
            pairs = self._match(free, self._edges(free, few=few))
            if len(pairs) * 2 == len(free):
                return pairs
        return set()

    def _with_trio(self, free: list[int]) -> list[tuple[int, ...]]:
        """Have the one whose turn it is join a pair, if that can be without a repeat."""
        for third in sorted(free, key=self.turn):
            others = [one for one in free if one != third]
            pairs = self._fresh_pairs(others)
            if pairs and not self._open_to(third, pairs):
                pairs = self._match(others, self._edges(others, third=third))
            if found := self._open_to(third, pairs):
                best = max(found, key=lambda pair: self._brings(third, pair))
                return [(third, *best), *(pairs - {best})]
        return self._with_repeats(free)

    def _open_to(self, third: int, pairs: set[Edge]) -> list[Edge]:
        """The pairs that one more person may join without a repeat."""
        return [pair for pair in pairs if not any(self.cost(one, third) for one in pair)]

    def _brings(self, third: int, pair: Edge) -> tuple[object, ...]:
        liked = sum(self.liking.of(one, third) for one in pair)
        # Of two whose turn it is not, better one whose last trio is long ago.
        return -max(self.turn(one)[0] for one in pair), liked, pair

    def _with_repeats(self, free: list[int]) -> list[tuple[int, ...]]:
        """Find the trio whose repeats, with those of all others, are the fewest.

        It tries every trio, which happens only where few people have met nearly everybody.
        """

        def inner(trio: tuple[int, ...]) -> int:
            return sum(self.cost(one, other) for one, other in combinations(trio, 2))

        def turns(trio: tuple[int, ...]) -> list[tuple[int, int, int]]:
            return sorted(self.turn(one) for one in trio)

        trios = sorted(combinations(free, 3), key=lambda trio: (inner(trio), turns(trio)))
        best: tuple[int, list[tuple[int, int, int]], list[tuple[int, ...]]] | None = None
        for trio in trios:
            if best and inner(trio) > best[0]:
                break
            rest = self._pairs([one for one in free if one not in trio])
            price = inner(trio) + sum(self.cost(*pair) for pair in rest)
            if best is None or (price, turns(trio)) < best[:2]:
                best = price, turns(trio), [trio, *rest]
        return best[2] if best else []

    def _edges(
        self, free: list[int], *, few: bool = False, repeats: bool = False, third: int | None = None
    ) -> Iterator[tuple[int, int, int]]:
        """Who may sit with whom, with the weight of it.

        `few` takes the best liked of each and some by chance; `repeats` lets people meet again;
        for a `third` pairs that this person can join weigh more than all liking.
        """
        if few:
            yield from self._few_edges(free)
            return
        closed = {one for one in free if third is not None and self.cost(one, third)}
        for one, other in combinations(free, 2):
            cost = self.cost(one, other)
            if cost and not repeats:
                continue
            gain = self.above if third is not None and not {one, other} & closed else 0
            yield one, other, self.liking.of(one, other) + gain - cost * self.above

    def _few_edges(self, free: list[int]) -> Iterator[tuple[int, int, int]]:
        near: dict[int, list[tuple[int, int, int]]] = {one: [] for one in free}
        for edge in self._edges(free):
            near[edge[0]].append(edge)
            near[edge[1]].append(edge)
        for edges in near.values():
            # Those by chance keep a way open where everybody likes the same few.
            yield from sorted(edges, key=lambda edge: (-edge[2], edge))[:BEST]
            yield from sorted(edges, key=lambda edge: self.liking.chance(*edge[:2]))[:CHANCE]

    def _match(self, free: list[int], edges: Iterable[tuple[int, int, int]]) -> set[Edge]:
        graph = nx.Graph()
        graph.add_nodes_from(free)
        graph.add_weighted_edges_from(edges)
        pairs = nx.max_weight_matching(graph, maxcardinality=True)
        return {(min(pair), max(pair)) for pair in pairs}

    def _seating(self, group: Collection[int], *, locked: bool = False) -> Seating:
        edges = list(combinations(sorted(group), 2))
        reasons = ["locked"] if locked else []
        if len(group) > 2:  # noqa: PLR2004 -- more than a pair
            reasons.append("trio")
        if any(self.cost(*edge) for edge in edges):
            reasons.append("again")
        return Seating(tuple(sorted(group)), (*reasons, *self.liking.reasons(edges)))
