"""Readings of a thread for its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from thinkpair.models import Card, PairMember, Thread


def shared_cards(thread: Thread) -> QuerySet[Card]:
    """The cards that pairs gave to the group, the newest first, with the pair's people; no talk.

    For everyone who may read the thread, which `visible_threads` decides.
    """
    cards = Card.objects.on_wall().filter(pair__thread=thread)
    return cards.with_people().order_by("-pk")


@dataclass(frozen=True)
class Progress:
    """How far a thread is, in numbers that the group's board needs to move it on."""

    pairs: int
    answers: int


def progress_of(thread: Thread) -> Progress:
    """How many pairs there are and how many shared. How many thought is for nobody to read."""
    return Progress(
        **thread.pairs.filter(Exists(PairMember.objects.filter(pair=OuterRef("pk")))).aggregate(
            pairs=Count("pk"), answers=Count("pk", filter=Q(card__shared_at__isnull=False))
        )
    )
