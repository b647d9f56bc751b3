"""Drafts that are saved and shared at the same moment. Who waits decides, so PostgreSQL only."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from sharing import services
from sharing.models import Draft, Post
from tests import make
from tests.sessions.test_at_once import at_once, fresh
from tests.sessions.test_locks import begin

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_two_who_save_one_draft_at_once_both_succeed():
    author, submission = make.person(), uuid4()

    def save(title: str):
        return lambda: services.save_draft(submission, by=fresh(author), words={"title": title})

    assert at_once(*(save(f"Kol {n}") for n in range(4))) == ["done"] * 4
    assert Draft.objects.get().words["title"].startswith("Kol ")


def test_draft_that_is_saved_while_another_saves_it_keeps_the_later_words():
    author, submission = make.person(), uuid4()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            services.save_draft(submission, by=author, words={"title": "Kol"})
            late = {"title": "Kol ungu"}
            saving = begin(
                pool, lambda: services.save_draft(submission, by=fresh(author), words=late)
            )
        saved = saving.result(10)

    assert Draft.objects.get() == saved
    assert Draft.objects.get().words == late


@pytest.mark.parametrize("has_draft", [False, True])
def test_draft_that_is_saved_while_it_is_shared_does_not_come_back(has_draft: bool):
    group, submission = make.group(), uuid4()
    author = make.member(group)
    if has_draft:
        services.save_draft(submission, by=author, words={"title": "Kol"})

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            services.share_post(group, by=author, title="Kol", submission=submission)
            words = {"title": "Kol ungu"}
            saving = begin(
                pool, lambda: services.save_draft(submission, by=fresh(author), words=words)
            )
        # Said, not swallowed: the form takes another mark for what was not shared.
        with pytest.raises(ValidationError, match="belum terkirim"):
            saving.result(10)

    assert not Draft.objects.exists()
    assert Post.objects.get().title == "Kol"


@pytest.mark.parametrize("has_draft", [False, True])
def test_post_that_is_shared_while_its_draft_is_saved_takes_the_draft_along(has_draft: bool):
    group, submission = make.group(), uuid4()
    author = make.member(group)
    if has_draft:
        services.save_draft(submission, by=author, words={"title": "Kol"})

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            services.save_draft(submission, by=author, words={"title": "Kol ungu"})
            sharing = begin(
                pool,
                lambda: services.share_post(
                    group, by=fresh(author), title="Kol ungu", submission=submission
                ),
            )
        sharing.result(10)

    assert not Draft.objects.exists()
    assert Post.objects.get().title == "Kol ungu"


def test_sharing_that_is_refused_while_its_draft_is_saved_loses_no_words():
    group, submission = make.group(), uuid4()
    author = make.member(group)

    def share_nothing() -> None:
        services.share_post(group, by=fresh(author), title="", submission=submission)

    def save() -> None:
        services.save_draft(submission, by=fresh(author), words={"title": "Kol"})

    assert at_once(share_nothing, save) == ["ValidationError", "done"]
    assert Draft.objects.get().words == {"title": "Kol"}
