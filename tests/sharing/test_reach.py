"""Counting how far posts go."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from sharing import services
from sharing.models import Post, Reach
from sharing.queries import channels_of, most_shared
from tests import make

pytestmark = pytest.mark.django_db
WHATSAPP, COPY, VISIT = Reach.Channel.WHATSAPP, Reach.Channel.COPY, Reach.Channel.VISIT
STRANGER = AnonymousUser()


def count(post: Post, *channels: Reach.Channel) -> None:
    for channel in channels:
        services.count_reach(post, channel, visitor=STRANGER)


def test_count_reach_counts_by_month_and_channel(time_machine):
    post = make.post(audience="public")

    # The last evening of October in London is November in Luwu Utara.
    time_machine.move_to(datetime(2026, 10, 31, 15, 59, tzinfo=UTC))
    count(post, WHATSAPP)
    time_machine.move_to(datetime(2026, 10, 31, 16, 1, tzinfo=UTC))
    count(post, WHATSAPP, WHATSAPP, VISIT)

    counted = post.reach.order_by("month", "channel").values_list("month", "channel", "times")
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    assert list(counted) == [
        (october, "whatsapp", 1),
        (november, "visit", 1),
        (november, "whatsapp", 2),
    ]
    post.refresh_from_db()
    assert (post.share_count, post.visit_count) == (3, 1)


@pytest.mark.parametrize("audience", ["group", "public"])
def test_own_visits_and_posts_of_the_group_do_not_count(audience: str):
    post = make.post(audience=audience)
    visitor = post.author if audience == "public" else make.member(post.group)

    services.count_reach(post, VISIT, visitor=visitor)

    assert list(post.reach.all()) == []


def test_nothing_that_is_kept_leads_to_a_person():
    kept = {field.name for field in Reach._meta.get_fields()}

    assert kept == {"id", "post", "month", "channel", "times"}


def test_most_shared_says_what_went_furthest_in_the_month():
    officer = make.officer()
    month = date(2026, 11, 1)
    far, near = make.post(audience="public"), make.post(audience="district")
    visited, withdrawn = make.post(audience="public"), make.withdrawn_post(audience="public")
    count(near, WHATSAPP)
    count(far, WHATSAPP, COPY, COPY, VISIT)
    count(visited, VISIT)
    count(withdrawn, COPY)
    Reach.objects.update(month=month)
    Reach.objects.create(post=near, month=date(2020, 1, 1), channel=COPY, times=99)

    found = most_shared(officer, month).values_list("pk", "shares", "visits")

    assert list(found) == [(far.pk, 3, 1), (near.pk, 1, 0)]
    assert channels_of(month) == [("Salin tautan", 2), ("WhatsApp", 2)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_counts_at_once_lose_none():
    post = make.post(audience="public")

    def once(_: int) -> None:
        try:
            count(post, WHATSAPP)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(once, range(12)))

    post.refresh_from_db()
    assert (post.share_count, post.reach.get().times) == (12, 12)
