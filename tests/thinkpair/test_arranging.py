import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import make
from thinkpair import services
from thinkpair.models import Pair, Thought, Thread
from thinkpair.queries.arranging import proposals_of, reasons_for_pair

pytestmark = pytest.mark.django_db


def arranged(count: int) -> Thread:
    group = make.group()
    return make.arranged(of=group, thinkers=[make.member(group) for _ in range(count)])


def seated(thread) -> list[set[int]]:
    return [
        set(pair.people.values_list("pk", flat=True)) for pair in thread.pairs.order_by("number")
    ]


def test_repropose_keeps_locked_pairs_and_draws_the_others_anew():
    thread = arranged(12)
    chair = make.chair(thread.group)
    before = seated(thread)
    services.lock_pair(thread, by=chair, number=2)

    services.repropose_pairs(thread, by=chair)

    after = seated(thread)
    assert before[1] in after
    assert sorted(one for pair in after for one in pair) == sorted(o for p in before for o in p)
    assert [p.is_locked for p in thread.pairs.order_by("number")] == [True] + [False] * 5
    assert after != before


def test_an_unlocked_pair_may_be_parted_again():
    thread = arranged(4)
    chair = make.chair(thread.group)
    services.lock_pair(thread, by=chair, number=1)

    services.unlock_pair(thread, by=chair, number=1)

    assert not thread.pairs.filter(is_locked=True).exists()


def test_swap_people_of_two_pairs_leaves_nobody_alone_and_locks_both():
    thread = arranged(5)
    chair = make.chair(thread.group)
    first, second = (pair.people.order_by("pk")[0] for pair in thread.pairs.order_by("number"))
    sizes = [len(pair) for pair in seated(thread)]

    services.swap_people(thread, by=chair, one=first, other=second)

    pairs = seated(thread)
    assert [len(pair) for pair in pairs] == sizes
    assert first.pk in pairs[1]
    assert second.pk in pairs[0]
    assert all("locked" in pair.reasons for pair in thread.pairs.all())


def test_swapped_pairs_of_two_are_no_trio_and_give_reasons_of_who_sits_there():
    thread = arranged(4)
    first, second = (pair.people.order_by("pk")[0] for pair in thread.pairs.order_by("number"))

    services.swap_people(thread, by=make.chair(thread.group), one=first, other=second)

    assert [pair.reasons for pair in thread.pairs.all()] == [["locked", "schools", "new"]] * 2


def test_swap_of_partners_or_of_somebody_without_a_seat_is_refused():
    thread = arranged(4)
    chair = make.chair(thread.group)
    one, other = thread.pairs.get(number=1).people.all()
    before = seated(thread)

    with pytest.raises(ValidationError, match="sudah berpasangan"):
        services.swap_people(thread, by=chair, one=one, other=other)
    with pytest.raises(ValidationError, match="sudah mendapat pasangan"):
        services.swap_people(thread, by=chair, one=one, other=make.member(thread.group))
    with pytest.raises(ValidationError, match="sudah mendapat pasangan"):
        services.swap_people(thread, by=chair, one=one, other=one)

    assert seated(thread) == before


def test_open_pairs_lets_each_pair_read_its_thoughts():
    thread = arranged(4)

    services.open_pairs(thread, by=make.chair(thread.group))

    assert (thread.phase, thread.paired_at is None) == ("pair", False)
    for pair in thread.pairs.all():
        one, other = pair.people.all()
        assert {t.author for t in Thought.objects.visible_to(one)} == {one, other}


@pytest.mark.parametrize(
    "act",
    [
        lambda thread, by: services.lock_pair(thread, by=by, number=1),
        lambda thread, by: services.unlock_pair(thread, by=by, number=1),
        lambda thread, by: services.repropose_pairs(thread, by=by),
        lambda thread, by: services.open_pairs(thread, by=by),
        lambda thread, by: services.swap_people(thread, by=by, one=by, other=by),
    ],
)
def test_arranging_by_a_member_or_after_the_rooms_opened_is_refused(act):
    thread = arranged(4)
    chair, member = make.chair(thread.group), thread.pairs.get(number=1).people.earliest("pk")
    before = seated(thread)

    with pytest.raises(PermissionDenied, match="Hanya pengurus"):
        act(thread, member)
    services.open_pairs(thread, by=chair)
    with pytest.raises(PermissionDenied, match="sudah dibuka"):
        act(thread, chair)

    assert seated(thread) == before


def test_a_pair_that_is_gone_cannot_be_locked():
    thread = arranged(2)

    with pytest.raises(PermissionDenied, match="disusun ulang"):
        services.lock_pair(thread, by=make.chair(thread.group), number=9)


