import logging
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from frontend import errors
from sessions import services
from tests import make

HTMX = {"HX-Request": "true"}


@pytest.mark.django_db
def test_what_is_not_there_says_so_and_leads_home(client):
    client.force_login(make.person())

    answer = client.get("/tidak-ada/")

    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.django_db
def test_a_refusal_says_why_as_a_page():
    answer = errors.refused(request(), PermissionDenied("Sesi ini belum dilaksanakan."))

    assert answer.status_code == 403
    assert "<h1>Belum bisa dilakukan</h1>" in answer.text
    assert "Sesi ini belum dilaksanakan." in answer.text


@pytest.mark.django_db
def test_a_refusal_to_htmx_goes_to_the_message_line():
    answer = errors.refused(request(**HTMX), PermissionDenied("Sesi ini belum dilaksanakan."))

    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#messages", "innerHTML")
    assert "Sesi ini belum dilaksanakan." in answer.text
    assert "<html" not in answer.text


@pytest.mark.django_db
def test_a_form_whose_mark_expired_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.person())

    answer = client.post(reverse("read-notices"))

    assert answer.status_code == 403
    assert "Formulir sudah kedaluwarsa" in answer.text


def test_a_broken_page_asks_nothing_of_the_database():
    answer = errors.broken(request())

    assert answer.status_code == 500
    assert "Bukan salah Bapak/Ibu." in answer.text
    assert "Masuk</a>" not in answer.text


@pytest.mark.django_db
def test_too_many_tries_ask_for_patience():
    answer = errors.too_many(request())

    assert answer.status_code == 429
    assert "Coba lagi beberapa menit lagi." in answer.text


def test_what_no_form_sends_is_answered_without_reading_it():
    answer = errors.bad_request(request(), ValueError())

    assert answer.status_code == 400
    assert "Kiriman tidak terbaca" in answer.text


def test_the_bar_of_a_page_without_a_request_still_leads_home():
    assert 'class="brand" href="/"' in render_to_string("errors/broken.html")


def request(**headers: str):
    asked = RequestFactory().get("/sessions/1/", headers=headers)
    asked.user = AnonymousUser()
    return asked


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/sessions/{session}/links/?q=%00",
        "/sessions/{session}/people/?q=ani%00",
        "/sessions/{session}/links/?after=WyJcdTAwMDAiLCAxXQ",
        "/calendars/%00.ics",
        "/invitations/%00/",
        "/api/v1/people/?search=%00",
        "/api/v1/schools/?search=%00",
        *(f"/api/v1/posts/?{name}=%00" for name in ("topic", "subject", "phase", "kind")),
        *("/problems/?q=%00", "/problems/?subject=%00", "/problems/similar/?title=%00"),
        *("/api/v1/problems/?q=%00", "/api/v1/problems/?subject=%00"),
    ],
)
def test_a_nul_in_an_address_breaks_nothing(client, address: str):
    session = make.session()
    client.force_login(session.planned_by)

    status = client.get(address.format(session=session.pk)).status_code

    assert status == (200 if "after" in address else 400)


def test_a_nul_that_came_as_it_is_breaks_nothing(client):
    assert client.get("/problems/", QUERY_STRING="q=\0").status_code == 400


@pytest.mark.django_db
def test_the_log_names_no_personal_link(client, monkeypatch: pytest.MonkeyPatch):
    told = StringIO()
    monkeypatch.setattr(logging.getHandlerByName("console"), "stream", told)
    part = make.session().participations.get()
    token = services.personal_token(part)

    answer = client.post(reverse("rsvp", args=[token]), {"answer": "perhaps"})

    assert answer.status_code == 422
    assert "/r/…/" in told.getvalue()
    assert token not in told.getvalue()
