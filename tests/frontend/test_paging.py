from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import User
from frontend.paging import Page, page_of
from tests import make

pytestmark = pytest.mark.django_db
BY = ("-joined_at", "-pk")


def page_at(address: str, *, size: int = 2, by: tuple[str, ...] = BY) -> Page[User]:
    return page_of(User.objects.all(), RequestFactory().get(address), by=by, size=size)


def people(count: int) -> list[User]:
    """People of whom each two joined at the same moment, newest first."""
    made = [make.person() for _ in range(count)]
    start = timezone.now()
    for index, person in enumerate(made):
        person.joined_at = start + timedelta(microseconds=index // 2)
        person.save()
    return made[::-1]


def test_pages_follow_each_other_without_gap_or_repeat():
    everyone = people(5)

    first = page_at("/posts/")
    second = page_at(f"/posts/{first.next_url}")
    third = page_at(f"/posts/{second.next_url}")

    assert [*first.items, *second.items, *third.items] == everyone
    assert (first.is_first, second.is_first, third.next_url) == (True, False, "")


def test_a_row_added_meanwhile_moves_nothing():
    everyone = people(4)
    first = page_at("/posts/")

    people(1)

    assert list(page_at(f"/posts/{first.next_url}").items) == everyone[2:]


def test_other_filters_of_the_address_survive():
    people(3)

    first = page_at("/posts/?phase=d&after=&q=pH")

    assert first.next_url.startswith("?phase=d&after=")
    assert first.next_url.endswith("&q=pH")


@pytest.mark.parametrize(
    "cursor", ["x", "!!", "W10", urlsafe_b64encode(b'["not a date", 1]').decode(), "bnVsbA", "e30"]
)
def test_a_cursor_that_makes_no_sense_gives_the_first_page(cursor: str):
    everyone = people(3)

    page = page_at(f"/posts/?after={cursor}")

    assert (list(page.items), page.is_first) == (everyone[:2], True)


def test_a_full_last_page_has_no_next():
    people(2)

    assert page_at("/posts/").next_url == ""


def test_ascending_order_goes_on_upwards():
    everyone = people(3)[::-1]

    first = page_at("/posts/", by=("pk",))

    assert list(page_at(f"/posts/{first.next_url}", by=("pk",)).items) == everyone[2:]
