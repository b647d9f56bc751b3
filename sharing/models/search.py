"""What can be found by its words. The words themselves only `sharing.search` reads and writes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """That a row of some kind, e.g. a post, can be found.

    Its words are kept as the database's own text search wants them, beside the model: columns
    `title`, `head` and `words` of this table on PostgreSQL, the table `sharing_document_words` on
    SQLite.
    """

    class Kind(models.TextChoices):
        POST = "post", _("Bahan")
        CARD = "card", _("Kartu")

    kind = models.CharField(max_length=10, choices=Kind)
    target_id = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("dokumen pencarian")
        verbose_name_plural = _("dokumen pencarian")
        constraints = [
            models.UniqueConstraint(fields=["kind", "target_id"], name="one_document_per_row"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id}"


class NamePiece(models.Model):
    """Three letters in a row of a word in somebody's name, by which a misspelt name is found."""

    piece = models.CharField(max_length=3)
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("potongan nama")
        verbose_name_plural = _("potongan nama")
        constraints = [
            models.UniqueConstraint(fields=["piece", "word"], name="one_piece_per_word"),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.piece}"