@pytest.mark.parametrize("act", [services.lock_pair, services.unlock_pair])
def test_a_pair_in_which_others_sit_than_were_seen_is_neither_locked_nor_unlocked(act):
    thread = arranged(8)
    chair = make.chair(thread.group)
    seen = seated(thread)[0]
    mate = thread.pairs.get(number=1).people.earliest("pk")
    other = thread.pairs.get(number=2).people.earliest("pk")
    services.swap_people(thread, by=chair, one=mate, other=other)
    before = list(thread.pairs.order_by("number").values_list("is_locked", "reasons"))

    with pytest.raises(PermissionDenied, match="disusun ulang"):
        act(thread, by=chair, number=1, seen=seen)

    assert list(thread.pairs.order_by("number").values_list("is_locked", "reasons")) == before
    act(thread, by=chair, number=1, seen=seated(thread)[0])


def test_proposals_say_who_met_when_and_nothing_of_thoughts(django_assert_num_queries):
    group = make.group()
    people = [make.member(group), make.member(group)]
    earlier = services.end_thinking(make.thread(of=group, thinkers=people), by=make.chair(group))
    thread = make.thread(of=group, thinkers=people)
    for person, standing in zip(people, ("solved", "struggling"), strict=True):
        Thought.objects.filter(thread=thread, author=person).update(standing=standing)
    Thread.objects.filter(pk=thread.pk).update(is_arranged=True)
    services.end_thinking(thread, by=make.chair(group))

    with django_assert_num_queries(4):
        [proposal] = proposals_of(thread)

    assert "complement" in thread.pairs.get().reasons
    assert "mengatasi" not in proposal.reason
    assert "pernah mengatasi masalah ini" in reasons_for_pair(thread.pairs.get())
    [meeting] = proposal.met
    assert set(meeting.people) == set(people)
    assert meeting.at == earlier.paired_at


@pytest.mark.parametrize("count", [2, 6])
def test_proposals_of_many_ask_no_more(django_assert_num_queries, count):
    thread = arranged(count)

    with django_assert_num_queries(3):
        assert len(proposals_of(thread)) == count // 2


@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        ([], "Agar setiap orang mendapat teman bicara."),
        (["unknown"], "Agar setiap orang mendapat teman bicara."),
        (["locked"], "Pengurus ingin mereka bersama."),
        (["again"], "Belum lama ini berpasangan."),
        (
            ["again", "forced"],
            "Belum lama ini berpasangan, tidak ada susunan lain tanpa pengulangan.",
        ),
        (["trying"], "Ada yang sedang mencoba mengatasi masalah ini."),
        (
            ["trio", "complement"],
            (
                "Bertiga agar tidak ada yang sendirian; ada yang pernah mengatasi masalah ini "
                "dan ada yang masih menghadapinya."
            ),
        ),
        (
            ["locked", "schools", "new", "similar"],
            (
                "Pengurus ingin mereka bersama; dari sekolah yang berbeda, belum pernah "
                "berpasangan; masalah yang ditulis mirip."
            ),
        ),
    ],
)
def test_each_pair_has_its_reasons_in_one_sentence(reasons, sentence):
    assert reasons_for_pair(Pair(reasons=reasons)) == sentence


def test_no_other_way_is_said_only_where_the_whole_round_had_none():
    group = make.group()
    people = [make.member(group) for _ in range(4)]
    first = services.end_thinking(make.thread(of=group, thinkers=people), by=make.chair(group))
    x, y = first.pairs.get(number=1).people.order_by("pk")
    thread = make.arranged(of=group, thinkers=people)
    partner = thread.pairs.get(people=x).people.exclude(pk=x.pk).get()

    services.swap_people(thread, by=make.chair(group), one=partner, other=y)

    told = [reasons_for_pair(pair) for pair in thread.pairs.all()]
    assert all("belum lama ini berpasangan" in words for words in told)
    assert not any("tidak ada susunan lain" in words for words in told)
    pair = make.arranged(of=group, thinkers=[x, y]).pairs.get()
    assert "tidak ada susunan lain tanpa pengulangan" in reasons_for_pair(pair)


def test_a_lock_is_told_and_forgotten_with_it():
    thread = arranged(4)
    chair = make.chair(thread.group)

    services.lock_pair(thread, by=chair, number=1)
    told = reasons_for_pair(thread.pairs.get(number=1))
    services.unlock_pair(thread, by=chair, number=1)

    assert "Pengurus ingin mereka bersama" in told
    assert "Pengurus" not in reasons_for_pair(thread.pairs.get(number=1))
