from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from tests import make
from thinkpair import services
from thinkpair.events import PairFormed, PartnerLeft, PersonLeftAlone
from thinkpair.models import Absence, Card, Message, Pair, PastSeat, Thought, Thread

pytestmark = pytest.mark.django_db


def paired(count: int) -> Thread:
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(count)])
    return services.end_thinking(thread, by=make.chair(group))


def seated(thread) -> set[frozenset[int]]:
    return {
        frozenset(pair.people.values_list("pk", flat=True))
        for pair in thread.pairs.exclude(seats=None)
    }


def happened(event) -> list[object]:
    return [entry.event for entry in Entry.objects.filter(name=event.name()).order_by("pk")]


def say(pair, by, text="Rahasia kita."):
    return services.say(pair, by=by, text=text, submission=uuid4())


def test_while_all_think_the_absent_is_simply_not_paired():
    group = make.group()
    people = [make.member(group) for _ in range(3)]
    thread = make.thread(of=group, thinkers=people)

    services.mark_absent(thread, by=people[0], person=people[0])
    services.end_thinking(thread, by=make.chair(group))

    assert seated(thread) == {frozenset(person.pk for person in people[1:])}
    assert Thought.objects.filter(author=people[0]).exists()


def test_who_is_left_alone_joins_a_pair_that_has_not_talked_and_all_are_told():
    thread = paired(6)
    quiet, talked, broken = thread.pairs.order_by("number")
    say(talked, talked.people.first())
    absent, alone = broken.people.all()

    services.mark_absent(thread, by=absent, person=absent)

    assert alone in quiet.people.all()
    assert {len(pair) for pair in seated(thread)} == {2, 3}
    assert not Pair.objects.filter(pk=broken.pk).exists()
    assert happened(PairFormed) == [PairFormed(pair_id=quiet.pk)]
    quiet.refresh_from_db()
    assert "trio" in quiet.reasons
    assert "locked" not in quiet.reasons
    assert {t.author for t in Thought.objects.visible_to(alone)} == set(quiet.people.all())
    assert {t.author for t in Thought.objects.visible_to(absent)} == {absent}


def test_who_joins_a_pair_that_talked_reads_nothing_of_before():
    thread = paired(4)
    talked, broken = thread.pairs.order_by("number")
    one, other = talked.people.all()
    before = say(talked, one)
    services.edit_card(talked, by=other, revision=0, problem="Murid kami diam.")
    absent, alone = broken.people.all()

    services.mark_absent(thread, by=make.chair(thread.group), person=absent)

    [three] = seated(thread)
    assert three == {one.pk, other.pk, alone.pk}
    room = alone.pairs.get()
    after = say(room, one, "Selamat datang.")
    assert room != talked
    assert list(Message.objects.visible_to(alone)) == [after]
    assert set(Message.objects.visible_to(one)) == {before, after}
    assert not Pair.objects.visible_to(alone).filter(pk=talked.pk).exists()
    assert not Card.objects.visible_to(alone).exists()
    assert [card.pair for card in Card.objects.visible_to(other)] == [talked]
    assert not Message.objects.visible_to(absent).exists()


def test_the_old_talk_stays_with_those_who_had_it_and_with_nobody_else():
    thread = paired(4)
    other_room, broken = thread.pairs.order_by("number")
    absent, alone = broken.people.all()
    said = [say(broken, absent), say(broken, alone)]

    services.mark_absent(thread, by=absent, person=absent)

    chair = make.chair(thread.group)
    readers = [absent, alone]
    strangers = [*other_room.people.exclude(pk=alone.pk), chair, make.member(thread.group)]
    assert all(set(Message.objects.visible_to(one)) == set(said) for one in readers)
    assert not any(Message.objects.visible_to(one).exists() for one in strangers)
    with pytest.raises(PermissionDenied):
        say(Pair.objects.get(pk=broken.pk), alone, "Masih ada orang?")


def test_who_leaves_a_trio_reads_nothing_that_is_said_later():
    thread = paired(3)
    pair = thread.pairs.get()
    leaver, one, other = pair.people.all()
    before = say(pair, one)

    services.mark_absent(thread, by=leaver, person=leaver)
    after = say(pair, other, "Tinggal kita berdua.")
    services.edit_card(pair, by=one, revision=0, problem="Murid diam.")

    assert set(pair.people.all()) == {one, other}
    assert list(Message.objects.visible_to(leaver)) == [before]
    assert set(Message.objects.visible_to(one)) == {before, after}
    assert not Pair.objects.visible_to(leaver).exists()
    assert not Card.objects.visible_to(leaver).exists()
    assert {t.author for t in Thought.objects.visible_to(one)} == {one, other}
    assert happened(PartnerLeft) == [PartnerLeft(pair_id=pair.pk, person_id=leaver.pk)]


