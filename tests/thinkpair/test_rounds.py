"""Rounds of a group through the services: absences in their midst, and who comes late."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from accounts.models import User
from tests import make
from thinkpair import services
from thinkpair.models import Thread

pytestmark = pytest.mark.django_db
# In so many rounds nobody meets the same person twice where it can be; not read from the code.
WINDOW = 4


def seated(thread: Thread) -> list[frozenset[int]]:
    rooms = thread.pairs.exclude(seats=None).prefetch_related("seats")
    return [frozenset(seat.person_id for seat in room.seats.all()) for room in rooms]


def insist_on_partners(thread: Thread, people: set[User]) -> None:
    """Everybody sits in one room; only in an odd number three sit together, in one of them."""
    rooms = seated(thread)
    if len(people) < 2:
        assert rooms == []
        return
    threes = [3] * (len(people) % 2)
    assert sorted(one for room in rooms for one in room) == sorted(each.pk for each in people)
    assert sorted(map(len, rooms)) == [2] * (len(people) // 2 - len(threes)) + threes


def test_eight_people_meet_nobody_twice_within_four_rounds():
    """It always can be: without four rounds of partners each of eight still has three others."""
    group = make.group()
    board, people = make.chair(group), [make.member(group) for _ in range(8)]
    rounds: list[set[frozenset[int]]] = []

    for _ in range(7):
        thread = make.thread(of=group, thinkers=people)
        services.end_thinking(thread, by=board)
        rounds.append(set(seated(thread)))
        services.begin_sharing(thread, by=board)
        services.close_thread(thread, by=board, conclusion="Tunggu tujuh detik.")

    near = [
        (one, other)
        for one, other in combinations(range(len(rounds)), 2)
        if other - one <= WINDOW and rounds[one] & rounds[other]
    ]
    assert [len(each) for each in rounds] == [4] * 7
    assert near == []


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [4, 5, 7, 10])
@pytest.mark.parametrize("is_arranged", [False, True])
def test_nobody_stays_alone_however_people_come_and_go(size: int, seed: int, is_arranged: bool):
    chance = Random(seed)  # noqa: S311 -- the same group at each run
    group = make.group()
    board, people = make.chair(group), [make.member(group) for _ in range(size)]
    thread = make.thread(of=group, thinkers=people, is_arranged=is_arranged)
    services.end_thinking(thread, by=board)
    here, away = set(people), set[User]()
    insist_on_partners(thread, here)

    for _ in range(8):
        came = chance.choice(["late", "absent", "back"])
        if came == "late":
            late = make.member(group)
            services.think(thread, by=late, text="Saya terlambat.")
            here.add(late)
        elif came == "absent" and len(here) > 1:
            gone = chance.choice(sorted(here, key=lambda one: one.pk))
            services.mark_absent(thread, by=chance.choice([gone, board]), person=gone)
            here.remove(gone)
            away.add(gone)
        elif came == "back" and away:
            back = away.pop()
            services.end_absence(thread, by=board, person=back)
            here.add(back)
        insist_on_partners(thread, here)

    if is_arranged:
        services.open_pairs(thread, by=board)
        insist_on_partners(thread, here)
