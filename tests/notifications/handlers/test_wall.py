"""What pairs are told of their shared cards."""

import pytest

from tests import make
from tests.notifications.telling import links, quiet, told
from tests.thinkpair.walls import wall, wall_cards, writer
from thinkpair import services

pytestmark = pytest.mark.django_db


def test_a_pair_is_told_that_its_card_was_picked_and_merged():
    thread = wall(cards=2)
    kept, merged = wall_cards(thread)
    board = make.chair(thread.group)
    quiet()

    services.merge_cards(kept, by=board, cards=[merged])
    services.pick_cards(thread, by=board, cards=[kept])

    picked = f"Kelompok memilih kartu Bapak/Ibu dari “{thread}”."
    put = f"Kartu Bapak/Ibu di “{thread}” digabung dengan kartu yang mirip."
    assert told() == {
        **dict.fromkeys(kept.pair.people.all(), picked),
        **dict.fromkeys(merged.pair.people.all(), put),
    }
    assert links() == {kept.get_absolute_url(), merged.get_absolute_url()}


def test_a_pair_is_told_once_of_trials_until_it_has_read_and_not_of_its_own():
    thread = wall(phase="closed")
    [card] = wall_cards(thread)
    one, two = make.member(thread.group), make.member(thread.group)
    first, second = card.pair.people.order_by("pk")
    quiet()

    trial = services.try_card(card, by=one)
    services.try_card(card, by=two)
    services.try_card(card, by=first)
    services.tell_outcome(trial, by=one, outcome="Meja 5 bertanya.")

    tried = f"Rekan mencoba kartu Bapak/Ibu dari “{thread}”."
    assert told() == {first: tried, second: tried}


def test_nobody_is_told_of_a_trial_that_was_taken_back():
    [card] = wall_cards(wall(phase="closed"))
    quiet()

    trial = services.try_card(card, by=writer(card))
    services.take_back_trial(trial, by=writer(card))

    assert told() == {}
