"""Comments beneath a post and answers to them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sharing.models import Comment
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.7\n"


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def test_comment_by_its_form_once(client):
    post = make.post()
    client.force_login(make.member(post.group))
    sent = {"body": "Saya **coba**.", "submission": uuid4()}

    answers = [client.post(f"/posts/{post.pk}/comments/", sent) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [f"/posts/{post.pk}/#comments"] * 2
    page = main(client.get(f"/posts/{post.pk}/"))
    assert page.count("<p>Saya <strong>coba</strong>.</p>") == 1


def test_comments_answers_and_their_changes_offer_colleagues_to_name(client):
    comment = make.comment(make.post())
    client.force_login(comment.author)

    pages = [
        main(client.get(address))
        for address in (
            f"/posts/{comment.post_id}/",
            f"/comments/{comment.pk}/",
            f"/comments/{comment.pk}/edit/",
        )
    ]

    for page in pages:
        picker = page.split("<mg-mention-picker")[1]
        assert 'url="/posts/people/"' in picker
        assert "<textarea" in picker.split("</mg-mention-picker>")[0]


def test_comment_through_htmx_answers_with_the_comments_alone(client):
    post = make.post()
    client.force_login(make.member(post.group))

    answer = client.post(
        f"/posts/{post.pk}/comments/", {"body": "Bagus.", "submission": uuid4()}, headers=HTMX
    )

    assert answer.status_code == 200
    assert answer.text.strip().startswith('<section id="comments"')
    assert "<p>Bagus.</p>" in answer.text
    assert '<span class="help">1</span>' in answer.text


@pytest.mark.parametrize("body", ["", "x" * 4001])
def test_comment_without_words_or_with_too_many_is_refused(client, body: str):
    post = make.post()
    client.force_login(post.author)

    answer = client.post(
        f"/posts/{post.pk}/comments/", {"body": body, "submission": uuid4()}, headers=HTMX
    )

    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_late_change_of_a_comment_shows_why_and_the_words_to_copy(client, time_machine):
    comment = make.comment(make.post())
    client.force_login(comment.author)
    time_machine.move_to(comment.at + timedelta(minutes=16))

    answer = client.post(f"/comments/{comment.pk}/edit/", {"body": "Kata baru & panjang."})

    page = main(answer)
    assert answer.status_code == 422
    assert "Tanggapan hanya dapat diubah dalam 15 menit setelah dikirim." in page
    assert "Kata baru &amp; panjang.</textarea>" in page
    comment.refresh_from_db()
    assert comment.edited_at is None


def test_newcomer_reads_why_no_comment_is_taken(client):
    post = make.post(audience="public")
    client.force_login(make.newcomer())
    reason = "Tanggapan dapat ditulis setelah Bapak/Ibu diterima di sebuah kelompok."

    assert reason in main(client.get(f"/posts/{post.pk}/"))
    answer = client.post(f"/posts/{post.pk}/comments/", {"body": "Halo", "submission": uuid4()})

    assert answer.status_code == 403
    assert reason in answer.text


def test_answers_stand_beneath_and_the_rest_on_their_own_page(client):
    post = make.post(audience="public")
    first = make.comment(post)
    answers = [make.comment(post, parent=first) for _ in range(3)]

    page = main(client.get(f"/posts/{post.pk}/"))
    assert "Lihat 3 jawaban" in page
    assert f'id="comment-{answers[1].pk}"' in page
    assert f'id="comment-{answers[2].pk}"' not in page
    whole = main(client.get(f"/comments/{first.pk}/"))

    assert [f'id="comment-{answer.pk}"' in whole for answer in answers] == [True] * 3
    assert client.get(f"/comments/{answers[0].pk}/").headers["Location"] == (
        f"/comments/{first.pk}/#comment-{answers[0].pk}"
    )


def test_answer_by_its_form(client):
    first = make.comment(make.post())
    client.force_login(make.member(first.post.group))

    empty = client.post(f"/comments/{first.pk}/answers/", {"body": "", "submission": uuid4()})
    answer = client.post(f"/comments/{first.pk}/answers/", {"body": "Sama.", "submission": uuid4()})

    [written] = first.answers.all()
    assert empty.status_code == 422
    assert answer.headers["Location"] == f"/comments/{first.pk}/#comment-{written.pk}"


def test_own_comment_is_changed_and_deleted_from_its_links(client):
    comment = make.comment(make.post())
    client.force_login(comment.author)

    page = main(client.get(f"/posts/{comment.post_id}/"))
    assert "Dapat diubah sampai" in page
    assert client.post(f"/comments/{comment.pk}/edit/", {"body": ""}).status_code == 422
    client.post(f"/comments/{comment.pk}/edit/", {"body": "Kata baru."})
    assert "Kata baru." in main(client.get(f"/comments/{comment.pk}/delete/"))
    client.post(f"/comments/{comment.pk}/delete/")
    page = main(client.get(f"/posts/{comment.post_id}/"))

    assert "Tanggapan ini dihapus penulisnya" in page
    assert "Kata baru." not in page
