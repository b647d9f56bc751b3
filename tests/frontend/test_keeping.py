"""Posts that a phone keeps."""

import pytest
from django.test import Client
from django.urls import reverse

from sharing import services
from sharing.models import Post
from tests import make
from tests.matrix import PDF

pytestmark = pytest.mark.django_db


def copy_of(post: Post) -> str:
    return reverse("post-copy", args=[post.pk])


def test_a_copy_has_the_words_and_files_and_nothing_about_its_reader(client: Client):
    group = make.group()
    post = make.post(of=group)
    file = services.attach_file(post, make.file(PDF, "kartu.pdf"), by=post.author)
    reader = make.member(group)
    client.force_login(reader)

    answer = client.get(copy_of(post))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "Kol ungu dari pasar" in answer.text
    assert file.get_absolute_url() in answer.text
    assert 'data-person=""' in answer.text
    assert reader.name not in answer.text
    assert "csrf" not in answer.text


def test_a_stranger_gets_no_copy(client: Client):
    post = make.post()
    client.force_login(make.member(make.group()))

    assert client.get(copy_of(post)).status_code == 404


def test_who_is_signed_out_is_asked_to_sign_in(client: Client):
    post = make.post(audience="public")

    assert client.get(copy_of(post)).status_code == 302
    assert client.get(reverse("still-readable")).status_code == 302
    assert "mg-keep-post" not in client.get(post.get_absolute_url()).text


def test_a_withdrawn_post_is_not_kept_by_its_author_either(client: Client):
    post = make.withdrawn_post()
    client.force_login(post.author)

    assert client.get(copy_of(post)).status_code == 404
    assert "mg-keep-post" not in client.get(post.get_absolute_url()).text


def test_the_page_says_what_the_copy_weighs(client: Client):
    group = make.group()
    post = make.post(of=group)
    services.attach_file(post, make.file(PDF, "kartu.pdf"), by=post.author)
    post.refresh_from_db()
    client.force_login(make.member(group))

    page = client.get(post.get_absolute_url()).text

    assert f'bytes="{post.file_bytes + len(post.body_html.encode())}"' in page
    assert "Simpan di HP (" in page


def test_a_phone_learns_what_may_still_be_read(client: Client):
    group = make.group()
    reader = make.member(group)
    shown, withdrawn = make.post(of=group), make.withdrawn_post(of=group)
    hidden = make.post()
    client.force_login(reader)
    url = reverse("still-readable")
    asked = {"pk": [shown.pk, withdrawn.pk, hidden.pk, "x", "²", "9" * 40]}

    told = client.get(url, asked).json()

    assert told == {"person": str(reader.pk), "readable": [shown.pk]}


def test_no_more_is_asked_than_a_phone_keeps(client: Client):
    post = make.post(audience="public")
    client.force_login(make.person())

    told = client.get(reverse("still-readable"), {"pk": [*range(10**6, 10**6 + 50), post.pk]})

    assert told.json()["readable"] == []


def test_the_list_on_the_phone_is_linked_from_the_feed_and_from_the_page_without_signal(
    client: Client,
):
    client.force_login(make.member(make.group()))

    for name in ("posts", "kept-sheets"):
        assert reverse("kept-posts") in client.get(reverse(name)).text
