"""What helps to write a post: preview, and colleagues to name."""

from uuid import uuid4

import pytest

from accounts.models import User
from sharing.models import Post
from tests import make

pytestmark = pytest.mark.django_db


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def test_preview_shows_words_as_they_will_be_and_keeps_nothing(client):
    client.force_login(make.member(make.group()))

    shown = client.post("/posts/preview/", {"kind": "material", "body": "**Kol** <script>"}).text
    practice = client.post("/posts/preview/", {"kind": "practice", "change": "Ramai."}).text

    assert "<p><strong>Kol</strong> &lt;script&gt;</p>" in shown
    assert "<h2>Yang berubah</h2>\n<p>Ramai.</p>" in practice
    assert "Belum ada isi untuk dilihat." in client.post("/posts/preview/", {}).text
    assert not Post.objects.exists()


def test_preview_without_javascript_shows_the_form_again_with_all_words(client):
    group = make.group()
    client.force_login(make.member(group))
    sent = {"submission": uuid4(), "group": group.pk, "kind": "material", "preview": "1"}

    answer = client.post("/posts/new/", sent | {"title": "Kol ungu", "body": "**Kol**"})

    page = main(answer)
    assert answer.status_code == 200
    assert "<strong>Kol</strong>" in page
    assert 'value="Kol ungu"' in page
    assert "**Kol**</textarea>" in page
    assert "Belum tersimpan" not in page
    assert not Post.objects.exists()


def test_preview_of_a_change_changes_nothing(client):
    post = make.post()
    client.force_login(post.author)

    answer = client.post(f"/posts/{post.pk}/edit/", {"preview": "1", "body": "_Baru_"})

    assert "<em>Baru</em>" in main(answer)
    post.refresh_from_db()
    assert post.title == "Kol ungu pengganti lakmus"


def test_people_are_offered_by_the_letters_of_their_name(client):
    group = make.group()
    client.force_login(make.member(group))
    siti = make.member(group)
    User.objects.filter(pk=siti.pk).update(username="siti.a", name="Siti <b>")

    shown = client.get("/posts/people/?q=sit").text

    assert 'data-username="siti.a"' in shown
    assert "Siti &lt;b&gt;" in shown
    assert "<li" not in client.get("/posts/people/?q=s").text
