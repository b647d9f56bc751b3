"""Thinking alone by the page's script, which keeps the words on the phone until they are here."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests import make
from thinkpair import services
from thinkpair.models import Thread

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def send(client: Client, thread: Thread, person: User, **words: str) -> Any:
    sent = {"person": str(person.pk), "text": "Saya diam", "standing": "struggling", "seen": ""}
    return client.post(reverse("think", args=[thread.pk]), sent | words, headers=JSON)


def signed_in(thread: Thread) -> tuple[Client, User]:
    client, person = Client(), make.member(thread.group)
    client.force_login(person)
    return client, person


def test_an_answer_is_saved_while_one_writes_and_says_which_state_it_is():
    thread = make.thread()
    client, author = signed_in(thread)

    first = send(client, thread, author)
    second = send(client, thread, author, text="Saya diam dulu", seen=first.json()["seen"])
    page = client.get(thread.get_absolute_url())

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["at"].endswith("WITA")
    assert second["Cache-Control"] == "private, no-store"
    thought = thread.thoughts.get()
    assert (thought.author, thought.text, thought.standing) == (
        author,
        "Saya diam dulu",
        "struggling",
    )
    assert f'seen="{second.json()["seen"]}"' in page.text
    assert 'text="Saya diam dulu"' in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_what_another_phone_wrote_is_told_and_not_written_over():
    thread = make.thread()
    client, author = signed_in(thread)
    first = send(client, thread, author)
    other = services.think(thread, by=author, text="Dari HP lain", standing="solved")

    stale = send(client, thread, author, text="Dari HP ini", seen=first.json()["seen"])
    same = send(client, thread, author, text="Dari HP lain", seen="")
    unseen = send(client, thread, author, text="Tidak tahu apa-apa", seen="")
    put = send(client, thread, author, text="Keduanya", seen=same.json()["seen"])

    assert (stale.status_code, unseen.status_code) == (409, 409)
    assert stale.json() == {"text": "Dari HP lain", "standing": "solved", "seen": other.version}
    assert (same.status_code, put.status_code) == (200, 200)
    assert thread.thoughts.get().text == "Keduanya"


def test_a_form_without_script_shows_what_was_written_elsewhere():
    thread = make.thread()
    client, author = signed_in(thread)
    services.think(thread, by=author, text="Dari HP lain")
    url = reverse("think", args=[thread.pk])

    refused = client.post(url, {"text": "Dari HP ini", "seen": ""})
    seen = thread.thoughts.get().version
    again = client.post(url, {"text": "Keduanya", "seen": seen})

    assert refused.status_code == 422
    assert "“Dari HP lain” Gabungkan dulu." in refused.text
    assert "Dari HP ini</textarea>" in refused.text
    assert f'name="seen" value="{seen}"' in refused.text
    assert again.status_code == 302
    assert thread.thoughts.get().text == "Keduanya"


def test_words_of_another_account_on_the_same_phone_are_not_taken():
    thread = make.thread()
    author = make.member(thread.group)
    client, _other = signed_in(thread)

    answer = send(client, thread, author)

    assert answer.status_code == 401
    assert not thread.thoughts.exists()


def test_what_cannot_be_kept_says_why():
    thread = make.pair().thread
    paired = thread.pairs.get().people.earliest("pk")
    client = Client()
    client.force_login(paired)
    thinking = make.thread(of=thread.group)

    late = send(client, thread, paired)
    empty = send(client, thinking, paired, text=" ")
    elsewhere = send(client, make.thread(), paired)

    assert late.status_code == 403
    assert late.json() == {"reason": "Pasangan Bapak/Ibu sudah dibagi. Jawaban tidak diubah lagi."}
    assert empty.status_code == 422
    assert empty.json()["reason"]
    assert elsewhere.status_code == 404
    assert not thinking.thoughts.exists()


@pytest.mark.parametrize("by", ["form", "script"])
@pytest.mark.parametrize("phase", ["arrange", "pair"])
def test_half_a_word_that_is_saved_late_seats_nobody_and_the_button_does(phase: str, by: str):
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(2)])
    thread.is_arranged = phase == "arrange"
    thread.save(update_fields=["is_arranged"])
    client, late = signed_in(thread)
    services.end_thinking(thread, by=make.chair(group))

    half = send(client, thread, late, text="Sa")
    nobody = (thread.thoughts.filter(author=late).exists(), late.pair_seats.exists())
    if by == "form":
        whole = client.post(reverse("think", args=[thread.pk]), {"text": "Saya diam", "seen": ""})
    else:
        whole = send(client, thread, late, text="Saya diam", late="1")

    assert (half.status_code, nobody) == (403, (False, False))
    assert "Tekan “Simpan jawaban” untuk tetap ikut." in half.json()["reason"]
    assert whole.status_code == (302 if by == "form" else 200)
    assert late.pair_seats.get().thread == thread


def test_the_same_words_with_another_standing_are_not_taken_for_saved_when_it_is_too_late():
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group)])
    client, author = signed_in(thread)
    kept = send(client, thread, author).json()["seen"]
    services.end_thinking(thread, by=make.chair(group))

    same = send(client, thread, author, seen=kept)
    other = send(client, thread, author, seen=kept, standing="solved")

    assert (same.status_code, other.status_code) == (200, 403)
    assert thread.thoughts.get(author=author).standing == "struggling"


def test_the_page_without_signal_knows_neither_person_nor_discussion():
    thread = make.thread()
    client, person = signed_in(thread)
    send(client, thread, person)

    page = client.get(reverse("kept-thought")).text

    assert 'data-person=""' in page
    assert person.name not in page
    assert thread.title not in page
    assert "Saya diam" not in page
    for words in (
        "Tersimpan di HP, dikirim bila ada sinyal",
        "Tersimpan di HP. Masuk lagi untuk mengirim.",
        "Kata-kata Bapak/Ibu masih tersimpan di HP ini. Salin bila masih perlu.",
        "Sementara itu Bapak/Ibu menulis di tempat lain:",
    ):
        assert words in page


@pytest.mark.parametrize("page", ["thread", "list"])
def test_pages_without_the_form_show_what_waits_on_the_phone(page):
    pair = make.pair()
    client = Client()
    client.force_login(pair.people.earliest("pk"))
    url = pair.thread.get_absolute_url() if page == "thread" else reverse("threads")

    answer = client.get(url).text

    assert "<mg-kept-thoughts" in answer
    assert "<mg-thought" not in answer