def test_who_comes_back_to_two_that_talked_on_gets_a_new_room_with_them():
    thread = paired(3)
    pair = thread.pairs.get()
    leaver, one, other = pair.people.all()
    services.mark_absent(thread, by=leaver, person=leaver)
    say(pair, one, "Tinggal kita berdua.")

    services.end_absence(thread, by=leaver, person=leaver)

    assert seated(thread) == {frozenset((leaver.pk, one.pk, other.pk))}
    assert not Message.objects.visible_to(leaver).exists()
    assert not Absence.objects.exists()


def test_two_left_alone_are_put_together():
    thread = paired(4)
    first, second = thread.pairs.order_by("number")
    gone = [first.people.first(), second.people.first()]
    left = [first.people.last(), second.people.last()]
    services.say(first, by=left[0], text="Halo?", submission=uuid4())
    chair = make.chair(thread.group)

    services.mark_absent(thread, by=chair, person=gone[0])
    services.mark_absent(thread, by=chair, person=gone[1])

    assert seated(thread) == {frozenset(person.pk for person in left)}


def test_who_waits_alone_is_told_so_once_a_day_however_often_she_saves():
    thread = paired(2)
    make.card(of=thread.pairs.get())
    late = make.member(thread.group)

    for text in ("Saya", "Saya juga", "Saya juga diam"):
        services.think(thread, by=late, text=text)

    assert happened(PersonLeftAlone) == [PersonLeftAlone(thread_id=thread.pk, person_id=late.pk)]


def test_who_is_left_a_second_time_on_one_day_is_told_again():
    thread = paired(2)
    absent, alone = thread.pairs.get().people.all()
    late = make.member(thread.group)
    services.mark_absent(thread, by=absent, person=absent)
    services.think(thread, by=late, text="Saya terlambat.")

    services.mark_absent(thread, by=late, person=late)

    told = PersonLeftAlone(thread_id=thread.pk, person_id=alone.pk)
    assert happened(PersonLeftAlone) == [told, told]


def test_the_last_one_waits_is_told_so_and_joins_who_comes_late():
    thread = paired(2)
    absent, alone = thread.pairs.get().people.all()

    services.mark_absent(thread, by=absent, person=absent)

    assert seated(thread) == set()
    assert happened(PersonLeftAlone) == [PersonLeftAlone(thread_id=thread.pk, person_id=alone.pk)]
    late = make.member(thread.group)
    Thought.objects.create(thread=thread, author=late, text="Terlambat, tetapi ada.")
    services.place_alone(thread, by=late)
    assert seated(thread) == {frozenset((alone.pk, late.pk))}
    assert {t.author for t in Thought.objects.visible_to(late)} == {alone, late}


def test_a_late_one_beside_a_trio_makes_two_pairs():
    thread = paired(3)
    late = make.member(thread.group)

    services.think(thread, by=late, text="Terlambat.")

    assert sorted(len(pair) for pair in seated(thread)) == [2, 2]


@pytest.mark.parametrize("is_arranged", [True, False])
def test_a_trio_is_parted_as_soon_as_the_number_is_even(is_arranged):
    group = make.group()
    people = [make.member(group) for _ in range(5)]
    thread = make.thread(of=group, thinkers=people, is_arranged=is_arranged)
    services.end_thinking(thread, by=make.chair(group))
    late = make.member(group)

    services.think(thread, by=late, text="Terlambat.")

    assert sorted(len(pair) for pair in seated(thread)) == [2, 2, 2]
    assert not any("trio" in pair.reasons for pair in thread.pairs.all())


def test_after_two_absences_of_eight_there_is_no_trio():
    thread = paired(8)

    for _ in range(2):
        absent = min(min(pair) for pair in seated(thread) if len(pair) == 2)
        person = User.objects.get(pk=absent)
        services.mark_absent(thread, by=person, person=person)

    assert sorted(len(pair) for pair in seated(thread)) == [2, 2, 2]


def test_two_of_a_trio_keep_their_talk_when_the_third_goes_to_one_who_came_late():
    thread = paired(3)
    room = thread.pairs.get()
    said = say(room, room.people.first())
    three = set(room.people.all())
    late = make.member(thread.group)

    services.think(thread, by=late, text="Terlambat.")

    [gone] = three - set(room.people.all())
    after = say(room, room.people.first(), "Kita berdua.")
    assert set(late.pairs.get().people.all()) == {gone, late}
    assert list(Message.objects.visible_to(gone)) == [said]
    assert not Message.objects.visible_to(late).exists()
    assert all(set(Message.objects.visible_to(one)) == {said, after} for one in room.people.all())
    assert {t.author for t in Thought.objects.visible_to(late)} == {gone, late}
    new = late.pairs.get()
    assert happened(PairFormed) == [PairFormed(pair_id=room.pk), PairFormed(pair_id=new.pk)]


