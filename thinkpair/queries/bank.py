"""Finding cards by what they say.

Words are looked for like those of posts. Cards that are merely alike are looked for by rough stems,
and read one by one: those of a person's groups are hundreds, not millions.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.expressions import Combinable, Value
from django.db.models.functions import Coalesce

from schools.models import Subject
from sharing import search
from sharing.models import Topic
from thinkpair.models import Card
from thinkpair.stems import stems
from thinkpair.words import CARD

FIELDS = ("problem", "cause", "attempt", "need", "pair__thread__title")
# Of a title, so many words are compared.
MOST_WORDS = 6
# Cards are alike when so many words of one are in the other.
WORDS_IN_COMMON = 2


def find_cards(cards: QuerySet[Card], words: str) -> QuerySet[Card]:
    """Those of the cards in which each of the words occurs; all of them when there is no word."""
    return search.having(cards, CARD, search.ask(words))


def by_likeness(cards: QuerySet[Card], words: str) -> QuerySet[Card]:
    """The cards, those first that have most words in common with these; sets `likeness`."""
    hits: Combinable = Value(0, output_field=IntegerField())
    for stem in _telling(words):
        hits += Case(When(_has(stem), then=1), default=0, output_field=IntegerField())
    return cards.annotate(likeness=hits).order_by("-likeness", "-pk")


def similar_cards(cards: QuerySet[Card], words: str, *, most: int) -> list[Card]:
    """At most so many of the cards that speak of the same, the most similar first."""
    telling = _telling(words)
    if not telling:
        return []
    enough = min(WORDS_IN_COMMON, len(telling))
    return list(by_likeness(cards, words).filter(Q(("likeness__gte", enough)))[:most])


def of_subject(cards: QuerySet[Card], code: str) -> QuerySet[Card]:
    """Those of the cards that are about the subject of that code, e.g. MTK."""
    return _with_subject(cards).filter(Q(("subject", code)))


def subjects_of(cards: QuerySet[Card]) -> QuerySet[Subject]:
    """What the cards are about, by name."""
    found: Any = _with_subject(cards)
    return Subject.objects.filter(pk__in=found.values("subject")).order_by("name")


def topic_of(cards: QuerySet[Card], pk: int | None) -> Topic | None:
    """The topic of that id, if any of the cards has it."""
    return Topic.objects.filter(threads__pairs__card__in=cards, pk=pk).first() if pk else None


def _telling(words: str) -> list[str]:
    """The longest stems say most."""
    return sorted(stems(words), key=lambda stem: (-len(stem), stem))[:MOST_WORDS]


def _has(letters: str) -> Q:
    found = Q()
    for field in FIELDS:
        found |= Q((f"{field}__icontains", letters))
    return found


def _with_subject(cards: QuerySet[Card]) -> QuerySet[Card]:
    """Say of each card the id of its `subject`: that of its thread, else that of the group."""
    own, of_group = "pair__thread__subject", "pair__thread__group__subject"
    return cards.annotate(subject=Coalesce(own, of_group))
