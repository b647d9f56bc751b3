"""The page that shows what all observers of a session saw."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.roles import Role
from sessions.models import ModelSession
from sessions.services import open_early
from tests import make
from tests.observations.test_results import observed

pytestmark = pytest.mark.django_db


def page_of(client, session, person) -> str:
    client.force_login(person)
    page = client.get(reverse("results", args=[session.pk])).text
    return page[page.index("<main") : page.index("</main>")]


def test_guru_model_sees_who_chose_which_word_and_where_they_differ(client):
    session = observed([1, 2, 3], [1, 3, 3])
    open_early(session, timezone.now())

    page = page_of(client, session, session.teacher)

    assert page.count("Pengamat melihatnya berbeda") == 1
    assert page.count("Dilakukan tapi belum efektif") == 1
    assert "2 pengamat" in page
    for sheet in session.observations.all():
        assert f"Bukti dari {sheet.observer.name}." in page
    assert "Kesepakatan pengamat" not in page


def test_facilitator_sees_agreement_and_what_cannot_be_reckoned(client):
    session = observed([2, 2, 2])
    guide = make.member(session.group, Role.CORE_TEACHER)
    sheet = make.observation(of=session, observer=guide, submitted=True)

    page = page_of(client, session, guide)

    assert sheet.answers.filter(point__position=2).count() == 3
    assert "Kesepakatan pengamat" in page
    assert "100%" in page
    assert "tidak dapat dihitung" in page


def test_guru_model_is_told_to_reflect_first(client):
    session = observed([1, 2, 3])

    page = page_of(client, session, session.teacher)

    assert "Terbuka sesudah refleksi Bapak/Ibu" in page
    assert "Bukti dari" not in page
    assert reverse("reflect", args=[session.pk]) in page


def test_observer_is_told_to_submit_first(client):
    session = observed([1, 2, 3])
    late = make.member(session.group)
    session.participations.create(user=late, role="observer")

    page = page_of(client, session, late)

    assert "Kirim lembar Bapak/Ibu dulu" in page
    assert "Bukti dari" not in page


def test_results_do_not_exist_for_who_observes_nothing(client):
    session = observed([1, 2, 3])
    url = reverse("results", args=[session.pk])

    for person in (make.member(session.group), make.chair(session.group), make.officer()):
        client.force_login(person)
        assert client.get(url).status_code == 404


def test_session_page_leads_to_the_results(client):
    session = observed([1, 2, 3])
    ModelSession.objects.filter(pk=session.pk).update(
        opens_at=timezone.now() - timedelta(minutes=1)
    )
    client.force_login(session.teacher)

    page = client.get(session.get_absolute_url()).text

    assert reverse("results", args=[session.pk]) in page
