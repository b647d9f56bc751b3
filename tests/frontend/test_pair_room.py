"""The room of a pair: its talk and its card, for the two alone."""

import re
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests import make
from thinkpair import services
from thinkpair.models import Card, Message, TalkFile, Thought, Thread

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
# What differs each time that a page is shown.
CHANGING = r"csrfmiddlewaretoken\S* \S*|nonce=\S*"


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def test_a_pair_reads_both_thoughts_and_its_talk(client):
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    make.message(in_=pair, by=other, text="Berapa lama Ibu menunggu?")
    client.force_login(one)

    page = main(client.get(reverse("pair", args=[pair.pk])))

    assert f"Pikiran {one.name}." in page
    assert f"Pikiran {other.name}." in page
    assert "Berapa lama Ibu menunggu?" in page
    readers = f"Hanya Bapak/Ibu dan {other.name} yang dapat membaca. Pengurus juga tidak."
    assert readers in page


@pytest.mark.parametrize("who", ["ketua", "member", "stranger"])
def test_a_pairs_room_does_not_exist_for_others(client, who):
    pair = make.pair()
    make.message(in_=pair, by=pair.people.first(), text="Rahasia berdua.")
    group = pair.thread.group
    users = {
        "ketua": lambda: make.chair(group),
        "member": lambda: make.member(group),
        "stranger": make.person,
    }
    client.force_login(users[who]())

    for name in ("pair", "pair-news", "pair-ticket"):
        assert client.get(reverse(name, args=[pair.pk])).status_code == 404
    sent = {"text": "Halo.", "submission": str(uuid4()), "attempt": "Milik kami.", "revision": 0}
    for name in ("say", "mark-read", "edit-card", "share-card"):
        assert client.post(reverse(name, args=[pair.pk]), sent).status_code == 404
    if who != "stranger":
        assert "Rahasia berdua." not in client.get(pair.thread.get_absolute_url()).text
    assert Message.objects.count() == 1


def test_saying_something_twice_says_it_once(client):
    pair = make.pair()
    client.force_login(pair.people.first())
    url, sent = reverse("say", args=[pair.pk]), {"text": "Halo.", "submission": str(uuid4())}

    first, second = client.post(url, sent), client.post(url, sent)

    assert first.headers["Location"] == second.headers["Location"] == f"/pairs/{pair.pk}/#say"
    assert [message.text for message in Message.objects.all()] == ["Halo."]


def test_the_rooms_forms_can_be_sent_without_a_script():
    pair = make.pair()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(pair.people.order_by("pk")[0])
    page = main(browser.get(pair.get_absolute_url()))
    marks = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)

    sent = {"text": "Halo.", "submission": str(uuid4()), "csrfmiddlewaretoken": marks[0]}
    said = browser.post(reverse("say", args=[pair.pk]), sent)

    assert len(marks) == 2
    assert said.status_code == 302


def test_an_open_page_fetches_what_is_new(client):
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    known = make.message(in_=pair, by=other, text="Sudah dibaca.")
    own = make.message(in_=pair, by=one, text="Halo <b>juga</b>.")
    services.mark_read(pair, by=other, up_to=own.pk)
    services.edit_card(pair, by=other, revision=0, cause="Takut.")
    client.force_login(one)

    news = client.get(reverse("pair-news", args=[pair.pk]), {"since": known.pk})

    told = news.json()
    pair.refresh_from_db()
    assert (told["version"], told["last"], told["mayTalk"]) == (pair.live_version, own.pk, True)
    assert "Sudah dibaca." not in told["html"]
    assert "Halo &lt;b&gt;juga&lt;/b&gt;." in told["html"]
    assert f'data-submission="{own.submission}"' in told["html"]
    assert told["seen"]["upTo"] == own.pk
    assert told["seen"]["words"].startswith("Dibaca ")
    assert (told["card"]["revision"], told["card"]["words"]["cause"]) == (1, "Takut.")
    assert told["card"]["edited"].startswith(f"Disunting {other.name}, ")
    assert news.headers["Cache-Control"] == "private, no-store"


def test_an_open_page_asks_by_a_token_that_costs_one_query(client, django_assert_num_queries):
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    client.force_login(one)
    url = client.get(reverse("pair-ticket", args=[pair.pk])).json()["live"]
    phone = Client()
    phone.cookies.clear()

    with django_assert_num_queries(1):
        nothing = phone.get(url, {"v": 0})
    make.message(in_=pair, by=other)
    new = phone.get(url, {"v": 0})

    assert (nothing.status_code, nothing.content) == (204, b"")
    assert new.json() == {"version": 1}


