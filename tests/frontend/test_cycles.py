"""The pages of cycles: where a group stands, and opening, changing and closing one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from groups import services
from groups.models import Cycle, Stage
from tests import make

pytestmark = pytest.mark.django_db


def form(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "theme": "Bertanya di kelas IPA",
        "problem": "Murid jarang bertanya.",
        "starts_on": today,
        "ends_on": today + timedelta(days=40),
        "submission": str(uuid4()),
        **changes,
    }


def happened(cycle: Cycle, letters: str) -> Cycle:
    for letter in letters:
        services.count_in_cycle(cycle.pk, Stage(letter))
    cycle.refresh_from_db()
    return cycle


def test_cycle_page_shows_stage_counts_and_where_to_read_on(client):
    cycle = happened(make.cycle(), "ssm")
    client.force_login(make.member(cycle.group))

    page = client.get(cycle.get_absolute_url()).text

    assert "Siklus\N{NO-BREAK SPACE}1: Bertanya di kelas IPA" in page
    assert "Murid jarang bertanya." in page
    assert page.count("step-done") == 2
    assert "Pengamat mengisi dan mengirim" in page
    assert "Yang terjadi di tiap tahap: Berbagi 2, Pemodelan 1, Aksi 0" in page
    assert page.count(f"?cycle={cycle.pk}") == 3
    assert reverse("close-cycle", args=[cycle.pk]) not in page


def test_cycle_page_for_the_board_says_why_it_cannot_close_yet(client):
    cycle = make.cycle()
    client.force_login(make.chair(cycle.group))

    page = client.get(cycle.get_absolute_url()).text

    assert "Belum ada sesi yang terlaksana dalam siklus ini." in page
    assert reverse("close-cycle", args=[cycle.pk]) not in page
    happened(cycle, "m")
    assert reverse("close-cycle", args=[cycle.pk]) in client.get(cycle.get_absolute_url()).text


def test_cycle_page_asks_seven_times_at_most(client, django_assert_max_num_queries):
    cycle = make.cycle()
    client.force_login(make.chair(cycle.group))

    with django_assert_max_num_queries(7):
        client.get(cycle.get_absolute_url())


def test_cycle_is_404_for_strangers_and_open_to_the_dinas(client):
    cycle = make.cycle()
    pages = [reverse(name, args=[cycle.pk]) for name in ("cycle", "edit-cycle", "close-cycle")]
    client.force_login(make.person())
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]

    client.force_login(make.officer())

    assert [client.get(page).status_code for page in pages] == [200, 403, 403]


def test_opening_a_cycle_twice_by_one_form_opens_one(client):
    group = make.group()
    client.force_login(make.chair(group))
    url, sent = reverse("open-cycle", args=[group.pk]), form()

    answers = [client.post(url, sent).url for _ in range(2)]

    cycle = Cycle.objects.get()
    assert answers == [cycle.get_absolute_url()] * 2
    assert (cycle.number, cycle.theme) == (1, "Bertanya di kelas IPA")
    second = client.post(url, form())
    assert second.status_code == 422
    assert "masih punya siklus yang berjalan" in second.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"theme": ""}, "field-bad"),
        ({"ends_on": "2020-01-01"}, "Siklus berakhir sebelum mulai."),
        ({"ends_on": "besok"}, "field-bad"),
    ],
)
def test_opening_with_wrong_words_is_422_and_opens_none(client, changes, words):
    group = make.group()
    client.force_login(make.chair(group))

    answer = client.post(reverse("open-cycle", args=[group.pk]), form(**changes))

    assert (answer.status_code, words in answer.text) == (422, True)
    assert not Cycle.objects.exists()


def test_opening_is_refused_to_a_member(client):
    group = make.group()
    client.force_login(make.member(group))
    url = reverse("open-cycle", args=[group.pk])

    assert [client.get(url).status_code, client.post(url, form()).status_code] == [403, 403]
    assert not Cycle.objects.exists()


def test_changing_a_cycle_until_it_is_closed(client):
    cycle = happened(make.cycle(), "m")
    chair = make.chair(cycle.group)
    client.force_login(chair)
    url = reverse("edit-cycle", args=[cycle.pk])

    client.post(url, form(theme="Menalar"))

    cycle.refresh_from_db()
    assert cycle.theme == "Menalar"
    services.close_cycle(cycle, by=chair, reflection="Murid mulai bertanya.")
    stale = client.post(url, form(theme="Lain"))
    assert (stale.status_code, "Siklus ini sudah ditutup." in stale.text) == (403, True)
    cycle.refresh_from_db()
    assert cycle.theme == "Menalar"


def test_closing_needs_a_reflection_and_then_shows_it(client):
    cycle = happened(make.cycle(), "m")
    client.force_login(make.chair(cycle.group))
    url = reverse("close-cycle", args=[cycle.pk])

    empty = client.post(url, {"reflection": "   "})
    closed = client.post(url, {"reflection": "Murid <b>mulai</b> bertanya."})
    again = client.post(url, {"reflection": "Lagi."})

    assert (empty.status_code, closed.url) == (422, cycle.get_absolute_url())
    assert (again.status_code, "Siklus ini sudah ditutup." in again.text) == (403, True)
    page = client.get(cycle.get_absolute_url()).text
    assert "Murid &lt;b&gt;mulai&lt;/b&gt; bertanya." in page
    assert "Siklus ini ditutup" in page
    assert page.count("step-done") == 5


def test_the_words_of_a_cycle_stay_in_the_group(client):
    cycle = make.cycle()
    address, route = cycle.get_absolute_url(), f"/api/v1/cycles/{cycle.pk}/"
    words = cycle.problem

    client.force_login(make.member(cycle.group))
    assert words in client.get(address).text
    assert client.get(route).json()["problem"] == words

    client.force_login(make.officer())
    assert words not in client.get(address).text
    assert client.get(route).json()["problem"] == ""
