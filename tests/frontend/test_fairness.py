import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from tests import make
from thinkpair import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(2)])
    services.end_thinking(thread, by=make.chair(group))
    services.say(
        thread.pairs.get(), by=thread.pairs.get().people.first(), text="Rahasia.", submission=SENT
    )
    services.begin_sharing(thread, by=make.chair(group))
    services.close_thread(thread, by=make.chair(group), conclusion="Selesai.")
    return group


SENT = "5d0d8d2e-6a34-4f0b-a7d7-3f0fbe2f7a11"


def test_the_board_sees_numbers_and_no_texts(client, group):
    chair = make.chair(group)
    client.force_login(chair)

    page = client.get(reverse("fairness", args=[group.pk])).content.decode()
    threads = client.get(reverse("threads")).content.decode()

    assert "1 dari 1" in page
    assert "Rahasia." not in page
    assert "Pikiran" not in page
    assert reverse("fairness", args=[group.pk]) in threads


def test_members_are_not_shown_who_spoke(client, group):
    client.force_login(make.member(group))

    address = reverse("fairness", args=[group.pk])
    assert client.get(address).status_code == 403
    assert address not in client.get(reverse("threads")).content.decode()


def test_before_the_first_round_the_page_says_what_to_do(client):
    empty = make.group()
    client.force_login(make.chair(empty))

    page = client.get(reverse("fairness", args=[empty.pk])).content.decode()

    assert "Belum ada yang dapat dihitung" in page


def test_the_api_tells_the_board_the_same_numbers(group):
    client = APIClient()
    client.force_authenticate(make.chair(group))

    told = client.get(reverse("group-fairness", args=[group.pk])).json()

    assert told["rounds"] == 1
    assert max(share["spoke"] for share in told["shares"]) == 1
    assert set(told["shares"][0]) == {
        "person",
        "thought",
        "paired",
        "spoke",
        "gave",
        "partners",
        "possible",
        "unmet",
    }