def test_in_the_arrange_phase_pairs_change_and_nobody_is_told():
    group = make.group()
    thread = make.arranged(of=group, thinkers=[make.member(group) for _ in range(4)])
    absent = thread.pairs.get(number=1).people.first()

    services.mark_absent(thread, by=make.chair(group), person=absent)

    assert [len(pair) for pair in seated(thread)] == [3]
    assert happened(PairFormed) == []
    assert not Thought.objects.exclude(pair=None).exists()
    assert not PastSeat.objects.exists()


def test_absence_by_another_member_or_of_one_who_shared_the_card_is_refused():
    thread = paired(4)
    pair = thread.pairs.get(number=1)
    one, other = pair.people.all()
    before = seated(thread)

    with pytest.raises(PermissionDenied, match="orangnya sendiri"):
        services.mark_absent(thread, by=other, person=one)
    with pytest.raises(PermissionDenied, match="orangnya sendiri"):
        services.end_absence(thread, by=other, person=one)
    services.edit_card(pair, by=one, revision=0, problem="Diam.", attempt="Tunggu.")
    services.share_card(pair, by=one)
    with pytest.raises(PermissionDenied, match="sudah dibagikan"):
        services.mark_absent(thread, by=one, person=one)
    with pytest.raises(PermissionDenied, match="tidak ikut diskusi"):
        services.mark_absent(thread, by=make.chair(thread.group), person=make.person())

    assert seated(thread) == before
    assert not Absence.objects.exists()


def test_who_left_the_group_frees_her_partner_when_somebody_comes_late():
    thread = paired(4)
    gone = thread.pairs.order_by("number")[0].people.order_by("pk")[0]
    gone.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    late = make.member(thread.group)

    services.think(thread, by=late, text="Saya terlambat.")

    sitting = seated(thread)
    assert not any(gone.pk in pair for pair in sitting)
    assert any(late.pk in pair for pair in sitting)
    assert all(len(pair) in (2, 3) for pair in sitting)


def test_a_shared_card_keeps_its_people_when_one_leaves_the_group():
    thread = paired(4)
    pair = thread.pairs.order_by("number")[0]
    gone, stays = pair.people.order_by("pk")
    make.card(of=pair)
    gone.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))

    services.think(thread, by=make.member(thread.group), text="Terlambat.")

    assert set(pair.people.all()) == {gone, stays}
    assert sorted(len(pair) for pair in seated(thread)) == [2, 3]


def test_at_a_session_guests_without_account_are_not_paired_and_the_teacher_is():
    session = make.session(held=True)
    here = make.member(session.group)
    guest = make.person()
    for person in (here, guest):
        session.participations.create(user=person, role="participant", attendance="present")
    User.objects.filter(pk=guest.pk).update(is_active=False, is_guest=True)
    thread = make.thread(of=session.group, session=session)

    services.end_thinking(thread, by=make.chair(session.group))

    assert seated(thread) == {frozenset({here.pk, session.teacher_id})}


def test_whoever_was_at_the_session_can_be_absent_though_no_member():
    session = make.session(held=True)
    visitors = [make.member(make.group()) for _ in range(2)]
    for person in visitors:
        session.participations.create(user=person, role="participant", attendance="present")
    thread = make.thread(of=session.group, session=session)
    services.end_thinking(thread, by=make.chair(session.group))

    services.mark_absent(thread, by=visitors[0], person=visitors[0])

    assert not any(visitors[0].pk in pair for pair in seated(thread))
    away = make.member(session.group)
    with pytest.raises(PermissionDenied, match="tidak ikut diskusi"):
        services.mark_absent(thread, by=away, person=away)


def test_a_room_read_before_one_left_it_takes_no_word_of_hers():
    thread = paired(3)
    pair = thread.pairs.get()
    leaver = pair.people.order_by("pk")[0]
    stale = Pair.objects.prefetch_related("seats").select_related("thread").get(pk=pair.pk)
    list(stale.seats.all())
    services.mark_absent(thread, by=leaver, person=leaver)

    for act in (
        lambda: say(stale, leaver),
        lambda: services.edit_card(stale, by=leaver, revision=0, cause="Saya."),
        lambda: services.share_card(stale, by=leaver),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert not Message.objects.exists()


def test_whom_the_board_calls_absent_tells_it_nothing_of_who_answered():
    group = make.group()
    people = [make.member(group) for _ in range(2)]
    thread, chair = make.thread(of=group, thinkers=people), make.chair(group)

    services.mark_absent(thread, by=chair, person=people[0])
    services.end_thinking(thread, by=chair)

    # Two had answered; with one of them away there is nobody to talk with.
    assert (thread.phase, thread.pairs.exists()) == ("closed", False)
