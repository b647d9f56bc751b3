"""Who is put together with whom."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max

from thinkpair.models import Pair, PairMember, Thread
from thinkpair.pairing import Seating, seat
from thinkpair.queries.matching import history_before, persons_of


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
        pair = add_pair(thread, seating)
        if "again" in seating.reasons and not kept:
            # Nobody was held back: no other round is without a repeat.
            pair.reasons.append("forced")
            pair.save(update_fields=["reasons"])


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
