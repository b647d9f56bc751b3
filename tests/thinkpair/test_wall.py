"""The wall: reactions, merging, picking."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activity.models import Entry
from tests import make
from tests.thinkpair.walls import card as new_card
from tests.thinkpair.walls import wall, wall_cards, writer
from thinkpair import services
from thinkpair.models import Card, CardReaction

pytestmark = pytest.mark.django_db


def counts(card: Card) -> tuple[int, int, int]:
    card.refresh_from_db()
    return card.agree_count, card.vote_count, card.trial_count


def happened() -> list[str]:
    return [entry.name.partition(".")[2] for entry in Entry.objects.order_by("pk")]


@pytest.mark.parametrize(("kind", "expected"), [("agree", (1, 0, 0)), ("vote", (0, 1, 0))])
def test_mark_card_counts_each_person_once_and_can_be_taken_back(kind, expected):
    [card] = wall_cards(wall())
    member = make.member(card.pair.thread.group)

    services.mark_card(card, by=member, kind=kind, is_on=True)
    services.mark_card(card, by=member, kind=kind, is_on=True)
    assert counts(card) == expected

    services.mark_card(card, by=member, kind=kind, is_on=False)
    services.mark_card(card, by=member, kind=kind, is_on=False)
    assert counts(card) == (0, 0, 0)
    assert happened().count("CardMarked") == 2


def test_mark_card_with_a_fourth_vote_is_refused_until_one_is_taken_back():
    cards = wall_cards(wall(cards=4))
    member = make.member(cards[0].pair.thread.group)
    for card in cards[:3]:
        services.mark_card(card, by=member, kind="vote", is_on=True)

    with pytest.raises(PermissionDenied, match="sudah memilih tiga kartu"):
        services.mark_card(cards[3], by=member, kind="vote", is_on=True)
    assert counts(cards[3]) == (0, 0, 0)

    services.mark_card(cards[0], by=member, kind="vote", is_on=False)
    services.mark_card(cards[3], by=member, kind="vote", is_on=True)
    assert [counts(card)[1] for card in cards] == [0, 1, 1, 1]


@pytest.mark.parametrize("ending", ["picked", "closed"])
def test_a_vote_stays_once_the_choice_is_over(ending: str):
    thread = wall()
    [card] = wall_cards(thread)
    member, board = make.member(thread.group), make.chair(thread.group)
    services.mark_card(card, by=member, kind="vote", is_on=True)
    services.mark_card(card, by=member, kind="agree", is_on=True)
    if ending == "picked":
        services.pick_cards(thread, by=board, cards=[card])
    else:
        services.close_thread(thread, by=board, conclusion="Tunggu tujuh detik.")
    card = Card.objects.get()

    with pytest.raises(PermissionDenied):
        services.mark_card(card, by=member, kind="vote", is_on=False)
    services.mark_card(card, by=member, kind="agree", is_on=False)

    assert counts(card) == (0, 1, 0)


def test_votes_on_cards_that_were_merged_are_one():
    thread = wall(cards=5)
    cards = wall_cards(thread)
    member = make.member(thread.group)
    for card in cards[:3]:
        services.mark_card(card, by=member, kind="vote", is_on=True)
    services.merge_cards(cards[0], by=make.chair(thread.group), cards=[cards[1], cards[1]])

    services.mark_card(cards[3], by=member, kind="vote", is_on=True)
    with pytest.raises(PermissionDenied, match="sudah memilih tiga kartu"):
        services.mark_card(cards[4], by=member, kind="vote", is_on=True)

    assert happened().count("CardMerged") == 1


def test_mark_card_of_a_nonsense_kind_is_refused():
    [card] = wall_cards(wall())

    with pytest.raises(ValidationError):
        services.mark_card(card, by=writer(card), kind="love", is_on=True)

    assert CardReaction.objects.count() == 0


def test_merge_cards_counts_for_the_kept_one_once_per_person_and_parts_again():
    thread = wall(cards=3)
    kept, one, two = wall_cards(thread)
    board = make.chair(thread.group)
    both, single = make.member(thread.group), make.member(thread.group)
    services.mark_card(kept, by=both, kind="vote", is_on=True)
    services.mark_card(one, by=both, kind="vote", is_on=True)
    services.mark_card(one, by=single, kind="agree", is_on=True)
    services.try_card(two, by=single)

    services.merge_cards(kept, by=board, cards=[one, two])

    assert counts(kept) == (1, 1, 1)
    assert list(kept.merged.order_by("pk")) == [one, two]
    assert list(Card.objects.on_wall()) == [kept]

    services.part_card(one, by=board)
    services.part_card(one, by=board)

    assert counts(kept) == (0, 1, 1)
    assert counts(one) == (1, 1, 0)
    assert set(Card.objects.on_wall()) == {kept, one}
    assert happened().count("CardParted") == 1


def test_merge_cards_takes_along_what_was_merged_before_and_what_was_picked():
    thread = wall(cards=3)
    kept, one, two = wall_cards(thread)
    board = make.chair(thread.group)
    services.merge_cards(one, by=board, cards=[two])
    services.pick_cards(thread, by=board, cards=[one])

    services.merge_cards(kept, by=board, cards=[one])

    kept.refresh_from_db()
    one.refresh_from_db()
    assert set(kept.merged.all()) == {one, two}
    assert kept.picked_at
    assert one.picked_at is None


def test_taking_back_a_vote_also_takes_back_that_on_a_merged_card():
    thread = wall(cards=2)
    kept, one = wall_cards(thread)
    member = make.member(thread.group)
    services.mark_card(one, by=member, kind="vote", is_on=True)
    services.merge_cards(kept, by=make.chair(thread.group), cards=[one])
    assert counts(kept) == (0, 1, 0)

    services.mark_card(kept, by=member, kind="vote", is_on=False)

    assert counts(kept) == (0, 0, 0)
    assert CardReaction.objects.count() == 0


def test_merge_cards_with_nothing_itself_another_wall_or_unshared_is_refused():
    thread = wall()
    [kept] = wall_cards(thread)
    board = make.chair(thread.group)
    [elsewhere] = wall_cards(wall())
    unshared = new_card(thread, shared=False)

    for cards in ([], [kept], [elsewhere], [unshared]):
        with pytest.raises(ValidationError):
            services.merge_cards(kept, by=board, cards=cards)

    assert Card.objects.exclude(merged_into=None).count() == 0


def test_merge_cards_and_pick_cards_by_a_member_change_nothing():
    thread = wall(cards=2)
    kept, one = wall_cards(thread)
    member = make.member(thread.group)

    with pytest.raises(PermissionDenied, match="Hanya pengurus"):
        services.merge_cards(kept, by=member, cards=[one])
    with pytest.raises(PermissionDenied, match="Hanya pengurus"):
        services.pick_cards(thread, by=member, cards=[one])

    assert set(Card.objects.on_wall()) == {kept, one}
    assert not Card.objects.exclude(picked_at=None).exists()


def test_pick_cards_ends_the_choice_and_with_none_opens_it_again():
    thread = wall(cards=3)
    one, two, three = wall_cards(thread)
    board, member = make.chair(thread.group), make.member(thread.group)
    with pytest.raises(ValidationError):
        services.pick_cards(thread, by=board, cards=[])

    services.pick_cards(thread, by=board, cards=[one, two])
    services.pick_cards(thread, by=board, cards=[two, three])
    services.pick_cards(thread, by=board, cards=[three, two])

    assert set(Card.objects.exclude(picked_at=None)) == {two, three}
    assert happened().count("CardPicked") == 3
    with pytest.raises(PermissionDenied, match="sudah ditetapkan"):
        services.mark_card(one, by=member, kind="vote", is_on=True)

    services.pick_cards(thread, by=board, cards=[])
    services.mark_card(one, by=member, kind="vote", is_on=True)

    assert counts(one) == (0, 1, 0)


def test_cards_on_a_wall_are_asked_for_with_as_many_queries_at_one_as_at_three(
    django_assert_num_queries,
):
    one, three = wall(cards=1), wall(cards=3)
    reader = make.member(three.group)

    for thread in (one, three):
        with django_assert_num_queries(3):
            cards = Card.objects.on_wall().filter(pair__thread=thread).as_shown_to(reader)
            assert [
                (len(card.pair.people.all()), list(card.merged.all()), card.has_voted)
                for card in cards
            ] == [(2, [], False)] * (1 if thread == one else 3)
