import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def test_landing_has_the_way_in_and_the_five_steps(client):
    page = client.get("/").text

    assert "Guru belajar dari guru" in page
    assert f'action="{reverse("account_login")}"' in page
    assert 'name="login"' in page
    for stage in ("Berbagi", "Pemodelan", "Aksi", "Penguatan", "Berpikir &amp; Berpasangan"):
        assert f"<b>{stage}</b>" in page
    assert "Terbuka untuk semua" not in page


def test_landing_is_for_strangers_only(client):
    client.force_login(make.person())

    assert "Lima langkah satu siklus" not in client.get("/").text


def test_about_names_sources_and_licences(client):
    page = client.get(reverse("about")).text

    assert "idn-area-data" in page
    assert "ODbL 1.0" in page
    assert "NIK tidak pernah disimpan" in page


def test_healthz_asks_the_database_and_keeps_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get(reverse("healthz"))

    assert (answer.status_code, answer.text) == (200, "ok")
    assert not answer.cookies
