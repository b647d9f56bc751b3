"""What somebody asks for: words, and the names they may have been meant for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Count

from sharing.models import NamePiece
from sharing.words import Found, distance, pieces_of, words_of

MOST_WORDS = 8
# Fewer letters begin too many words.
SHORTEST_BEGINNING = 3
# Misspelt names: shorter words are not tried, and in long ones two letters may be wrong.
SHORTEST_NAME, LONG_NAME = 4, 7
MOST_NAMES = 5
# So many names that share letters with a word are compared with it.
COMPARED = 50


@dataclass(frozen=True)
class Term:
    """One word of a query, with the names it may have been meant for."""

    word: str
    is_beginning: bool = False
    names: tuple[str, ...] = ()


type Query = tuple[Term, ...]


@dataclass(frozen=True)
class Sought:
    """All words of a query in one place of the rows' texts, but not in the better one `above`."""

    kind: str
    query: Query
    place: str
    above: str = ""


def ask(words: str) -> Query:
    """Read what somebody typed. The last word may be unfinished."""
    asked = words_of(words)[:MOST_WORDS]
    last = len(asked) - 1
    return tuple(
        Term(word, is_beginning=n == last and len(word) >= SHORTEST_BEGINNING)
        for n, word in enumerate(asked)
    )


def marks(query: Query) -> Found:
    """The words of a query, as `sharing.words.excerpt` marks them."""
    names = [name for term in query for name in term.names]
    beginning = next((term.word for term in query if term.is_beginning), "")
    return Found([*(term.word for term in query), *names], beginning)


def with_names(query: Query) -> Query:
    """The query, looking for names that are spelt like its words as well."""
    return tuple(replace(term, names=_names_like(term.word)) for term in query)


def _names_like(word: str) -> tuple[str, ...]:
    if len(word) < SHORTEST_NAME:
        return ()
    most = 2 if len(word) >= LONG_NAME else 1
    shared = (
        NamePiece.objects.filter(piece__in=pieces_of(word))
        .values("word")
        .annotate(pieces=Count("pk"))
        .order_by("-pieces", "word")[:COMPARED]
    )
    near = [(distance(word, row["word"]), row["word"]) for row in shared]
    return tuple(name for far, name in sorted(near) if 0 < far <= most)[:MOST_NAMES]
