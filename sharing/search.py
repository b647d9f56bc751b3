"""Finding rows by their words, on PostgreSQL and on SQLite alike.

Another kind of row becomes findable in three steps: a kind in `Document.Kind`; `index` with what
can be found of it, called by the services that change its words; and
`search(Row.objects.visible_to(user), kind, ask(words))`. Who may see what stays with `visible_to`:
the words only narrow the rows that are given.

Ranked by where all the words stand: in the title, then in the head (title, topics, names), then
anywhere; the newest first within each. Why it is so is in docs/adr/0017.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Count
from django.db.models.expressions import RawSQL

from sharing.models.search import Document, NamePiece
from sharing.words import Found, distance, forms_of, pieces_of, root_of, words_of

MOST_WORDS = 8
# Fewer letters begin too many words.
SHORTEST_BEGINNING = 3
# Misspelt names: shorter words are not tried, and this many letters may be wrong.
SHORTEST_NAME, LONG_NAME = 4, 7
MOST_NAMES = 5
# So many of the newest rows are looked through for frequent words.
LOOKED_THROUGH = 1000
# Where the words stand, the best first.
TIERS = ("title", "head", "words")
# A place as an address names it; the number surely fits a 64-bit column.
_PLACE = re.compile(r"(~?)([0-2])\.(\d{1,18})", re.ASCII)
# What is counted is counted up to here; of frequent words whole hundreds are enough.
COUNTED = 1000
ENOUGH = 100


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What can be found of a row: its title, what else it is about, and all the other text.

    `names` are people's, found when misspelt too; they belong to the head.
    """

    target_id: int
    title: str
    about: Iterable[str] = ()
    names: Iterable[str] = ()
    text: Iterable[str] = ()

    def columns(self) -> list[list[str]]:
        title = _all_forms(self.title)
        head = title + _all_forms(*self.about, *self.names)
        return [title, head, head + _all_forms(*self.text)]


def _all_forms(*texts: str) -> list[str]:
    """Each word of the texts once, and what it may be of."""
    words = dict.fromkeys(word for text in texts for word in words_of(text))
    return list(dict.fromkeys(form for word in words for form in forms_of(word)))


@dataclass(frozen=True)
class Term:
    """One word of a query, with the names it may have been meant for."""

    word: str
    is_beginning: bool = False
    names: tuple[str, ...] = ()


type Query = tuple[Term, ...]


@dataclass(frozen=True)
class Place:
    """How far a reader came: the last row that was read, and the tier it stood in.

    `similar` says that nothing had just these words, and names like them were looked for.
    """

    tier: int
    pk: int
    similar: bool = False

    def __str__(self) -> str:
        return f"{'~' if self.similar else ''}{self.tier}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place that an address names, None when it names none."""
        found = _PLACE.fullmatch(text)
        return cls(int(found[2]), int(found[3]), similar=bool(found[1])) if found else None


@dataclass(frozen=True)
class Hits[Row: models.Model]:
    """A page of what was found, where the next one starts, and the words to mark."""

    rows: Sequence[Row]
    next: Place | None
    query: Query

    @property
    def is_similar(self) -> bool:
        return any(term.names for term in self.query)


def ask(words: str) -> Query:
    """Read what somebody typed. The last word may be unfinished."""
    asked = words_of(words)[:MOST_WORDS]
    last = len(asked) - 1
    return tuple(
        Term(word, is_beginning=n == last and len(word) >= SHORTEST_BEGINNING)
        for n, word in enumerate(asked)
    )


def search[Row: models.Model](
    rows: models.QuerySet[Row], kind: str, query: Query, *, after: Place | None = None, size: int
) -> Hits[Row]:
    """Return the best `size` of the rows that have every word, or those after a place.

    When no row has them, names that are spelt like the words are looked for as well. An empty
    query leaves all rows, the newest first.
    """
    if after and after.similar:
        return _page(rows, kind, _with_names(query), after, size)
    hits = _page(rows, kind, query, after, size)
    if hits.rows or after:
        return hits
    similar = _with_names(query)
    return _page(rows, kind, similar, None, size) if similar != query else hits


@dataclass(frozen=True)
class Tally:
    """How many rows have the words: so many, or more than so many."""

    number: int
    is_exact: bool


