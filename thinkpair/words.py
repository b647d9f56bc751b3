"""The problem bank: by which words a card is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from sharing import search
from sharing.models import Document
from thinkpair.models import Card

if TYPE_CHECKING:
    from django.db.models import QuerySet

CARD = Document.Kind.CARD
BATCH = 500


def index_card(card: Card) -> None:
    """Have a shared card found by its present words. Belongs in the transaction of the change."""
    index_cards(Card.objects.filter(pk=card.pk))


def index_cards(cards: QuerySet[Card]) -> int:
    """Have those of the cards that were shared found by their words, and say how many they were."""
    with_words = (
        cards.exclude(shared_at=None)
        .order_by("pk")
        .select_related("pair__thread__subject")
        .prefetch_related("pair__thread__topics")
    )
    done, after = 0, 0
    while batch := list(with_words.filter(pk__gt=after)[:BATCH]):
        search.index(CARD, map(_entry, batch))
        done, after = done + len(batch), batch[-1].pk
    return done


def cards_without_words() -> QuerySet[Card]:
    """Cards that cannot be found yet: they are older than the search."""
    documents = Document.objects.filter(kind=CARD, target_id=OuterRef("pk"))
    return Card.objects.filter(~Exists(documents))


def _entry(card: Card) -> search.Entry:
    thread = card.pair.thread
    return search.Entry(
        target_id=card.pk,
        title=card.problem,
        about=[
            thread.title,
            *(topic.name for topic in thread.topics.all()),
            *([thread.subject.name] if thread.subject else []),
        ],
        text=[card.cause, card.attempt, card.need],
    )
