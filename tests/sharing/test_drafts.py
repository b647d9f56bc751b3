"""Drafts: kept under the mark that the post will have, for their author alone."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from sharing import rules, services
from sharing.models import Draft
from tests import make

pytestmark = pytest.mark.django_db


def test_save_draft_keeps_what_stands_in_the_form_and_nothing_else():
    author, submission = make.person(), uuid4()

    services.save_draft(submission, by=author, words={"title": "Kol"})
    draft = services.save_draft(
        submission,
        by=author,
        words={"title": "Kol\0 ungu", "kind": "practice", "link": " ", "consent": "on", "x": "y"},
    )

    assert draft
    assert Draft.objects.get() == draft
    assert (draft.author, draft.submission) == (author, submission)
    assert draft.words == {"title": "Kol ungu", "kind": "practice"}


def test_draft_without_words_is_not_kept():
    kept = services.save_draft(uuid4(), by=make.person(), words={"kind": "practice", "title": " "})

    assert kept is None
    assert not Draft.objects.exists()


def test_draft_of_a_post_that_was_shared_is_not_kept_again():
    group, submission = make.group(), uuid4()
    author = make.member(group)
    services.save_draft(submission, by=author, words={"title": "Kol"})

    services.share_post(group, by=author, title="Kol", submission=submission)
    late = services.save_draft(submission, by=author, words={"title": "Kol"})

    assert late is None
    assert not Draft.objects.exists()


def test_draft_that_says_more_than_the_post_shared_with_its_mark_is_refused():
    group, submission = make.group(), uuid4()
    author = make.member(group)
    post = services.share_post(group, by=author, title="Kol", submission=submission)
    services.edit_post(post, by=author, title="Kol ungu")

    with pytest.raises(ValidationError, match="belum terkirim"):
        services.save_draft(submission, by=author, words={"title": "Kol", "body": "Lagi."})
    late = services.save_draft(submission, by=author, words={"title": "Kol", "change": "x"})

    assert late is None
    assert not Draft.objects.exists()


def test_sharing_that_is_refused_leaves_the_draft():
    group, submission = make.group(), uuid4()
    author = make.member(group)
    services.save_draft(submission, by=author, words={"title": "Kol"})

    with pytest.raises(ValidationError):
        services.share_post(group, by=author, title="", submission=submission)

    assert Draft.objects.exists()


def test_draft_of_another_can_neither_be_read_saved_nor_discarded():
    author, other, submission = make.person(), make.person(), uuid4()
    draft = services.save_draft(submission, by=author, words={"title": "Kol"})
    assert draft

    with pytest.raises(PermissionDenied):
        services.save_draft(submission, by=other, words={"title": "Dibajak"})
    with pytest.raises(PermissionDenied):
        services.discard_draft(draft, by=other)

    draft.refresh_from_db()
    assert draft.words == {"title": "Kol"}
    assert not Draft.objects.visible_to(other).exists()
    assert list(rules.may_change_draft(other, draft).reasons) == [
        "Draf hanya dapat diubah oleh penulisnya."
    ]


def test_drafts_are_at_most_fifty_of_at_most_twenty_thousand_letters():
    author = make.person()
    for _ in range(50):
        services.save_draft(uuid4(), by=author, words={"title": "Kol"})

    with pytest.raises(ValidationError, match="Sudah ada 50 draf"):
        services.save_draft(uuid4(), by=author, words={"title": "Kol"})
    with pytest.raises(ValidationError, match="terlalu panjang"):
        services.save_draft(uuid4(), by=make.person(), words={"body": "x" * 20_001})


@pytest.mark.parametrize(
    ("body", "is_gone"), [("Rendam.\r\nSaring.", True), ("Rendam. Lalu", False), ("", False)]
)
def test_draft_that_goes_on_with_another_takes_its_place_if_it_says_all_of_it(
    body: str, is_gone: bool
):
    group, old = make.group(), uuid4()
    author, other = make.member(group), make.member(group)

    def kept() -> None:
        services.save_draft(old, by=author, words={"title": "Kol", "body": "Rendam.\nSa"})

    kept()
    services.save_draft(uuid4(), by=other, words={"title": "Kol", "body": body}, begun_as=old)
    assert Draft.objects.filter(submission=old).exists()
    services.save_draft(uuid4(), by=author, words={"title": "Kol", "body": body}, begun_as=old)
    assert Draft.objects.filter(submission=old).exists() is not is_gone
    kept()
    services.share_post(group, by=author, title="Kol ungu", body=body, begun_as=old)
    assert Draft.objects.filter(submission=old).exists() is not is_gone


def test_draft_that_goes_on_with_itself_stays():
    author, submission = make.person(), uuid4()
    services.save_draft(submission, by=author, words={"title": "Kol"})

    services.save_draft(submission, by=author, words={"title": "Kol ungu"}, begun_as=submission)

    assert Draft.objects.get().words == {"title": "Kol ungu"}


def test_discard_draft():
    author = make.person()
    draft = services.save_draft(uuid4(), by=author, words={"title": "Kol"})
    assert draft

    services.discard_draft(draft, by=author)

    assert not Draft.objects.exists()
