"""A post after it was shared, as programs see it."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from groups.roles import Role
from sharing import services
from tests import make
from tests.api.programs import ids, program_of

pytestmark = pytest.mark.django_db


def test_author_who_left_reads_and_withdraws_the_own_post_and_no_more():
    post = make.post()
    file = services.attach_file(post, make.file(b"%PDF-1.7\n", "a.pdf"), by=post.author)
    make.comment(post)
    make.post(of=post.group)
    program = program_of(make.leave(post.group, post.author))

    assert ids(program.get(reverse("post-list"))) == [post.pk]
    assert program.get(reverse("attachment-detail", args=[file.key])).status_code == 200
    assert ids(program.get(reverse("comment-list"))) == []
    assert program.post(reverse("post-withdraw", args=[post.pk])).status_code == 200


def test_empty_reason_is_as_none():
    report = make.report(make.post(audience="district"))
    post = report.post
    author, board = program_of(post.author), program_of(make.chair(post.group))
    withdraw, why = reverse("post-withdraw", args=[post.pk]), {"withdrawn_because": ""}

    unsaid = board.post(withdraw, why)
    narrowed = author.post(
        reverse("post-audience", args=[post.pk]), {"audience": "group", "because": ""}
    )
    withdrawn = author.post(withdraw, why)
    kept = board.post(reverse("report-decide", args=[report.pk]), {"outcome": "kept"} | why)

    assert unsaid.status_code == 400
    assert "penulis akan membacanya" in str(unsaid.data)
    assert (narrowed.status_code, withdrawn.status_code, kept.status_code) == (200, 200, 200)


def test_board_narrows_with_a_reason_and_the_author_does_not_widen_again():
    post = make.post(audience="public")
    board, author = program_of(make.chair(post.group)), program_of(post.author)
    address = reverse("post-audience", args=[post.pk])

    unsaid = board.post(address, {"audience": "group"})
    narrowed = board.post(address, {"audience": "group", "because": "Ada nama murid."})
    widened = author.post(address, {"audience": "district"})
    edited = author.patch(reverse("post-detail", args=[post.pk]), {"audience": "public"})

    assert unsaid.status_code == 400
    assert (narrowed.data["audience"], narrowed.data["narrowed_from"]) == ("group", "public")
    assert narrowed.data["narrowed_to"] == "group"
    assert (widened.status_code, edited.status_code) == (403, 403)
    assert "dipersempit pengurus" in str(edited.data)


def test_who_decides_reads_what_was_reported_while_it_waits():
    group = make.group()
    post = make.post(of=group, by=make.chair(group))
    report = make.report(post)
    officer, reporter = program_of(make.officer()), program_of(report.reporter)
    address = reverse("report-detail", args=[report.pk])

    assert officer.get(address).data["reported_html"] == post.body_html
    assert reporter.get(address).data["reported_html"] == ""
    assert officer.get(reverse("post-detail", args=[post.pk])).status_code == 404
    decided = officer.post(reverse("report-decide", args=[report.pk]), {"outcome": "kept"})

    assert decided.status_code == 200
    assert officer.get(address).data["reported_html"] == ""


def test_endorsement_names_the_change_before_which_it_was_given():
    post = make.post(kind="material")
    guide = program_of(make.member(post.group, Role.CORE_TEACHER))
    address = reverse("post-endorse", args=[post.pk])
    first = guide.post(address)
    services.edit_post(post, by=post.author, title="Kol merah")

    changed = guide.get(reverse("post-detail", args=[post.pk])).data
    history = guide.get(reverse("post-history", args=[post.pk]))
    anew = guide.post(address)

    assert first.data["endorsed_before"] is None
    assert changed["endorsed_before"] == post.revisions.get().pk
    assert [row["id"] for row in history.data["results"]] == [changed["endorsed_before"]]
    assert anew.data["endorsed_before"] is None
    assert ids(guide.get(reverse("post-list"), {"endorsed": "true"})) == [post.pk]


def test_board_deletes_a_comment_with_a_reason():
    comment = make.comment(make.post())
    program = APIClient()
    program.force_authenticate(make.chair(comment.post.group))
    address = reverse("comment-detail", args=[comment.pk])

    assert "withdrawn_because" in str(program.delete(address).data)
    assert program.delete(address, {"withdrawn_because": "Nama murid."}).status_code == 204
