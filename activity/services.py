from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.events import Event, handlers
from activity.models import Entry

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)


@contextmanager
def changing(*rows: models.Model) -> Iterator[None]:
    """Open a transaction, lock the rows and read them afresh: what a rule sees is what holds.

    Other changes of a row wait; a new row that only points to it does not, or two who each make
    one could wait for each other for ever. Raises PermissionDenied when a row is gone meanwhile.
    """
    with transaction.atomic():
        for row in rows:
            # The request's user is a lazy stand-in, whose type is not its model.
            locked = row._meta.model._default_manager.select_for_update(no_key=True)
            try:
                row.refresh_from_db(from_queryset=locked)
            except ObjectDoesNotExist as gone:
                words = _("Sementara itu sudah dihapus atau ditarik. Muat ulang halaman.")
                raise PermissionDenied(words) from gone
        yield


def record(event: Event, *, by: User | None, once: str | None = None) -> None:
    """Write down that `event` happened, in the transaction of the change it tells of.

    `by` is None when the platform did it. With `once`, a second event of that key is dropped.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs in the transaction of the change it tells of.")
    entry = Entry(name=event.name(), data=event.as_json(), actor=by, once=once)
    Entry.objects.bulk_create([entry], ignore_conflicts=once is not None)


def relay(*, batch: int = 100) -> int:
    """Do what follows from every due entry, and say how many were settled.

    A handler that fails has its entry tried again later; it holds up no other.
    """
    settled, now = 0, timezone.now()
    while True:
        entries = list(Entry.objects.due(now)[:batch])
        for entry in entries:
            settled += _settle_or_postpone(entry)
        if len(entries) < batch:
            return settled


def _settle_or_postpone(entry: Entry) -> bool:
    try:
        return _settle(entry)
    except Exception:
        logger.exception("Activity entry %s failed", entry.pk)
        entry.postpone(timezone.now())
        return False


@transaction.atomic
def _settle(entry: Entry) -> bool:
    """Claim and follow in one transaction: a crash undoes both, a second worker finds nothing."""
    if not Entry.objects.claim(entry, timezone.now()):
        return False
    for handler in handlers[type(entry.event)]:
        handler(entry.event)
    return True
