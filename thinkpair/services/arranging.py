"""What the board does with proposed pairs before their rooms open."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import PairsArranged
from thinkpair.models import Pair, PairMember, Thread
from thinkpair.pairing import seat
from thinkpair.queries.matching import history_before, persons_of
from thinkpair.services.pairs import propose_pairs
from thinkpair.services.phases import open_rooms


def lock_pair(
    thread: Thread, *, by: User, number: int, seen: Collection[int] | None = None
) -> Pair:
    """Keep the pair of this number together when pairs are proposed anew.

    `seen` are the ids of those whom the page showed there; where others sit there now, because
    somebody else arranged pairs meanwhile, it is refused. Without, it is not asked.
    """
    return _set_lock(thread, by=by, number=number, seen=seen, is_locked=True)


def unlock_pair(
    thread: Thread, *, by: User, number: int, seen: Collection[int] | None = None
) -> Pair:
    """Let the pair of this number be parted when pairs are proposed anew; `seen` as in locking."""
    return _set_lock(thread, by=by, number=number, seen=seen, is_locked=False)


def swap_people(thread: Thread, *, by: User, one: User, other: User) -> Thread:
    """Let two people of different pairs change places; both pairs are locked then.

    Nobody is left alone by it: each pair has as many people as before.
    """
    with changing(thread):
        rules.may_arrange_pairs.require(by, thread)
        seats = {
            seat.person_id: seat
            for seat in PairMember.objects.filter(thread=thread, person__in=(one.pk, other.pk))
        }
        if len(seats) < 2:  # noqa: PLR2004 -- two people
            raise ValidationError(_("Pilih dua orang yang sudah mendapat pasangan."))
        first, second = seats[one.pk], seats[other.pk]
        if first.pair_id == second.pair_id:
            raise ValidationError(_("Keduanya sudah berpasangan. Pilih dari dua pasangan berbeda."))
        first.pair_id, second.pair_id = second.pair_id, first.pair_id
        for moved in (first, second):
            moved.save(update_fields=["pair"])
        for moved in (first, second):
            _lock_as_seated(thread, moved.pair_id)
        record(PairsArranged(thread_id=thread.pk), by=by)
    return thread


def repropose_pairs(thread: Thread, *, by: User) -> Thread:
    """Propose pairs anew around those that are locked."""
    with changing(thread):
        rules.may_arrange_pairs.require(by, thread)
        newest = thread.pairs.order_by("pk").last()
        propose_pairs(thread, draw=newest.pk if newest else 0)
        record(PairsArranged(thread_id=thread.pk), by=by)
    return thread


def open_pairs(thread: Thread, *, by: User) -> Thread:
    """Let the pairs into their rooms as the board arranged them. They are told."""
    # No event: opening the rooms records one.
    with changing(thread):
        rules.may_arrange_pairs.require(by, thread)
        open_rooms(thread, by=by)
    return thread


def _set_lock(
    thread: Thread, *, by: User, number: int, seen: Collection[int] | None, is_locked: bool
) -> Pair:
    with changing(thread):
        rules.may_arrange_pairs.require(by, thread)
        pair = thread.pairs.filter(number=number).first()
        people = set(pair.seats.values_list("person", flat=True)) if pair else set()
        if pair is None or (seen is not None and set(seen) != people):
            raise PermissionDenied(_("Pasangan itu sudah disusun ulang. Muat ulang halaman."))
        pair.is_locked = is_locked
        others = [code for code in pair.reasons if code != "locked"]
        pair.reasons = ["locked", *others] if is_locked else others
        pair.save(update_fields=["is_locked", "reasons"])
        record(PairsArranged(thread_id=thread.pk), by=by)
    return pair


def _lock_as_seated(thread: Thread, pair_id: int) -> None:
    """Lock a pair that was made by hand, with the reasons that hold for it now."""
    pair = thread.pairs.get(pk=pair_id)
    people = User.objects.filter(pk__in=pair.seats.values("person"))
    together = [set(people.values_list("pk", flat=True))]
    found = seat(
        persons_of(thread, people), history_before(thread), style=thread.matching, locked=together
    )
    pair.is_locked = True
    pair.reasons = [code for seating in found for code in seating.reasons]
    pair.save(update_fields=["is_locked", "reasons"])
