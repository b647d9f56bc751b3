"""Questions about what happened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from activity.events import Event
from activity.models import Entry

if TYPE_CHECKING:
    from accounts.models import User

# Transactions that overlap commit out of the order of their keys, but never by that many.
OUT_OF_ORDER = 24


def stamp() -> str:
    """Return a word that is another one after every change: what was made before it may be old."""
    latest = Entry.objects.order_by("-pk").values_list("pk", flat=True)[:OUT_OF_ORDER]
    return f"{hash(tuple(latest)):x}"


def count_done(by: User, events: Collection[type[Event]], since: datetime) -> int:
    """Say how often a person did one of these things since a moment."""
    names = [event.name() for event in events]
    return Entry.objects.filter(actor=by, name__in=names, at__gte=since).count()
