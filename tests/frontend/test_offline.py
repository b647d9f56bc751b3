"""What a phone keeps for when it has no signal."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db

PAGES = ("kept-check-in", "kept-sheets", "kept-posts", "kept-thought")


def test_the_worker_keeps_pages_that_know_nobody(client: Client):
    person = make.person()
    client.force_login(person)

    worker = client.get(reverse("worker"))
    pages = [client.get(reverse(name)).text for name in PAGES]

    assert worker["Content-Type"].startswith("text/javascript")
    assert 'const ATTENDANCE = "/here/kept/"' in worker.text
    assert 'const SHEETS = "/sheets/kept/"' in worker.text
    assert 'const POSTS = "/posts/kept/"' in worker.text
    assert 'const THOUGHTS = "/threads/kept/"' in worker.text
    assert worker["Cache-Control"] == "no-cache"
    for page in pages:
        assert 'data-person=""' in page
        assert person.name not in page


def test_the_worker_is_a_new_one_when_a_file_or_the_language_is_new(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    person = make.person()
    client.force_login(person)
    first = client.get(reverse("worker")).text

    again = client.get(reverse("worker")).text
    person.language = "en"
    person.save(update_fields=["language"])
    english = client.get(reverse("worker")).text
    monkeypatch.setattr("frontend.offline.asset", lambda name: f"/static/new/{name}")
    new = client.get(reverse("worker")).text

    assert first == again
    assert len({first, english, new}) == 3


def test_sheets_page_has_the_words_of_every_state(client: Client):
    client.force_login(make.person())

    page = client.get(reverse("sheets")).text

    for words in ("Tersimpan di HP", "Mengirim", "Terkirim {time} ✓", "Gagal, coba lagi"):
        assert words in page


def test_the_worker_is_asked_for_without_a_query(client: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("worker"))
