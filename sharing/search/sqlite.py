"""Words on SQLite: FTS5 over roots and words as they are. See `databases.Database`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from sharing.search.asking import Query, Sought
from sharing.search.counting import Tally, tally
from sharing.words import forms_of, root_of


def write(documents: Sequence[tuple[int, list[list[str]]]]) -> None:
    rows: list[list[Any]] = [
        [pk, *(" ".join([*words, *map(root_of, words)]) for words in columns)]
        for pk, columns in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM sharing_document_words WHERE rowid = %s", [[pk] for pk, _ in documents]
        )
        cursor.executemany(
            "INSERT INTO sharing_document_words (rowid, title, head, words)"
            " VALUES (%s, %s, %s, %s)",
            rows,
        )


def having[Row: Model](sought: Sought, rows: QuerySet[Row, Any]) -> QuerySet[Row, Any]:
    words = _fts5(sought.query)
    match = f"{sought.place} : ({words})"
    if sought.above:
        match += f" NOT {sought.above} : ({words})"
    ids = RawSQL(
        "SELECT target_id FROM sharing_document WHERE kind = %s AND id IN"
        " (SELECT rowid FROM sharing_document_words WHERE sharing_document_words MATCH %s)",
        [sought.kind, match],
    )
    return rows.filter(pk__in=ids)


def are_few(ids: QuerySet[Any, int]) -> bool:  # noqa: ARG001 -- FTS5 looks through nothing
    return False


def ids_at(
    sought: Sought,
    ids: QuerySet[Any, int],
    wanted: int,
    *,
    few: Callable[[], bool],  # noqa: ARG001 -- as above
) -> list[int]:
    return list(having(sought, ids)[:wanted])


def count(sought: Sought, ids: QuerySet[Any, int]) -> Tally:
    return tally(having(sought, ids))


def _fts5(query: Query) -> str:
    terms = []
    for term in query:
        either = [f'"{word}"' for word in (*map(root_of, forms_of(term.word)), *term.names)]
        either += [f'"{term.word}"*'] if term.is_beginning else []
        terms.append(f"({' OR '.join(either)})")
    return " AND ".join(terms)