def test_a_script_that_says_something_is_answered_in_json(client):
    pair = make.pair()
    one = pair.people.order_by("pk")[0]
    client.force_login(one)
    url, json = reverse("say", args=[pair.pk]), {"Accept": "application/json"}
    sent = {"text": "Halo.", "submission": str(uuid4())}

    first, again = client.post(url, sent, headers=json), client.post(url, sent, headers=json)
    empty = client.post(url, {"text": " ", "submission": str(uuid4())}, headers=json)
    make.end_thread(pair.thread)
    late = client.post(url, sent | {"submission": str(uuid4())}, headers=json)

    said = Message.objects.get()
    assert (first.status_code, first.json(), again.json()) == (
        201,
        {"message": said.pk},
        first.json(),
    )
    assert (empty.status_code, empty.json()) == (422, {"reason": "Tulis pesan atau pilih berkas."})
    assert (late.status_code, late.json()) == (403, {"reason": "Diskusi ini sudah selesai."})


def test_an_empty_message_is_shown_with_its_reason(client):
    pair = make.pair()
    client.force_login(pair.people.first())
    sent = {"text": " ", "submission": str(uuid4())}

    page = client.post(reverse("say", args=[pair.pk]), sent)

    assert page.status_code == 422
    assert "Tulis pesan atau pilih berkas." in main(page)
    assert sent["submission"] in page.text
    assert not Message.objects.exists()


