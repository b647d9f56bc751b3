"""A number in an address that no row can have finds nothing; it breaks no page."""

from base64 import b64encode, urlsafe_b64encode

import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db
TOO_LARGE = ("9" * 19, "9" * 30, "9" * 5000)


@pytest.mark.parametrize("number", TOO_LARGE, ids=len)
@pytest.mark.parametrize(
    ("page", "name", "status"),
    [
        ("threads", "cycle", 200),
        ("posts", "cycle", 200),
        ("posts", "group", 200),
        ("sessions", "cycle", 404),
        ("sessions", "group", 404),
        ("plan-session", "group", 404),
    ],
)
def test_list_asked_for_a_row_that_cannot_be(client, page, name, status, number):
    client.force_login(make.chair(make.group()))

    assert client.get(reverse(page), {name: number}).status_code == status


@pytest.mark.parametrize("number", TOO_LARGE, ids=len)
def test_pair_talk_asked_for_what_came_after_a_message_that_cannot_be(client, number):
    pair = make.pair()
    client.force_login(pair.people.first())

    answer = client.get(reverse("pair-news", args=[pair.pk]), {"since": number})

    assert (answer.status_code, answer.json()["html"]) == (200, "")


@pytest.mark.parametrize("words", [b"[Infinity]", b"[1e400]", b"nothing", b"[[]]"])
def test_cursor_that_makes_no_sense_gives_the_first_page(client, words):
    cursor = urlsafe_b64encode(words).decode().rstrip("=")

    assert client.get(reverse("gardens"), {"after": cursor}).status_code == 200


@pytest.mark.parametrize("words", ["p=abc", "p=" + "9" * 30, "p=-1"])
def test_cursor_of_the_api_that_no_row_has_is_not_found(client, words):
    client.force_login(make.person())
    cursor = b64encode(words.encode()).decode()

    assert client.get("/api/v1/groups/", {"cursor": cursor}).status_code == 404
