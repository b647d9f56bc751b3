"""Who of a group came to think, sit, speak and give in its discussions: numbers, no texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from groups.models import Group
from thinkpair.models import Message, PairMember, Thought, Thread
from thinkpair.queries.matching import seats_of

# The latest rounds that are counted, and those whose pairs are looked at.
ROUNDS = 10
REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Share:
    """One member's part in the latest `rounds`: in how many of them he or she did what.

    `partners` counts different members met so far, of `possible`; `unmet` are the others by name.
    """

    person: User
    thought: int
    paired: int
    spoke: int
    gave: int
    partners: int
    possible: int
    unmet: list[User]


@dataclass(frozen=True, slots=True)
class Fairness:
    """The latest finished rounds of a group, and the part of each of today's members in them."""

    rounds: int
    shares: list[Share]


def fairness_of(group: Group) -> Fairness:
    """Count for the group's board, by name: nobody is ranked. Six queries.

    Rounds that still run are left out: a count would tell who has answered. Of what was said only
    whether something was is counted, so that nobody is measured by words.
    """
    past = Thread.objects.filter(
        group=group, phase__in=(Thread.Phase.SHARE, Thread.Phase.CLOSED), paired_at__isnull=False
    )
    known = list(past.order_by("-pk").values_list("pk", flat=True)[:REMEMBERED])
    rounds = known[:ROUNDS]
    seats = group.memberships.current().as_members().values("user")
    members = list(
        User.objects.filter(pk__in=seats).select_related("school").order_by("name", "pk")
    )
    thought = _times(Thought.objects.filter(thread__in=rounds).values_list("author", "thread"))
    spoke = _times(
        Message.objects.filter(pair__thread__in=rounds).values_list("author", "pair__thread")
    )
    sat = PairMember.objects.filter(thread__in=rounds)
    gave = _times(sat.filter(pair__card__shared_at__isnull=False).values_list("person", "thread"))
    met, paired = _meetings(known, set(rounds))
    here = {member.pk for member in members}
    shares = [
        Share(
            person=member,
            thought=thought[member.pk],
            paired=paired[member.pk],
            spoke=spoke[member.pk],
            gave=gave[member.pk],
            partners=len(met[member.pk] & here),
            possible=len(members) - 1,
            unmet=[o for o in members if o.pk != member.pk and o.pk not in met[member.pk]],
        )
        for member in members
    ]
    return Fairness(rounds=len(rounds), shares=shares)


def _times(rows: Iterable[tuple[int, int]]) -> Counter[int]:
    """In how many rounds each person is named, however often in one."""
    return Counter(person for person, _round in set(rows))


def _meetings(known: list[int], rounds: set[int]) -> tuple[dict[int, set[int]], Counter[int]]:
    """With whom each sat in these rounds, and in how many of the latest each sat at all."""
    together: dict[int, set[int]] = defaultdict(set)
    seats = seats_of(known)
    for _thread, pair, person in seats:
        together[pair].add(person)
    paired = _times((person, thread) for thread, _pair, person in seats if thread in rounds)
    met: dict[int, set[int]] = defaultdict(set)
    for people in together.values():
        for person in people:
            met[person] |= people - {person}
    return met, paired