def count[Row: models.Model](rows: models.QuerySet[Row], kind: str, query: Query) -> Tally:
    """Count as far as it is cheap: frequent words in the newest rows, rare ones up to `COUNTED`."""
    ids = rows.order_by("-pk").values_list("pk", flat=True)
    if not query:
        return _tally(ids)
    place = TIERS[-1]
    if connection.vendor != "postgresql":
        return _tally(ids.filter(pk__in=_having(kind, query, place, "")))
    newest = _newest_at(place, "", ids, kind, query).count()
    if _are_few(ids):
        return Tally(newest, is_exact=True)
    if newest > ENOUGH:
        return Tally(newest // ENOUGH * ENOUGH, is_exact=False)
    return _tally(_indexed_at(place, "", ids, kind, query))


def _tally(ids: models.QuerySet[Any, int]) -> Tally:
    found = ids.order_by()[: COUNTED + 1].count()
    return Tally(min(found, COUNTED), is_exact=found <= COUNTED)


def _are_few(ids: models.QuerySet[Any, int]) -> bool:
    """Whether looking through the newest rows was looking through all of them."""
    # A list, not `exists()`, which would give up the order and with it the index.
    return not list(ids[LOOKED_THROUGH : LOOKED_THROUGH + 1])


def marks(query: Query) -> Found:
    """The words of a query, as `sharing.words.excerpt` marks them."""
    names = [name for term in query for name in term.names]
    beginning = next((term.word for term in query if term.is_beginning), "")
    return Found([*(term.word for term in query), *names], beginning)


def _page[Row: models.Model](
    rows: models.QuerySet[Row], kind: str, query: Query, after: Place | None, size: int
) -> Hits[Row]:
    """Find the ids tier by tier, as long as the page is not full, then read only those rows."""
    ids = rows.order_by("-pk").values_list("pk", flat=True)
    found: list[tuple[int, int]] = []
    for tier in range(after.tier if after else 0, len(TIERS) if query else 1):
        here = ids.filter(pk__lt=after.pk) if after and after.tier == tier else ids
        wanted = size + 1 - len(found)
        at = _ids_at(tier, here, kind, query, wanted) if query else here[:wanted]
        found += [(tier, pk) for pk in at]
        if len(found) > size:
            break
    of_id = rows.in_bulk([pk for _, pk in found[:size]])
    shown = [of_id[pk] for _, pk in found[:size] if pk in of_id]
    if len(found) <= size:
        return Hits(shown, None, query)
    tier, last = found[size - 1]
    similar = any(term.names for term in query)
    return Hits(shown, Place(tier, last, similar=similar), query)


def _ids_at(
    tier: int, ids: models.QuerySet[Any, int], kind: str, query: Query, wanted: int
) -> list[int]:
    """The newest of these ids whose rows have the words in this tier, at most so many.

    PostgreSQL takes a wrong guess at how frequent words are for the truth, and then reads nearly
    all rows to find a few. So the newest rows are looked through first, which is all it takes for
    words that are frequent; if they were not enough, the words are rare, and their index is quick.
    """
    place, above = TIERS[tier], TIERS[tier - 1] if tier else ""
    if connection.vendor == "postgresql":
        found = list(_newest_at(place, above, ids, kind, query)[:wanted])
        if len(found) == wanted or _are_few(ids):
            return found
        return list(_indexed_at(place, above, ids, kind, query)[:wanted])
    return list(ids.filter(pk__in=_having(kind, query, place, above))[:wanted])


def _newest_at(
    place: str, above: str, ids: models.QuerySet[Any, int], kind: str, query: Query
) -> models.QuerySet[Any, int]:
    where, params = _where(query, place, above)
    documents = Document.objects.filter(kind=kind, target_id__in=ids[:LOOKED_THROUGH])
    has = RawSQL(where, params, output_field=models.BooleanField())  # noqa: S611 -- as below
    return documents.filter(has).order_by("-target_id").values_list("target_id", flat=True)


def _indexed_at(
    place: str, above: str, ids: models.QuerySet[Any, int], kind: str, query: Query
) -> models.QuerySet[Any, int]:
    """Found by the index of the words. An array is made at once, however many it may become."""
    where, params = _where(query, place, above)
    pk = f"{ids.model._meta.db_table}.{ids.model._meta.pk.column}"
    among = (
        f"{pk} = ANY(ARRAY(SELECT target_id FROM sharing_document"  # noqa: S608 -- as below
        f" WHERE kind = %s AND {where}))"
    )
    field = models.BooleanField()
    return ids.filter(RawSQL(among, [kind, *params], output_field=field))  # noqa: S611


# --- names that are spelt like a word -------------------------------------------------------------


def _with_names(query: Query) -> Query:
    return tuple(replace(term, names=_names_like(term.word)) for term in query)


def _names_like(word: str) -> tuple[str, ...]:
    if len(word) < SHORTEST_NAME:
        return ()
    most = 2 if len(word) >= LONG_NAME else 1
    shared = (
        NamePiece.objects.filter(piece__in=pieces_of(word))
        .values("word")
        .annotate(pieces=Count("pk"))
        .order_by("-pieces", "word")[:50]
    )
    near = [(distance(word, row["word"]), row["word"]) for row in shared]
    return tuple(name for far, name in sorted(near) if 0 < far <= most)[:MOST_NAMES]


# --- what the databases do differently ------------------------------------------------------------


def index(kind: str, entries: Iterable[Entry]) -> None:
    """Write down by which words rows are found, in place of what was written before."""
    of_target = {entry.target_id: entry for entry in entries}
    keys = [Document(kind=kind, target_id=target) for target in of_target]
    with transaction.atomic():
        Document.objects.bulk_create(keys, ignore_conflicts=True)
        documents = Document.objects.filter(kind=kind, target_id__in=of_target)
        rows = [
            (pk, *of_target[target].columns())
            for pk, target in documents.values_list("pk", "target_id")
        ]
        write = _write_postgresql if connection.vendor == "postgresql" else _write_sqlite
        write(rows)
        _keep_names(name for entry in of_target.values() for name in entry.names)


def _keep_names(names: Iterable[str]) -> None:
    words = {word for name in names for word in words_of(name) if len(word) >= SHORTEST_NAME}
    pieces = [
        NamePiece(piece=piece, word=word)
        for word in sorted(words)
        for piece in sorted(pieces_of(word))
    ]
    NamePiece.objects.bulk_create(pieces, ignore_conflicts=True, batch_size=500)


def _write_postgresql(rows: list[tuple[Any, ...]]) -> None:
    """Both the roots and the words as they are: unfinished words begin the latter."""
    vector = "strip(to_tsvector('indonesian', %s) || to_tsvector('simple', %s))"
    statement = (
        f"UPDATE sharing_document SET title = {vector}, head = {vector}, words = {vector} "  # noqa: S608
        "WHERE id = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [text for words in columns for text in (" ".join(words), " ".join(words))] + [pk]
                for pk, *columns in rows
            ],
        )


