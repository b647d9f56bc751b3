"""A wall of cards to test with: a thread whose pairs shared what they wrote."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from groups.models import Group
from tests import make
from thinkpair.models import Card, Pair, PairMember, Thread
from thinkpair.words import index_card


def wall(*, of: Group | None = None, cards: int = 1, phase: str = "share") -> Thread:
    """A thread with so many pairs, each of which shared its card; `wall_cards` are they."""
    group = of or make.group()
    thread = make.thread(of=group)
    for number in range(1, cards + 1):
        card(thread, number=number)
    thread.phase = Thread.Phase(phase)
    thread.paired_at = timezone.now()
    if phase == "closed":
        thread.conclusion, thread.closed_at = "Tunggu tujuh detik.", timezone.now()
    thread.save()
    return thread


def card(thread: Thread, *, number: int = 99, shared: bool = True, **words: str) -> Card:
    """What a new pair of two members wrote."""
    pair = Pair.objects.create(thread=thread, number=number)
    for _each in range(2):
        person = make.member(thread.group)
        PairMember.objects.create(thread=thread, pair=pair, person=person)
    told = {
        "problem": f"Masalah ke-{number}.",
        "cause": f"Sebab ke-{number}.",
        "attempt": f"Percobaan ke-{number}.",
        "need": f"Bantuan ke-{number}.",
    }
    shared_at = timezone.now() if shared else None
    made = Card.objects.create(pair=pair, shared_at=shared_at, **(told | words))
    index_card(made)
    return made


def wall_cards(thread: Thread) -> list[Card]:
    return list(Card.objects.filter(pair__thread=thread).order_by("pk"))


def writer(of: Card) -> User:
    """The first of the pair."""
    return of.pair.seats.earliest("pk").person