def test_a_photo_is_shown_small_to_the_pair_alone(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    client.force_login(one)
    url = reverse("say", args=[pair.pk])

    def sent(**more):
        file = ContentFile(make.jpeg(place=True), name="meja.jpg")
        return client.post(url, {"submission": str(uuid4()), "file": file, **more})

    refused = sent()
    taken = sent(consent="on")
    client.force_login(other)
    page = main(client.get(pair.get_absolute_url()))
    file = TalkFile.objects.get()
    whole = client.get(f"/pairs/files/{file.key}/")
    whole.getvalue()
    small = client.get(f"/pairs/files/{file.key}/small/")
    client.force_login(make.chair(pair.thread.group))

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "Centang dulu bahwa orang di foto ini setuju." in refused.text
    assert f'src="/pairs/files/{file.key}/small/"' in page
    for answer in (whole, small):
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for path in ("", "small/"):
        assert client.get(f"/pairs/files/{file.key}/{path}").status_code == 404


def test_the_partner_is_written_to_by_whatsapp_where_there_is_a_number(client):
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    client.force_login(one)

    without = main(client.get(pair.get_absolute_url()))
    other.phone = "+6281234567890"
    other.save()
    page = main(client.get(pair.get_absolute_url()))

    assert "wa.me" not in without
    assert "https://wa.me/6281234567890?text=Salam" in page


def test_a_room_has_the_words_for_when_it_is_cut_off_or_closed(client):
    pair = make.pair()
    client.force_login(pair.people.earliest("pk"))
    chair = make.chair(pair.thread.group)

    running = main(client.get(pair.get_absolute_url()))
    services.begin_sharing(pair.thread, by=chair)
    services.close_thread(pair.thread, by=chair, conclusion="Beri waktu.")
    closed = main(client.get(pair.get_absolute_url()))
    thread = main(client.get(pair.thread.get_absolute_url()))

    for state in ("lost", "signedout", "closed", "ended"):
        assert f'<div data-channel="{state}" hidden>' in running
    assert '<div data-channel="closed" >' in closed
    assert f'thread="{pair.thread.pk}"' in running
    assert f'<mg-left-talk hidden thread="{pair.thread.pk}" pair="{pair.pk}">' in thread


def test_the_card_says_what_it_needs_to_be_shared(client):
    pair = make.pair()
    client.force_login(pair.people.earliest("pk"))

    page = " ".join(main(client.get(reverse("pair", args=[pair.pk]))).split())

    labels = re.findall(r'<label for="id_(\w+)" > ([^<]+) <span class="optional">([^<]+)<', page)
    said = {name: (label, note) for name, label, note in labels}
    assert said["problem"] == ("Masalahnya", "(perlu untuk dibagikan)")
    assert said["attempt"] == ("Yang akan kami coba", "(perlu untuk dibagikan)")
    assert said["cause"][1] == said["need"][1] == "(boleh kosong)"


def test_the_pair_shares_its_card_and_betters_it(client):
    pair = make.pair()
    one, other = pair.people.all()
    client.force_login(one)
    first = {"revision": 0, "problem": "Murid diam.", "attempt": "Bisik."}

    empty = client.post(reverse("share-card", args=[pair.pk]), {"revision": 0})
    shared = client.post(reverse("share-card", args=[pair.pk]), first)
    client.force_login(other)
    better = {"revision": 1, "attempt": "Bisik, tunggu, tunjuk.", "was-attempt": "Bisik."}
    better |= {"problem": "Murid diam.", "was-problem": "Murid diam."}
    client.post(reverse("edit-card", args=[pair.pk]), better)
    client.force_login(make.member(pair.thread.group))
    page = main(client.get(pair.thread.get_absolute_url()))

    assert (empty.status_code, shared.status_code) == (422, 302)
    assert "Tulis masalahnya lebih dulu." in empty.text
    assert "Bisik, tunggu, tunjuk." in page
    assert str(one) in page
    assert str(other) in page


def test_two_who_change_the_same_words_see_both(client):
    pair = make.pair()
    one, other = pair.people.all()
    make.card(of=pair, by=one, attempt="Bisik.", shared=False)
    services.edit_card(pair, by=one, revision=1, attempt="Tunggu.", cause="Takut salah.")
    client.force_login(other)
    url = reverse("edit-card", args=[pair.pk])
    sent = {"revision": 1, "attempt": "Bisik, tunjuk.", "was-attempt": "Bisik."}
    sent |= {"problem": "Kelas diam.", "was-problem": "Murid diam."}

    refused = client.post(url, sent)
    again = client.post(url, sent | {"revision": 2, "was-attempt": "Tunggu."})

    page = main(refused)
    assert (refused.status_code, again.status_code) == (422, 302)
    assert "Sementara itu pasangan menulis: “Tunggu.”" in page
    assert "Bisik, tunjuk.</textarea>" in page
    assert 'name="revision" value="2"' in page
    card = Card.objects.get()
    assert (card.attempt, card.problem) == ("Bisik, tunjuk.", "Kelas diam.")
    assert card.cause == "Takut salah."


def test_after_the_end_a_pair_reads_and_writes_no_more(client):
    pair = make.pair()
    one = pair.people.first()
    make.message(in_=pair, by=one, text="Cocok.")
    make.end_thread(pair.thread)
    client.force_login(one)

    page = main(client.get(pair.get_absolute_url()))
    late = client.post(
        reverse("say", args=[pair.pk]), {"text": "Satu lagi.", "submission": str(uuid4())}
    )

    assert "Cocok." in page
    assert "<form" not in page
    assert "<mg-shared-card" not in page
    assert late.status_code == 403
    assert "Diskusi ini sudah selesai." in late.text


def test_a_long_talk_shows_its_end_and_the_way_back(client):
    pair = make.pair()
    one = pair.people.first()
    for number in range(51):
        make.message(in_=pair, by=one, text=f"Pesan {number}.")
    client.force_login(one)

    page = main(client.get(pair.get_absolute_url()))
    earlier = page.partition('hx-get="?')[2].partition('"')[0]
    rest = client.get(f"{pair.get_absolute_url()}?{earlier}", headers=HTMX).text

    assert "Pesan 0." not in page
    assert page.index("Pesan 1.") < page.index("Pesan 50.")
    assert "Pesan 0." in rest
    assert "Pesan 1." not in rest


@pytest.mark.parametrize("count", [1, 30])
def test_a_pairs_room_costs_the_same_however_long_the_talk(
    client, django_assert_num_queries, count
):
    pair = make.pair()
    one = pair.people.first()
    for _ in range(count):
        make.message(in_=pair, by=one)
    client.force_login(one)
    client.get(pair.get_absolute_url())

    with django_assert_num_queries(8):
        page = main(client.get(pair.get_absolute_url()))

    assert page.count("Halo, Bu.") == count


def test_words_of_people_are_never_markup(client):
    pair = make.pair()
    bad = "<img src=x onerror=alert(2)>"
    Thread.objects.update(title="<script>alert(1)</script>", problem=bad)
    Thought.objects.update(text=bad)
    one = pair.people.first()
    make.message(in_=pair, by=one, text=bad)
    make.card(of=pair, attempt=bad)
    client.force_login(one)

    for url in (pair.get_absolute_url(), pair.thread.get_absolute_url(), "/threads/"):
        page = client.get(url).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
