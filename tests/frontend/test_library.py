"""Bank materi, the page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sharing.library import index_posts
from sharing.models import Post
from sharing.services import share_post
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def library(client, **asked: str) -> str:
    answer = client.get(reverse("library"), asked)
    assert answer.status_code == 200
    return answer.text


def test_words_find_posts_and_show_a_marked_piece(client):
    member = make.member(group := make.group())
    share_post(group, by=member, title="Kue lipat", body="Murid melipat *pecahan* <b> senilai.")
    share_post(group, by=member, title="Daun layu", body="Lain.")
    client.force_login(member)

    page = library(client, q="pecahan")

    assert "Kue lipat" in page
    assert "<mark>pecahan</mark> &lt;b&gt; senilai." in page
    assert "1 bahan ditemukan" in page
    assert "Daun layu" not in page


def test_a_stranger_finds_only_what_is_for_anyone(client):
    for audience in Post.Audience:
        share = make.post(audience=audience)
        Post.objects.filter(pk=share.pk).update(title=f"Untuk {audience}")

    page = library(client, q=share.body.split()[0])

    assert "Untuk public" in page
    assert "1 bahan ditemukan" in page
    assert "Untuk district" not in page
    assert "Untuk group" not in page


def test_filters_live_in_the_address_and_words_stay(client):
    member = make.member(group := make.group())
    share_post(group, by=member, title="Pecahan satu", kind="question")
    share_post(group, by=member, title="Pecahan dua", kind="material")
    client.force_login(member)

    page = library(client, q="pecahan", kind="question", grade="x", subject="tidak ada")

    assert "Pecahan satu" in page
    assert "Pecahan dua" not in page
    assert '<option value="question" selected>' in page
    assert 'value="pecahan"' in page


def test_nothing_found_says_what_to_do(client):
    client.force_login(make.member(make.group()))

    assert "Tidak ada bahan yang cocok" in library(client, q="xyzq")
    assert "Belum ada bahan" in library(client)


def test_similar_names_are_said_to_be_similar(client):
    member = make.member(group := make.group())
    member.name = "Nurhaedah"
    member.save(update_fields=["name"])
    share_post(group, by=member, title="Kue lipat")
    client.force_login(member)

    page = library(client, q="Nurhaida")

    assert "Kue lipat" in page
    assert "nama yang mirip" in page


def test_more_is_loaded_from_where_the_page_ended(client):
    member = make.member(group := make.group())
    Post.objects.bulk_create(
        Post(group=group, author=member, title=f"Pecahan ke-{n}") for n in range(21)
    )
    index_posts(Post.objects.all())
    client.force_login(member)

    first = client.get(reverse("library"), {"q": "pecahan"})
    more = client.get(reverse("library") + first.context["page"].next_url, headers=HTMX)

    assert "Pecahan ke-20<" in first.text
    assert "Pecahan ke-0<" not in first.text
    assert "Pecahan ke-0<" in more.text
    assert "<form" not in more.text


def test_typing_swaps_only_what_was_found(client):
    client.force_login(make.member(make.group()))

    part = client.get(reverse("library"), {"q": "x"}, headers=HTMX).text

    assert 'id="found"' in part
    assert "<form" not in part


def test_the_page_asks_as_much_for_one_post_as_for_three(client):
    member = make.member(group := make.group())
    client.force_login(member)
    asked = []

    for posts in (1, 2):
        for n in range(posts):
            share_post(group, by=member, title=f"Pecahan {n}", topics=["kue"])
        library(client)
        with CaptureQueriesContext(connection) as queries:
            library(client, q="pecahan")
        asked.append(len(queries))

    assert asked[0] == asked[1]
