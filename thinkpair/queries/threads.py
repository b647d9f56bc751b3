"""Readings of a thread for its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from thinkpair.models import Card, Thread


def shared_cards(thread: Thread) -> list[Card]:
    """The cards that pairs gave to the group, each with the pair's people; no talk, no thoughts.

    For everyone who may read the thread, which `visible_threads` decides.
    """
    cards = Card.objects.on_wall().filter(pair__thread=thread)
    return list(cards.with_people().order_by("pair__number"))


@dataclass(frozen=True)
class Progress:
    """How far a thread is, in numbers that the group's board needs to move it on."""

    members: int
    thoughts: int
    pairs: int
    answers: int


def progress_of(thread: Thread) -> Progress:
    """How many of the group thought, were paired and answered. Three queries."""
    members = thread.group.memberships.current().as_members()
    return Progress(
        members=members.count(),
        thoughts=thread.thoughts_of_members().count(),
        **thread.pairs.aggregate(
            pairs=Count("pk"), answers=Count("pk", filter=Q(card__shared_at__isnull=False))
        ),
    )
