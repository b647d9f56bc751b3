"""Writing down by which words rows are found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from sharing.models import Document, NamePiece
from sharing.search.asking import SHORTEST_NAME
from sharing.search.databases import database
from sharing.words import forms_of, pieces_of, words_of


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
        """The words of `finding.TIERS`, each tier with those of the better ones."""
        title = _all_forms(self.title)
        head = title + _all_forms(*self.about, *self.names)
        return [title, head, head + _all_forms(*self.text)]


def _all_forms(*texts: str) -> list[str]:
    """Each word of the texts once, and what it may be of."""
    words = dict.fromkeys(word for text in texts for word in words_of(text))
    return list(dict.fromkeys(form for word in words for form in forms_of(word)))


def index(kind: str, entries: Iterable[Entry]) -> None:
    """Write down by which words rows are found, in place of what was written before."""
    of_target = {entry.target_id: entry for entry in entries}
    keys = [Document(kind=kind, target_id=target) for target in of_target]
    with transaction.atomic():
        Document.objects.bulk_create(keys, ignore_conflicts=True)
        documents = Document.objects.filter(kind=kind, target_id__in=of_target)
        database().write(
            [
                (pk, of_target[target].columns())
                for pk, target in documents.values_list("pk", "target_id")
            ]
        )
        _keep_names(name for entry in of_target.values() for name in entry.names)


def _keep_names(names: Iterable[str]) -> None:
    words = {word for name in names for word in words_of(name) if len(word) >= SHORTEST_NAME}
    pieces = [
        NamePiece(piece=piece, word=word)
        for word in sorted(words)
        for piece in sorted(pieces_of(word))
    ]
    NamePiece.objects.bulk_create(pieces, ignore_conflicts=True, batch_size=500)


def forget_names(still: Iterable[str]) -> int:
    """Forget the words that stand in none of these names any more; say how many words."""
    words = {word for name in still for word in words_of(name)}
    kept = NamePiece.objects.order_by("word").values_list("word", flat=True).distinct()
    gone = [word for word in kept if word not in words]
    NamePiece.objects.filter(word__in=gone).delete()
    return len(gone)
