"""Who cannot take part after all, and where those go who are left alone by it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Exists, Max, OuterRef, Q, When
from django.utils import timezone

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import AbsenceEnded, PairFormed, PartnerLeft, PersonHindered, PersonLeftAlone
from thinkpair.models import Absence, Message, Pair, PairMember, PastSeat, Thread
from thinkpair.pairing import place, seat
from thinkpair.queries.matching import history_before, persons_of
from thinkpair.services.pairs import add_pair, give_thoughts

PAIRED = (Thread.Phase.ARRANGE, Thread.Phase.PAIR)
PAIR = 2


def mark_absent(thread: Thread, *, by: User, person: User) -> Thread:
    """Say that a person cannot take part; who is left alone by it gets another partner at once."""
    with changing(thread):
        rules.may_mark_absent.require(by, thread, person)
        _absence, is_new = Absence.objects.get_or_create(
            thread=thread, person=person, defaults={"by": by}
        )
        if not is_new:
            return thread
        record(PersonHindered(thread_id=thread.pk, person_id=person.pk), by=by)
        _leave(thread, person)
        place_alone(thread, by=by)
    return thread


def end_absence(thread: Thread, *, by: User, person: User) -> Thread:
    """Let a person take part again after all; with pairs made, he or she joins one."""
    with changing(thread):
        rules.may_end_absence.require(by, thread, person)
        gone, _each = Absence.objects.filter(thread=thread, person=person).delete()
        if gone:
            record(AbsenceEnded(thread_id=thread.pk, person_id=person.pk), by=by)
            place_alone(thread, by=by)
    return thread


def place_alone(thread: Thread, *, by: User | None) -> None:
    """Seat everyone who takes part and sits nowhere: together, or one with a trio or a pair.

    A trio is there only while the number is odd. One for whom there is no room waits for the next.
    Where a pair has talked already, the three get a new room, so that nobody reads what was said
    before.
    """
    # No rule: whoever left somebody alone or thought late asked one, and locked the thread.
    if thread.phase not in PAIRED:
        return
    sitting = PairMember.objects.filter(thread=thread).exclude(person__in=thread.takes_part())
    # A card that was shared keeps its authors.
    for seat_left in sitting.exclude(pair__card__shared_at__isnull=False).select_related("person"):
        # Somebody left the group, or was not at the session after all.
        _leave(thread, seat_left.person)
    alone = list(thread.people_to_pair().exclude(pk__in=thread.seated()))
    trios = [room for room in _open_rooms(thread) if len(room.seats.all()) > PAIR]
    if trios and len(alone) % 2:
        # Now the number is even.
        _part_trio(min(trios, key=lambda room: room.is_used), alone.pop(), by=by)
    if len(alone) >= PAIR:
        _seat_together(thread, alone, by=by)
    elif alone:
        _join_a_room(thread, alone[0], by=by)


def _seat_together(thread: Thread, people: Collection[User], *, by: User | None) -> None:
    history = history_before(thread)
    draw = thread.pk + len(people)
    for seating in seat(persons_of(thread, people), history, style=thread.matching, seed=draw):
        _open(add_pair(thread, seating), by=by)


def _part_trio(trio: Pair, person: User, *, by: User | None) -> None:
    """Make two pairs of a trio and one more; two of the three keep their room and its talk."""
    thread = trio.thread
    people = [*trio.seats.values_list("person", flat=True), person.pk]
    found = seat(
        persons_of(thread, User.objects.filter(pk__in=people)),
        history_before(thread),
        style=thread.matching,
        seed=thread.pk,
    )
    stay, leave = sorted(found, key=lambda seating: person.pk in seating.people)
    _stand_up(trio, [one for one in leave.people if one != person.pk])
    trio.reasons = [*(["locked"] if trio.is_locked else []), *stay.reasons]
    trio.save(update_fields=["reasons"])
    for room in (trio, add_pair(thread, leave)):
        _open(room, by=by)


def _join_a_room(thread: Thread, person: User, *, by: User | None) -> None:
    rooms = _open_rooms(thread)
    if not rooms:
        # An answer is saved again and again while one writes; one hears of it once a day, and again
        # when somebody else cannot come.
        newest = thread.absences.aggregate(newest=Max("pk"))["newest"] or 0
        once = f"left-alone:{thread.pk}:{person.pk}:{newest}:{timezone.localdate()}"
        record(PersonLeftAlone(thread_id=thread.pk, person_id=person.pk), by=by, once=once)
        return
    everyone = thread.people_to_pair()
    chosen = rooms[
        place(
            persons_of(thread, [person])[0],
            [[one.person_id for one in room.seats.all()] for room in rooms],
            persons_of(thread, everyone),
            history_before(thread),
            busy=[at for at, room in enumerate(rooms) if room.is_used],
            style=thread.matching,
            seed=thread.pk,
        )
    ]
    together = [*(one.person_id for one in chosen.seats.all()), person.pk]
    [seating] = seat(
        persons_of(thread, everyone.filter(pk__in=together)),
        history_before(thread),
        style=thread.matching,
        locked=[together],
    )
    if chosen.is_used:
        _part(chosen)
        room = add_pair(thread, seating)
    else:
        room = chosen
        PairMember.objects.create(thread=thread, pair=room, person=person)
        room.reasons = list(seating.reasons)
    # It was not the board that put them together.
    room.reasons = [code for code in room.reasons if code != "locked"]
    room.is_locked = chosen.is_locked
    room.save(update_fields=["reasons", "is_locked"])
    _open(room, by=by)


def _open_rooms(thread: Thread) -> list[Any]:
    """Pairs that have not shared their card, by number, each with whether it `is_used`. 2 queries.

    Others join these only: a shared card keeps its authors.
    """
    unshared = thread.pairs.exclude(card__shared_at__isnull=False).exclude(seats=None)
    used = Exists(Message.objects.filter(pair=OuterRef("pk"))) | Q(card__revision__gt=0)
    rooms = unshared.annotate(is_used=Case(When(used, then=True), default=False))
    return list(rooms.distinct().prefetch_related("seats").order_by("number"))


def _leave(thread: Thread, person: User) -> None:
    """Take a person out of the own pair; one who stays behind alone leaves it, too."""
    own = PairMember.objects.filter(thread=thread, person=person).first()
    if own is None:
        return
    # Locked before its seats are, as whoever says that she has read does.
    pair = Pair.objects.select_for_update(no_key=True).get(pk=own.pair_id)
    if pair.seats.count() <= PAIR:
        _part(pair)
        return
    _stand_up(pair, [person.pk])
    pair.reasons = [code for code in pair.reasons if code in ("schools", "new", "locked")]
    pair.save(update_fields=["reasons"])
    if thread.phase == Thread.Phase.PAIR:
        record(PartnerLeft(pair_id=pair.pk, person_id=person.pk), by=None)


def _part(pair: Pair) -> None:
    """Let nobody sit in a pair any more. Of a room that was never used nothing remains."""
    _stand_up(pair, list(pair.seats.values_list("person", flat=True)))
    if not _is_used(pair):
        pair.delete()


def _stand_up(pair: Pair, people: Collection[int]) -> None:
    """End these seats: they read the talk so far, nothing later, and no thought of the others."""
    newest = pair.messages.aggregate(newest=Max("pk"))["newest"] or 0
    if _is_used(pair):
        for person in people:
            PastSeat.objects.update_or_create(
                pair=pair,
                person_id=person,
                defaults={"up_to": newest, "left_at": timezone.now()},
            )
    pair.seats.filter(person__in=people).delete()
    pair.thoughts.filter(author__in=people).update(pair=None)


def _is_used(pair: Pair) -> bool:
    """Whether something was said or written in a room."""
    return pair.messages.exists() or (hasattr(pair, "card") and pair.card.revision > 0)


def _open(pair: Pair, *, by: User | None) -> None:
    """Let a pair that was formed after the others into its room, once rooms are open."""
    if pair.thread.phase != Thread.Phase.PAIR:
        return
    give_thoughts(pair, list(pair.seats.values_list("person", flat=True)))
    record(PairFormed(pair_id=pair.pk), by=by)
