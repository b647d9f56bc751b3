import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from tests import make

pytestmark = pytest.mark.django_db


def test_the_board_reads_locks_and_swaps_proposed_pairs():
    group = make.group()
    thread = make.arranged(of=group, thinkers=[make.member(group) for _ in range(4)])
    client = APIClient()
    client.force_authenticate(make.chair(group))

    def act(name, **words):
        return client.post(reverse(f"thread-{name}", args=[thread.pk]), words, format="json")

    read = client.get(reverse("thread-proposals", args=[thread.pk])).json()
    locked = act("lock-pair", number=1)
    swapped = act("swap-people", one=read[0]["people"][0], other=read[1]["people"][0])
    gone = act("lock-pair", number=9)
    other_people = act("unlock-pair", number=1, seen=read[0]["people"])
    partners = act("swap-people", one=read[0]["people"][1], other=read[1]["people"][0])

    assert [len(pair["people"]) for pair in read] == [2, 2]
    assert set(read[0]) == {"number", "is_locked", "people", "reason", "met"}
    assert locked.json()[0]["is_locked"] is True
    assert read[1]["people"][0] in swapped.json()[0]["people"]
    assert (gone.status_code, partners.status_code) == (403, 400)
    assert other_people.status_code == 403
