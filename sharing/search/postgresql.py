"""Words on PostgreSQL: text search by the configuration `indonesian`. See `databases.Database`.

PostgreSQL takes a wrong guess at how frequent words are for the truth, and then reads nearly all
rows to find a few. So the newest rows are looked through first, which is all it takes for words
that are frequent; if they were not enough, the words are rare, and their index is quick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

from sharing.models import Document
from sharing.search.asking import Query, Sought
from sharing.search.counting import Tally, tally
from sharing.words import forms_of

# So many of the newest rows are looked through for frequent words.
LOOKED_THROUGH = 1000
# Of frequent words whole hundreds are enough.
ENOUGH = 100


def write(documents: Sequence[tuple[int, list[list[str]]]]) -> None:
    """Both the roots and the words as they are: unfinished words begin the latter."""
    vector = "strip(to_tsvector('indonesian', %s) || to_tsvector('simple', %s))"
    statement = (
        f"UPDATE sharing_document SET title = {vector}, head = {vector}, words = {vector} "  # noqa: S608 -- a constant
        "WHERE id = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [text for words in columns for text in (" ".join(words), " ".join(words))] + [pk]
                for pk, columns in documents
            ],
        )


def having[Row: Model](sought: Sought, rows: QuerySet[Row, Any]) -> QuerySet[Row, Any]:
    """Found by the index of the words. An array is made at once, however many it may become."""
    where, params = _where(sought)
    pk = f"{rows.model._meta.db_table}.{rows.model._meta.pk.column}"
    among = (
        f"{pk} = ANY(ARRAY(SELECT target_id FROM sharing_document"  # noqa: S608 -- see `_tsquery`
        f" WHERE kind = %s AND {where}))"
    )
    has = RawSQL(among, [sought.kind, *params], output_field=BooleanField())  # noqa: S611 -- so
    return rows.filter(has)


def ids_at(
    sought: Sought, ids: QuerySet[Any, int], wanted: int, *, few: Callable[[], bool]
) -> list[int]:
    found = list(_newest(sought, ids)[:wanted])
    if len(found) == wanted or few():
        return found
    return list(having(sought, ids)[:wanted])


def count(sought: Sought, ids: QuerySet[Any, int]) -> Tally:
    """Frequent words are counted in the newest rows alone, in whole hundreds."""
    newest = _newest(sought, ids).count()
    if are_few(ids):
        return Tally(newest, is_exact=True)
    if newest > ENOUGH:
        return Tally(newest // ENOUGH * ENOUGH, is_exact=False)
    return tally(having(sought, ids))


def are_few(ids: QuerySet[Any, int]) -> bool:
    # A list, not `exists()`, which would give up the order and with it the index.
    return not list(ids[LOOKED_THROUGH : LOOKED_THROUGH + 1])


def _newest(sought: Sought, ids: QuerySet[Any, int]) -> QuerySet[Any, int]:
    where, params = _where(sought)
    documents = Document.objects.filter(kind=sought.kind, target_id__in=ids[:LOOKED_THROUGH])
    has = RawSQL(where, params, output_field=BooleanField())  # noqa: S611 -- see `_tsquery`
    return documents.filter(has).order_by("-target_id").values_list("target_id", flat=True)


def _where(sought: Sought) -> tuple[str, list[str]]:
    """The condition on a document, with its parameters."""
    tsquery, words = _tsquery(sought.query)
    has = f"sharing_document.{sought.place} @@ ({tsquery})"
    if not sought.above:
        return has, words
    return f"{has} AND NOT sharing_document.{sought.above} @@ ({tsquery})", words * 2


def _tsquery(query: Query) -> tuple[str, list[str]]:
    """The query as an expression that is the same constant for the same words.

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
