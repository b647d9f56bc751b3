"""Finding shared cards by their words: the same on both databases."""

from io import StringIO

import pytest
from django.core.management import call_command

from sharing.models import Document, Topic
from tests import make
from tests.thinkpair.walls import card as new_card
from tests.thinkpair.walls import wall
from thinkpair import queries, services
from thinkpair.models import Card
from thinkpair.words import cards_without_words

pytestmark = pytest.mark.django_db


def found(words: str) -> list[Card]:
    return list(queries.find_cards(Card.objects.order_by("-pk"), words))


@pytest.mark.parametrize(
    "words",
    ["mencatat", "catatan murid", "catat sebab", "menunggu", "bantu", "pecahan", "tanyakan"],
)
def test_card_is_found_by_the_forms_of_its_words_its_topics_and_its_thread(words: str):
    thread = wall(cards=0)
    thread.topics.add(Topic.objects.create(name="pecahan"))
    told = new_card(
        thread,
        problem="Murid tidak mau mencatat.",
        cause="Sebabnya belum jelas.",
        attempt="Tunggu tujuh detik.",
        need="Bantuan rekan.",
    )
    other = wall(cards=0)
    other.title = "Lain"
    other.save()
    new_card(other, number=2, problem="Lain.", cause="", attempt="Lain.", need="")

    assert found(words) == [told]


def test_words_that_are_not_all_there_find_nothing_and_no_words_find_everything():
    thread = wall(cards=2)

    assert found("masalah zebra") == []
    assert len(found(" ,. ")) == 2
    assert thread.pairs.count() == 2


def test_card_is_found_by_what_it_says_now():
    pair = make.pair()
    writer = pair.people.order_by("pk")[0]
    services.edit_card(pair, by=writer, revision=0, problem="Murid bosan.", attempt="Tunggu.")
    assert Document.objects.count() == 0

    card = services.share_card(pair, by=writer)
    services.edit_card(pair, by=writer, revision=card.revision, problem="Murid ramai.")

    assert (found("ramai"), found("bosan")) == ([card], [])


def test_cards_from_before_the_search_are_indexed_once():
    thread = wall(cards=2)
    new_card(thread, shared=False)
    Document.objects.all().delete()
    assert (found("masalah"), cards_without_words().count()) == ([], 3)
    told, again = StringIO(), StringIO()

    call_command("index_cards", stdout=told)
    call_command("index_cards", stdout=again)

    assert (told.getvalue(), again.getvalue()) == ("2 cards indexed.\n", "0 cards indexed.\n")
    assert len(found("masalah")) == 2
