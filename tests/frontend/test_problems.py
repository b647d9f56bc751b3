"""The problem bank: who finds what, trials, and what a card becomes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import Cycle
from sharing.models import Post, Topic
from tests import make
from tests.frontend.test_thinkpair import main
from tests.thinkpair.walls import card as new_card
from tests.thinkpair.walls import wall, wall_cards, writer
from thinkpair import services
from thinkpair.models import Card, Trial

pytestmark = pytest.mark.django_db


def listed(client, query: str = "") -> list[Card]:
    return list(client.get(f"/problems/{query}").context["page"].items)


def test_bank_holds_shared_unmerged_cards_of_my_groups_from_shared_threads(client):
    group = make.group()
    thread = wall(of=group, cards=3)
    kept, merged, other = wall_cards(thread)
    services.merge_cards(kept, by=make.chair(group), cards=[merged])
    new_card(thread, shared=False)
    wall(of=group, phase="pair")
    wall()
    client.force_login(make.member(group))

    assert listed(client) == [other, kept]


@pytest.mark.parametrize("who", ["Dinas", "left", "other", "pengawas"])
def test_bank_and_card_are_closed_to_who_is_not_in_the_group(client, who):
    thread = wall(phase="closed")
    [card] = wall_cards(thread)
    person = {
        "Dinas": make.officer,
        "left": lambda: make.member(thread.group),
        "other": lambda: make.member(make.group()),
        "pengawas": lambda: make.supervisor(writer(card).school),
    }[who]()
    if who == "left":
        yesterday = timezone.localdate() - timedelta(days=1)
        person.memberships.update(ends_on=yesterday)
    client.force_login(person)

    assert listed(client) == []
    assert client.get(f"/problems/{card.pk}/").status_code == 404
    assert client.post(f"/problems/{card.pk}/try/").status_code == 404
    assert card.attempt not in client.get("/problems/similar/?title=percobaan+masalah").text


def test_an_unshared_card_is_found_by_nobody_not_even_by_its_pair(client):
    thread = wall(cards=2)
    secret = new_card(thread, shared=False, problem="Rahasia pasangan.")
    board = make.chair(thread.group)
    for person in (writer(secret), board):
        client.force_login(person)
        pages = ["/problems/?q=rahasia", "/problems/", f"/threads/{thread.pk}/wall/"]
        pages += ["/problems/similar/?title=rahasia+pasangan", thread.get_absolute_url()]
        texts = [client.get(page).text for page in pages]

        assert not any("Rahasia pasangan." in text for text in texts)
        assert client.get(f"/problems/{secret.pk}/").status_code == 404

    choices = f"/cards/{wall_cards(thread)[0].pk}/merge/", f"/threads/{thread.pk}/pick/"
    assert not any("Rahasia pasangan." in client.get(page).text for page in choices)


def test_search_finds_words_by_their_stem_and_filters_stay_in_the_address(client):
    group = make.group()
    thread = wall(of=group, cards=0, phase="closed")
    asking = new_card(thread, number=1, problem="Murid tidak mau mencatat.")
    waiting = new_card(thread, number=2, problem="Guru kurang menunggu.")
    topic = Topic.objects.create(name="diskusi")
    thread.topics.add(topic)
    elsewhere = wall(of=group, phase="closed")
    services.pick_cards(thread, by=make.chair(group), cards=[asking])
    services.try_card(waiting, by=make.member(group))
    client.force_login(make.member(group))

    assert listed(client, "?q=catatan") == [asking]
    assert listed(client, "?q=menunggu") == [waiting]
    assert listed(client, "?q=menunggu+mencatat") == []
    assert listed(client, "?picked=1") == [asking]
    assert listed(client, "?tried=1") == [waiting]
    assert listed(client, f"?topic={topic.pk}") == [waiting, asking]
    assert listed(client, f"?subject={group.subject_id}&picked=1") == [asking]
    assert listed(client, f"?group={group.pk}") == [*wall_cards(elsewhere), waiting, asking]
    assert listed(client, "?subject=x") == []
    assert listed(client, "?group=0&subject=x&topic=99999999999999999999999") == []
    assert "Tidak ada kartu yang cocok" in main(client.get("/problems/?q=zebra"))


def test_empty_bank_says_what_to_do(client):
    client.force_login(make.member(make.group()))

    assert "Bank masih kosong" in main(client.get("/problems/"))


def test_bank_costs_as_many_queries_with_one_card_as_with_three(client):
    group = make.group()
    client.force_login(make.member(group))
    wall(of=group)
    client.get("/problems/")

    def cost(cards: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(client)) == cards
        return len(queries)

    one = cost(1)
    wall(of=group, cards=2)

    assert cost(3) == one


def test_similar_problems_are_offered_while_a_title_is_typed(client):
    group = make.group()
    thread = wall(of=group, cards=0, phase="closed")
    for number in range(4):
        new_card(thread, number=number, problem="Takut menjawab pertanyaan mengapa.")
    client.force_login(make.member(group))

    similar = client.get("/problems/similar/?title=Mereka+takut+menjawab").text
    nothing = client.get("/problems/similar/?title=Kebun+sekolah+kering").text

    assert similar.count("/problems/") == 3
    assert "/problems/" not in nothing


def test_trial_begins_is_taken_back_and_its_outcome_is_read(client):
    thread = wall(phase="closed")
    [card] = wall_cards(thread)
    teacher = make.member(thread.group)
    client.force_login(teacher)

    client.post(f"/problems/{card.pk}/try/")
    client.post(f"/trials/{Trial.objects.get().pk}/take-back/")
    client.post(f"/problems/{card.pk}/try/")
    trial = Trial.objects.get()
    empty = client.post(f"/trials/{trial.pk}/outcome/", {"outcome": ""})
    client.post(f"/trials/{trial.pk}/outcome/", {"outcome": "Meja 5 bertanya."})
    client.force_login(make.member(thread.group))
    page = main(client.get(f"/problems/{card.pk}/"))

    assert empty.status_code == 422
    assert "Meja 5 bertanya." in page
    assert teacher.name in page
    assert "Saya coba juga" in page


def test_card_becomes_a_follow_up_that_only_its_readers_see(client):
    thread = wall(phase="closed")
    [card] = wall_cards(thread)
    teacher = make.member(thread.group)
    session = make.session(of=thread.group, teacher=teacher, held=True)
    make.reflection(on=session)
    client.force_login(teacher)
    page = main(client.get(f"/problems/{card.pk}/"))
    url = f"/sessions/{session.pk}/follow-up/?another=1&amp;card={card.pk}"

    form = client.get(url.replace("&amp;", "&"))
    words = {"commitment": "Menunggu tujuh detik.", "due_on": timezone.localdate().isoformat()}
    client.post(url.replace("&amp;", "&"), words)

    assert url in page
    assert card.attempt in main(form)
    card.refresh_from_db()
    assert card.follow_up.commitment == "Menunggu tujuh detik."
    assert "Menunggu tujuh detik." in main(client.get(f"/problems/{card.pk}/"))
    client.force_login(make.member(thread.group))
    assert "Menunggu tujuh detik." not in main(client.get(f"/problems/{card.pk}/"))


def test_card_becomes_a_post_of_its_pair(client):
    thread = wall(phase="closed")
    [card] = wall_cards(thread)
    client.force_login(writer(card))

    form = main(client.get(f"/posts/new/?card={card.pk}"))
    words = {"group": thread.group.pk, "title": "Tunggu", "body": "Isi.", "audience": "group"}
    words |= {"kind": "information", "submission": "4a2ad4ab-52f8-4f7c-9f4a-111111111111"}
    client.post(f"/posts/new/?card={card.pk}", words)

    assert card.attempt in form
    card.refresh_from_db()
    assert card.post == Post.objects.get(title="Tunggu")
    assert "Tunggu" in main(client.get(f"/problems/{card.pk}/"))


def test_card_becomes_the_theme_of_a_cycle(client):
    thread = wall(phase="closed")
    [card] = wall_cards(thread)
    client.force_login(make.chair(thread.group))
    today = timezone.localdate()

    form = main(client.get(f"/groups/{thread.group.pk}/cycles/new/?card={card.pk}"))
    words = {"theme": "Menunggu", "problem": "Diam.", "starts_on": today, "ends_on": today}
    words |= {"submission": "4a2ad4ab-52f8-4f7c-9f4a-222222222222"}
    client.post(f"/groups/{thread.group.pk}/cycles/new/?card={card.pk}", words)

    assert card.problem in form
    card.refresh_from_db()
    assert card.cycle == Cycle.objects.get(theme="Menunggu")


def test_card_becomes_a_new_discussion_of_its_group(client):
    thread = wall(phase="closed")
    [card] = wall_cards(thread)
    opened = make.thread(of=thread.group)
    client.force_login(opened.author)

    form = main(client.get(f"/threads/new/?card={card.pk}"))
    services.carry_to_thread(card, by=opened.author, thread=opened)

    assert card.attempt in form
    assert f'href="{opened.get_absolute_url()}"' in main(client.get(f"/problems/{card.pk}/"))


def test_a_card_of_another_group_fills_no_form(client):
    [foreign] = wall_cards(wall(phase="closed"))
    group = make.group()
    client.force_login(make.chair(group))

    for page in ("/posts/new/", f"/groups/{group.pk}/cycles/new/", "/threads/new/"):
        assert foreign.attempt not in client.get(f"{page}?card={foreign.pk}").text
