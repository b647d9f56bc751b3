"""A word to pairs that fell silent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from activity.services import record
from thinkpair.events import PairIsSilent
from thinkpair.models import Pair, PairMember, Thread

SILENCE = timedelta(days=1)


def nudge_silent_pairs(now: datetime) -> None:
    """Record, once for each, that nobody of a pair wrote for a day, or for half of a short phase.

    Pairs of a meeting sit beside each other, and whoever shared a card has said enough.
    """
    pairs = (
        Pair.objects.filter(thread__phase=Thread.Phase.PAIR, nudged_at=None)
        .filter(thread__pair_minutes=None)
        .exclude(card__shared_at__isnull=False)
        .filter(Exists(PairMember.objects.filter(pair=OuterRef("pk"))))
        .with_last_word()
        .select_related("thread")
    )
    for pair in pairs.order_by("pk").iterator(chunk_size=500):
        if _is_silent(pair, now):
            _nudge(pair, now)


def _is_silent(pair: Pair, now: datetime) -> bool:
    """A pair that was formed after the rooms opened has its own time to begin."""
    opened = pair.thread.paired_at or pair.thread.opened_at
    whole = pair.thread.pair_ends_at - opened
    since = pair.spoke_at or max(opened, pair.formed_at)
    return now - since >= min(SILENCE, whole / 2)


@transaction.atomic
def _nudge(pair: Pair, now: datetime) -> None:
    """Whoever comes second, or after a new word, changes no row and records nothing."""
    silent = Pair.objects.filter(pk=pair.pk, nudged_at=None, last_said_at=pair.last_said_at)
    if silent.update(nudged_at=now):
        record(PairIsSilent(pair_id=pair.pk), by=None, once=f"pair-silent:{pair.pk}")
