"""The page of one's own growth, what a reader of its link sees, and the paper."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reinforcement.models import GrowthLink
from reinforcement.services import revoke_growth_link
from tests import make
from tests.reinforcement.test_growth import lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    """A teacher who was seen in two lessons."""
    group = make.group()
    person = make.member(group)
    lesson(group, person, [1, 2, 3], days_ago=60)
    lesson(group, person, [2, 2, 3])
    return person


def main(response) -> str:
    page = response.text
    return page[page.index("<main") : page.index("</main>")]


def test_own_page_shows_plots_evidence_and_who_observed(client, teacher):
    client.force_login(teacher)

    page = main(client.get(reverse("growth")))

    assert page.count("<svg") - page.count('<svg class="icon') >= 3
    assert "lalu dilakukan tapi belum efektif" in page
    assert "Meja 1 pada" in page
    for session in teacher.taught_sessions.all():
        assert session.observations.get().observer.name in page


def test_page_is_empty_for_who_never_was_guru_model(client):
    client.force_login(make.member(make.group()))

    assert "Belum ada yang terlihat" in main(client.get(reverse("growth")))


def test_link_is_made_shown_to_copy_and_revoked(client, teacher):
    client.force_login(teacher)
    last_day = timezone.localdate() + timedelta(days=7)
    words = {"reader": "Kepala sekolah", "last_day": last_day.isoformat()}

    made = client.post(reverse("share-growth"), words)
    link = GrowthLink.objects.get()
    shown = main(client.get(reverse("growth")))
    revoked = client.post(reverse("revoke-growth-link", args=[link.pk]))
    after = main(client.get(reverse("growth")))

    assert (made.status_code, revoked.status_code) == (302, 302)
    assert link.token in shown
    assert link.token not in after


def test_a_day_of_the_past_is_refused_with_a_sentence(client, teacher):
    client.force_login(teacher)
    yesterday = timezone.localdate() - timedelta(days=1)

    answer = client.post(
        reverse("share-growth"), {"reader": "Kepsek", "last_day": yesterday.isoformat()}
    )

    assert answer.status_code == 422
    assert "Pilih tanggal dari hari ini sampai setahun lagi." in answer.text


def test_reader_of_the_link_sees_growth_without_names_of_observers(client, teacher):
    answer = client.get(make.growth_link(by=teacher).get_absolute_url())

    page = main(answer)
    assert str(teacher) in page
    assert "Meja 1 pada" in page
    for session in teacher.taught_sessions.all():
        assert session.observations.get().observer.name not in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_link_ends_with_its_day_and_when_it_is_revoked(client, teacher):
    link, other = make.growth_link(by=teacher), make.growth_link(by=teacher)
    revoke_growth_link(other, by=teacher)

    revoked = client.get(other.get_absolute_url())
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        over = client.get(link.get_absolute_url())
    unknown = client.get(reverse("shared-growth", args=["x" * 32]))

    assert (revoked.status_code, over.status_code, unknown.status_code) == (410, 410, 404)
    for answer in (revoked, over):
        assert teacher.name not in answer.text


def test_link_of_a_closed_account_opens_nothing(client, teacher):
    link = make.growth_link(by=teacher)
    User.objects.filter(pk=teacher.pk).update(is_active=False)

    answer = client.get(link.get_absolute_url())

    assert answer.status_code == 410
    assert teacher.name not in answer.text


def test_link_of_another_does_not_exist(client, teacher):
    link = make.growth_link(by=teacher)
    client.force_login(make.member(make.group()))

    assert client.post(reverse("revoke-growth-link", args=[link.pk])).status_code == 404
    assert GrowthLink.objects.get().is_open


def test_paper_is_of_oneself_and_kept_nowhere(client, teacher):
    client.force_login(teacher)

    answer = client.get(reverse("growth-paper"))

    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("lessons", [1, 4])
def test_page_costs_the_same_however_long(client, lessons, django_assert_max_num_queries):
    group = make.group()
    person = make.member(group)
    for number in range(lessons):
        lesson(group, person, [1, 2, 3], days_ago=10 + number)
    client.force_login(person)

    with django_assert_max_num_queries(10):
        client.get(reverse("growth"))
