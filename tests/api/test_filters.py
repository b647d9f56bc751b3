"""What an address names by an id, e.g. `?group=7`, in every list that takes it."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db
LISTS = [
    ("person", "school"),
    *((name, "group") for name in ("membership", "join-request", "invitation", "cycle")),
    *((name, "group") for name in ("post", "session", "thread")),
    *((name, "cycle") for name in ("post", "session", "thread")),
    *((name, "post") for name in ("comment", "attachment")),
    *((name, "session") for name in ("participation", "observation")),
    ("message", "pair"),
    ("harvest", "garden"),
]


@pytest.fixture
def chair() -> User:
    """Somebody who reads at least one row in most lists."""
    group = make.group()
    chair = make.chair(group)
    cycle = make.cycle(of=group)
    make.session(of=group, teacher=chair)
    make.comment(make.post(of=cycle.group, by=chair))
    make.thread(of=group)
    make.join_request(to=group)
    return chair


@pytest.mark.parametrize(("name", "by"), LISTS)
def test_a_number_that_nothing_has_finds_nothing_however_long(chair, name: str, by: str):
    program = APIClient()
    program.force_authenticate(chair)
    url = reverse(f"{name}-list")

    for number in ("0", "9" * 19, "9" * 30, "9" * 5000):
        answer = program.get(url, {by: number})
        assert (answer.status_code, answer.data["results"]) == (200, [])


@pytest.mark.parametrize(("name", "by"), LISTS)
def test_what_is_no_number_is_passed_over(chair, name: str, by: str):
    program = APIClient()
    program.force_authenticate(chair)
    url = reverse(f"{name}-list")

    for word in ("", "x", "-1", "1.5", "²"):
        assert program.get(url, {by: word}).data == program.get(url).data
