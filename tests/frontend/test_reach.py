"""Sharing posts on beyond the group, and the page on which the Dinas sees it."""

import pytest
from django.test import Client
from django.urls import reverse

from sharing import services
from sharing.models import Reach
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("audience", ["public", "district"])
def test_post_beyond_the_group_has_every_way_to_share(client, audience: str):
    post = make.post(audience=audience)
    client.force_login(make.member(post.group))

    page = client.get(post.get_absolute_url()).text

    for address in ("https://wa.me/", "t.me/share", "facebook.com/sharer", "x.com/intent"):
        assert address in page
    # The phone's own menu is told by the script, which knows whether there is one.
    never = {Reach.Channel.VISIT, Reach.Channel.DEVICE}
    for channel in Reach.Channel:
        assert (f'data-channel="{channel}"' in page) is (channel not in never)
    assert f'<mg-reach class="stack" url="/posts/{post.pk}/reach/">' in page


def test_post_of_the_group_is_not_counted_and_has_no_networks(client):
    post = make.post()
    client.force_login(post.author)

    page = client.get(post.get_absolute_url()).text

    assert "mg-reach" not in page
    assert "facebook" not in page
    assert "https://wa.me/" in page


def test_reading_counts_nothing_and_the_beacon_one(client):
    post = make.post(audience="public")
    strict = Client(enforce_csrf_checks=True)

    client.get(post.get_absolute_url())
    answer = strict.post(f"/posts/{post.pk}/reach/", {"channel": "visit"})

    assert (answer.status_code, answer.cookies) == (204, {})
    assert list(post.reach.values_list("channel", "times")) == [("visit", 1)]


@pytest.mark.parametrize(
    ("channel", "site"), [("carrier-pigeon", "same-origin"), ("visit", "cross-site")]
)
def test_what_is_no_channel_or_comes_from_elsewhere_is_not_counted(client, channel, site):
    post = make.post(audience="public")

    answer = client.post(
        f"/posts/{post.pk}/reach/", {"channel": channel}, headers={"Sec-Fetch-Site": site}
    )

    assert (answer.status_code, post.reach.count()) == (400, 0)


def test_stranger_is_asked_to_sign_in_for_what_is_not_public(client):
    hidden, missing = make.post(audience="district").get_absolute_url(), "/posts/987654/"

    answers = [client.get(url) for url in (hidden, missing)]

    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, f"{reverse('account_login')}?next={url}") for url in (hidden, missing)
    ]


def test_public_page_tells_link_previews_what_it_is(client):
    post = make.post(audience="public")

    page = client.get(post.get_absolute_url()).text

    assert f'<meta property="og:title" content="{post.title}">' in page
    assert f'<meta property="og:url" content="http://testserver{post.get_absolute_url()}">' in page
    assert (
        '<meta property="og:image" content="http://testserver/static/frontend/preview.png">' in page
    )
    assert "btn-primary w-full" in page


def test_dinas_sees_what_was_shared_most_this_month(client, django_assert_num_queries):
    first, second = make.post(audience="public"), make.post(audience="public")
    client.force_login(make.officer())
    assert "Belum ada yang dibagikan bulan ini" in client.get("/reach/").text

    for post, queries in ((first, 5), (second, 5)):
        services.count_reach(post, Reach.Channel.COPY, visitor=make.newcomer())
        with django_assert_num_queries(queries):
            page = client.get("/reach/").text

    assert page.count("Dibagikan 1 kali, dikunjungi 0 kali") == 2


@pytest.mark.parametrize("month", ["2026-01", "2026-12", "2020-13", "x", ""])
def test_any_month_may_be_asked_for(client, month: str):
    client.force_login(make.officer())

    assert client.get("/reach/", {"month": month}).status_code == 200


def test_preview_of_a_link_says_signs_as_they_were_written(client):
    post = make.post(audience="public")
    services.edit_post(post, by=post.author, title="Asam & basa", body="Air & minyak: 3 < 5?")

    page = client.get(post.get_absolute_url()).text

    said = 'content="Air &amp; minyak: 3 &lt; 5?"'
    assert f'<meta property="og:description" {said}>' in page
    assert page.count(said) == 2
    assert '<meta property="og:title" content="Asam &amp; basa">' in page


def test_link_to_what_is_not_public_previews_as_the_platform_alone(client):
    post = make.post(audience="district")

    page = client.get(post.get_absolute_url(), follow=True).text
    missing = client.get("/posts/987654/", follow=True).text

    for text in (page, missing):
        assert '<meta property="og:title" content="Smart MGMP">' in text
        assert '<meta property="og:description" content="Masuk untuk membaca.">' in text
    assert post.title not in page
