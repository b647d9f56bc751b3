"""The page of part A, and where its words are shown."""

import pytest
from django.urls import reverse

from reinforcement.models import Preparation
from sessions.services import hold_session
from tests import make
from tests.frontend.test_reinforcement import main

pytestmark = pytest.mark.django_db
WORDS = {
    "target": "Semua murid bicara.",
    "plan": "Kartu peran.",
    "request": "Siapa belum bicara sampai menit 20?",
}


def test_the_guru_model_prepares_and_her_observers_find_it(client):
    make.indicator()
    group = make.group()
    observer, partner = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer])
    url = reverse("prepare", args=[session.pk])
    client.force_login(session.teacher)

    empty = client.post(url, WORDS | {"target": ""})
    saved = client.post(url, WORDS | {"partner": partner.pk})
    own = main(client.get(session.get_absolute_url()))
    client.force_login(observer)
    pages = [session.get_absolute_url(), reverse("observe", args=[session.pk]), url]
    seen = [main(client.get(page)) for page in pages]

    assert (empty.status_code, saved.status_code) == (422, 302)
    assert saved.headers["Location"] == session.get_absolute_url()
    assert "Ubah persiapan" in own
    for page in seen:
        assert all(words in page for words in WORDS.values())
        assert f"Dibicarakan dengan {partner}" in page
        assert "Ubah persiapan" not in page


def test_after_the_lesson_it_is_read_and_no_more_changed(client):
    preparation = make.preparation()
    session = preparation.session
    client.force_login(session.teacher)
    url = reverse("prepare", args=[session.pk])
    type(session).objects.filter(pk=session.pk).update(starts_at=session.planned_at)
    session.refresh_from_db()
    hold_session(session, by=session.teacher)

    page, refused = client.get(url), client.post(url, WORDS)

    assert preparation.request in main(page)
    assert "<form" not in main(page)
    assert refused.status_code == 403
    assert "Sesi ini sudah terlaksana." in refused.text


def test_colleagues_who_do_not_observe_find_nothing_of_it(client):
    preparation = make.preparation()
    session = preparation.session

    for reader in (make.chair(session.group), make.member(session.group)):
        client.force_login(reader)
        page = main(client.get(session.get_absolute_url()))
        assert preparation.target not in page
        assert "Persiapan guru model" not in page
        assert client.get(reverse("prepare", args=[session.pk])).status_code == 403
    client.force_login(make.person())
    assert client.get(reverse("prepare", args=[session.pk])).status_code == 404
    assert Preparation.objects.count() == 1


def test_words_of_the_preparation_are_never_markup(client):
    session = make.session()
    client.force_login(session.teacher)
    bad = "<img src=x onerror=alert(2)>"

    client.post(reverse("prepare", args=[session.pk]), dict.fromkeys(WORDS, bad))

    page = client.get(session.get_absolute_url()).text
    assert "<img src=x" not in page
    # In full, and its beginning in the path A-E.
    assert page.count("&lt;img src=x onerror=alert(2)&gt;") == len(WORDS) + 1
