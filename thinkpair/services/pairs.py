"""Who is put together with whom."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import (
    PairsMade,
)
from thinkpair.models import Pair, PairMember, Thread
from thinkpair.pairing import Seating, seat
from thinkpair.queries.matching import history_before, persons_of


def make_pairs(thread: Thread, *, by: User) -> Thread:
    """Pair everyone who takes part; the rooms open at once unless the board looks first."""
    with changing(thread):
        rules.may_make_pairs.require(by, thread)
        propose_pairs(thread)
        if thread.is_arranged:
            thread.phase = Thread.Phase.ARRANGE
            thread.save(update_fields=["phase"])
        else:
            open_rooms(thread, by=by)
    return thread


def propose_pairs(thread: Thread, *, draw: int = 0) -> None:
    """Seat everyone of the thread anew, around locked pairs. The caller has locked the thread.

    Nobody but the board sees the pairs until `open_rooms`. Another `draw` decides anew between
    pairs that are as good.
    """
    locked = thread.pairs.filter(is_locked=True).prefetch_related("seats")
    kept = [{seat.person_id for seat in pair.seats.all()} for pair in locked]
    seatings = seat(
        persons_of(thread, thread.people_to_pair()),
        history_before(thread),
        style=thread.matching,
        locked=kept,
        seed=thread.pk + draw,
    )
    thread.pairs.all().delete()
    for seating in seatings:
        add_pair(thread, seating)


def open_rooms(thread: Thread, *, by: User | None) -> None:
    """Let each pair into its room and read what the other thought."""
    # No rule: whoever moves the thread on asked one, and locked the thread.
    for pair in thread.pairs.prefetch_related("seats"):
        give_thoughts(pair, [seat.person_id for seat in pair.seats.all()])
    thread.phase = Thread.Phase.PAIR
    thread.paired_at = timezone.now()
    thread.save(update_fields=["phase", "paired_at"])
    record(PairsMade(thread_id=thread.pk), by=by)


def add_pair(thread: Thread, seating: Seating) -> Pair:
    """One more pair of a thread, behind those it has."""
    last = thread.pairs.aggregate(last=Max("number"))["last"] or 0
    pair = Pair.objects.create(
        thread=thread,
        number=last + 1,
        reasons=list(seating.reasons),
        is_locked="locked" in seating.reasons,
    )
    PairMember.objects.bulk_create(
        PairMember(thread=thread, pair=pair, person_id=person) for person in seating.people
    )
    return pair


def give_thoughts(pair: Pair, people: Collection[int]) -> None:
    """Let a pair read what these of it thought."""
    pair.thread.thoughts.filter(author__in=people).update(pair=pair)