def _write_sqlite(rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM sharing_document_words WHERE rowid = %s", [(pk,) for pk, *_ in rows]
        )
        cursor.executemany(
            "INSERT INTO sharing_document_words (rowid, title, head, words)"
            " VALUES (%s, %s, %s, %s)",
            [
                (pk, *(" ".join([*words, *map(root_of, words)]) for words in columns))
                for pk, *columns in rows
            ],
        )


def _having(kind: str, query: Query, place: str, above: str) -> RawSQL:
    """SQLite: the ids of the rows with every word at `place`, but not at the better one `above`."""
    match = f"{place} : ({_fts5(query)})" + (f" NOT {above} : ({_fts5(query)})" if above else "")
    return RawSQL(
        "SELECT target_id FROM sharing_document WHERE kind = %s AND id IN"
        " (SELECT rowid FROM sharing_document_words WHERE sharing_document_words MATCH %s)",
        [kind, match],
    )


def _where(query: Query, place: str, above: str) -> tuple[str, list[str]]:
    """The condition of PostgreSQL on a document, with its parameters."""
    tsquery, words = _tsquery(query)
    has = f"sharing_document.{place} @@ ({tsquery})"
    if not above:
        return has, words
    return f"{has} AND NOT sharing_document.{above} @@ ({tsquery})", words * 2


def _tsquery(query: Query) -> tuple[str, list[str]]:
    """The query as an expression of PostgreSQL that is the same constant for the same words.

    Words are letters and digits only, so nothing in them is syntax.
    """
    terms: list[str] = []
    params: list[str] = []
    for term in query:
        forms = forms_of(term.word)
        either = ["to_tsquery('indonesian', %s)" for _ in forms]
        params += forms
        for word in ([f"{term.word}:*"] if term.is_beginning else []) + list(term.names):
            either.append("to_tsquery('simple', %s)")
            params.append(word)
        terms.append(f"({' || '.join(either)})")
    return " && ".join(terms), params


def _fts5(query: Query) -> str:
    terms = []
    for term in query:
        either = [f'"{word}"' for word in (*map(root_of, forms_of(term.word)), *term.names)]
        either += [f'"{term.word}"*'] if term.is_beginning else []
        terms.append(f"({' OR '.join(either)})")
    return " AND ".join(terms)
