"""What the matcher asks of the people of a thread, and of earlier threads of its group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from groups.roles import GUIDES
from thinkpair.liking import Person
from thinkpair.models import PairMember, PastSeat, Thread
from thinkpair.pairing import Round
from thinkpair.stems import stems

# Who is in a group for less time than this is new there.
NEW_FOR = timedelta(days=180)
# Earlier threads that are looked at; two who met before them count as never met.
REMEMBERED = 60


def persons_of(thread: Thread, people: Iterable[User]) -> list[Person]:
    """These people as the matcher knows them: school, role and thought. Two queries."""
    thoughts = {thought.author_id: thought for thought in thread.thoughts.all()}
    seats = thread.group.memberships.current().values_list("user", "role", "starts_on")
    since: dict[int, date] = {}
    guides = set()
    for user, role, starts_on in seats:
        since[user] = min(starts_on, since.get(user, starts_on))
        if role in GUIDES:
            guides.add(user)
    newest = timezone.localdate() - NEW_FOR
    found = []
    for person in people:
        thought = thoughts.get(person.pk)
        is_new = since.get(person.pk, newest) > newest
        found.append(
            Person(
                id=person.pk,
                school=person.school_id,
                role="guide" if person.pk in guides else "newcomer" if is_new else "",
                standing=thought.standing if thought else "",
                words=stems(thought.text) if thought else frozenset(),
            )
        )
    return found


def history_before(thread: Thread) -> list[Round]:
    """Who sat together in earlier threads of the group, newest first. Two queries.

    Who left a pair after it had talked was met there, too.
    """
    earlier = Thread.objects.filter(group=thread.group_id).exclude(paired_at=None)
    rounds = list(
        earlier.exclude(pk=thread.pk)
        .order_by("-paired_at", "-pk")
        .values_list("pk", flat=True)[:REMEMBERED]
    )
    together: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for past, pair, person in seats_of(rounds):
        together[past][pair].add(person)
    return [[frozenset(people) for people in together[past].values()] for past in rounds]


def seats_of(threads: Collection[int]) -> list[tuple[int, int, int]]:
    """Thread, pair and person of each seat in these threads, those left after a talk, too."""
    now = PairMember.objects.filter(thread__in=threads).values_list("thread", "pair", "person")
    left = PastSeat.objects.filter(pair__thread__in=threads)
    return list(now.union(left.values_list("pair__thread", "pair", "person")))
