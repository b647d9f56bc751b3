"""The pages of drafts."""

from uuid import uuid4

import pytest

from sharing import services
from sharing.models import Draft, Post
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def test_form_is_kept_while_one_writes_and_says_when(client):
    group = make.group()
    client.force_login(make.member(group))
    sent = {"submission": uuid4(), "group": group.pk, "kind": "question", "title": "Mengapa?"}

    answer = client.post("/posts/drafts/save/", sent, headers=HTMX)
    nothing = client.post("/posts/drafts/save/", {"submission": uuid4()}, headers=HTMX)

    assert answer.text.startswith("Draf tersimpan ")
    assert answer.text.endswith("WITA")
    assert nothing.text == ""
    assert Draft.objects.get().words == {
        "group": str(group.pk),
        "kind": "question",
        "title": "Mengapa?",
    }


def test_draft_without_javascript_is_kept_listed_gone_on_with_and_shared(client):
    group = make.group()
    client.force_login(make.member(group))
    submission = uuid4()
    words = {"submission": submission, "group": group.pk, "kind": "question"}
    assert 'formaction="/posts/drafts/save/"' in main(client.get("/posts/new/"))

    kept = client.post("/posts/drafts/save/", words | {"title": "Mengapa?", "topics": "kol, asam"})
    assert kept.headers["Location"] == "/posts/drafts/"
    listed = main(client.get("/posts/drafts/"))
    assert "Mengapa?" in listed
    assert f'href="/posts/new/?draft={submission}"' in listed
    assert "Draf saya (1)" in main(client.get("/posts/new/"))
    form = main(client.get(f"/posts/new/?draft={submission}"))
    assert 'value="Mengapa?"' in form
    assert 'value="kol, asam"' in form
    assert f'value="{submission}"' in form
    assert 'value="question"' in form.split("checked")[0].rpartition("<input")[2]
    client.post("/posts/new/", words | {"title": "Mengapa?", "audience": "group"})

    assert Post.objects.get().submission == submission
    assert not Draft.objects.exists()
    assert "Belum ada draf" in main(client.get("/posts/drafts/"))


def test_device_keeps_its_words_under_the_draft_also_when_that_is_gone(client):
    author, submission = make.member(make.group()), uuid4()
    client.force_login(author)
    draft = services.save_draft(submission, by=author, words={"title": "Kol"})
    assert draft

    there = main(client.get(f"/posts/new/?draft={submission}"))
    services.discard_draft(draft, by=author)
    gone = main(client.get(f"/posts/new/?draft={submission}"))

    assert f'key="share-post-{submission}"' in there
    assert f'key="share-post-{submission}"' in gone
    assert 'value="Kol"' not in gone
    assert 'key="share-post"' in main(client.get("/posts/new/?draft=x"))


def test_draft_is_discarded_after_asking(client):
    author = make.member(make.group())
    draft = services.save_draft(uuid4(), by=author, words={"title": "Kol"})
    assert draft
    client.force_login(author)

    asked = main(client.get(f"/posts/drafts/{draft.pk}/discard/"))
    assert "Draf yang dihapus tidak dapat dikembalikan." in asked
    assert Draft.objects.exists()
    client.post(f"/posts/drafts/{draft.pk}/discard/")

    assert not Draft.objects.exists()


def test_draft_of_another_does_not_exist(client):
    author = make.member(make.group())
    draft = services.save_draft(uuid4(), by=author, words={"title": "Rahasia"})
    assert draft
    client.force_login(make.member(author.memberships.get().group))

    assert client.get(f"/posts/drafts/{draft.pk}/discard/").status_code == 404
    assert "Rahasia" not in client.get("/posts/drafts/").text
    assert "Rahasia" not in client.get(f"/posts/new/?draft={draft.submission}").text
    taken = {"submission": draft.submission, "title": "Dibajak"}
    assert client.post("/posts/drafts/save/", taken).status_code == 403


def test_too_many_drafts_are_refused_with_a_sentence(client):
    author = make.member(make.group())
    for _ in range(50):
        services.save_draft(uuid4(), by=author, words={"title": "Kol"})
    client.force_login(author)

    answer = client.post(
        "/posts/drafts/save/", {"submission": uuid4(), "title": "Kol"}, headers=HTMX
    )

    assert answer.status_code == 422
    assert answer.text == "Sudah ada 50 draf. Hapus dulu yang tidak dipakai."


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"body": "Kata " * 5000}, "Draf ini terlalu panjang untuk disimpan."),
        ({"submission": "x"}, "Formulir ini tidak utuh."),
        ({"submission": None}, "Sudah ada 50 draf."),
    ],
)
def test_refused_draft_comes_back_as_the_form_with_its_words(client, fields, reason: str):
    group = make.group()
    author = make.member(group)
    client.force_login(author)
    if fields.get("submission", "") is None:
        for _ in range(50):
            services.save_draft(uuid4(), by=author, words={"title": "Kol"})
    words = {"submission": uuid4(), "title": "Kol ungu", "body": "Kata lain."} | fields
    words["submission"] = words["submission"] or uuid4()

    answer = client.post("/posts/drafts/save/?kind=material", words)

    page = main(answer)
    assert answer.status_code == 422
    assert reason in page
    assert 'value="Kol ungu"' in page
    assert f"{words['body']}</textarea>" in page
    assert 'action="/posts/new/?kind=material"' in page
    assert 'key="share-post" answered' in page
    assert "Bidang ini harus diisi." not in page


def test_draft_with_a_used_mark_asks_for_another_and_loses_nothing(client):
    post = make.post()
    client.force_login(post.author)
    words = {"submission": post.submission, "title": "Kata baru"}

    alone = client.post("/posts/drafts/save/", words, headers=HTMX)
    answer = client.post("/posts/drafts/save/", words)

    assert alone.status_code == 409
    assert answer.status_code == 422
    assert 'value="Kata baru"' in main(answer)
    assert str(post.submission) not in main(answer)


def test_drafts_ask_the_same_for_one_and_for_three(client, django_assert_num_queries):
    author = make.member(make.group())
    services.save_draft(uuid4(), by=author, words={"title": "Kol"})
    client.force_login(author)
    client.get("/posts/drafts/")

    # The person, the seats, the drafts.
    with django_assert_num_queries(3):
        client.get("/posts/drafts/")
    for _ in range(2):
        services.save_draft(uuid4(), by=author, words={"title": "Kol"})
    with django_assert_num_queries(3):
        client.get("/posts/drafts/")
