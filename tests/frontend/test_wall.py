"""The wall of shared cards: what is on it, for whom, and what its buttons do."""

from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.frontend.test_thinkpair import HTMX, main
from tests.thinkpair.walls import card as new_card
from tests.thinkpair.walls import wall, wall_cards, writer
from thinkpair import services
from thinkpair.models import Card, Thread

pytestmark = pytest.mark.django_db


def test_thread_page_shows_shared_cards_with_their_pair_and_no_unshared_one(client):
    thread = wall()
    [card] = wall_cards(thread)
    new_card(thread, shared=False, problem="Belum untuk kelompok.")
    client.force_login(make.member(thread.group))

    page = main(client.get(thread.get_absolute_url()))

    for words in (card.problem, card.cause, card.attempt, card.need):
        assert words in page
    for person in card.pair.people.all():
        assert person.name in page
    assert "Belum untuk kelompok." not in page
    assert "Gabungkan" not in page


def test_a_card_that_is_shared_late_hangs_on_the_wall_of_the_closed_thread(client):
    thread = wall(phase="closed", cards=0)
    client.force_login(make.member(thread.group))
    before = main(client.get(f"/threads/{thread.pk}/wall/"))
    new_card(thread, problem="Terlambat tetapi ada.")

    after = main(client.get(f"/threads/{thread.pk}/wall/"))

    assert "Terlambat tetapi ada." not in before
    assert "Terlambat tetapi ada." in after


def test_thread_page_shows_the_newest_cards_while_pairs_still_talk(client, monkeypatch):
    monkeypatch.setattr(import_module("frontend.thinkpair.thread"), "MOST_CARDS", 2)
    thread = wall(cards=3, phase="pair")
    client.force_login(make.member(thread.group))

    page = main(client.get(thread.get_absolute_url()))

    assert [f"Masalah ke-{n}." in page for n in (1, 2, 3)] == [False, True, True]
    assert "Ini jawaban yang terbaru." in page


def test_marks_toggle_with_htmx_and_without(client):
    thread = wall()
    [card] = wall_cards(thread)
    client.force_login(make.member(thread.group))

    part = client.post(f"/cards/{card.pk}/marks/", {"kind": "vote", "on": "1"}, headers=HTMX)
    whole = client.post(f"/cards/{card.pk}/marks/", {"kind": "agree", "on": "1"}, follow=True)

    card.refresh_from_db()
    assert (card.vote_count, card.agree_count) == (1, 1)
    assert f'id="card-{card.pk}"' in part.text
    assert "Sisa 2 pilihan" in part.text
    assert main(whole).count('aria-pressed="true"') == 2

    client.post(f"/cards/{card.pk}/marks/", {"kind": "vote", "on": ""})
    nonsense = client.post(f"/cards/{card.pk}/marks/", {"kind": "love", "on": "1"})

    assert nonsense.status_code == 400
    card.refresh_from_db()
    assert card.vote_count == 0


def test_board_merges_parts_and_picks(client):
    thread = wall(cards=3)
    kept, one, two = wall_cards(thread)
    client.force_login(make.chair(thread.group))
    services.mark_card(kept, by=writer(kept), kind="vote", is_on=True)

    nothing = client.post(f"/cards/{kept.pk}/merge/", {})
    client.post(f"/cards/{kept.pk}/merge/", {"cards": [one.pk]})
    merged = main(client.get(thread.get_absolute_url()))
    choosing = client.get(f"/threads/{thread.pk}/pick/")
    client.post(f"/threads/{thread.pk}/pick/", {"cards": [kept.pk]})
    picked = main(client.get(thread.get_absolute_url()))
    client.post(f"/cards/{one.pk}/part/")

    assert nothing.status_code == 422
    assert "1 kartu serupa" in merged
    assert writer(one).name in merged
    assert choosing.context["form"].initial["cards"] == [kept]
    assert "Dipilih kelompok" in picked
    assert set(Card.objects.on_wall()) == {kept, one, two}


def test_card_of_another_wall_is_not_merged(client):
    thread, elsewhere = wall(cards=2), wall()
    kept = wall_cards(thread)[0]
    [foreign] = wall_cards(elsewhere)
    client.force_login(make.chair(thread.group))

    answer = client.post(f"/cards/{kept.pk}/merge/", {"cards": [foreign.pk]})

    assert answer.status_code == 422
    assert not Card.objects.exclude(merged_into=None).exists()


def test_wall_goes_on_after_thirty_cards_and_shows_picked_ones_first(client):
    thread = wall(cards=31)
    last = wall_cards(thread)[-1]
    services.pick_cards(thread, by=make.chair(thread.group), cards=[last])
    client.force_login(make.member(thread.group))

    first = client.get(f"/threads/{thread.pk}/wall/").context["page"]

    assert first.items[0] == last
    assert len(first.items) == 30
    assert len(client.get(f"/threads/{thread.pk}/wall/{first.next_url}").context["page"].items) == 1


def test_wall_costs_as_many_queries_with_one_card_as_with_three(client):
    one, three = wall(cards=1), wall(cards=3)
    person = make.member(one.group)
    make.also(person, three.group, "member")
    client.force_login(person)
    client.get(f"/threads/{one.pk}/wall/")

    def cost(thread: Thread) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/threads/{thread.pk}/wall/")
        return len(queries)

    assert cost(one) == cost(three)
