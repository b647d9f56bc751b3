from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from sharing import search, services
from sharing.library import POST
from sharing.models import Attachment, Post
from tests import make

pytestmark = pytest.mark.django_db


def attached(post: Post) -> Attachment:
    file = make.file(make.jpeg(), "kartu.jpg")
    attachment = services.attach_file(post, file, by=post.author, consent=True)
    services.make_thumbnails()
    attachment.refresh_from_db()
    return attachment


def on_disk(settings) -> int:
    return sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


def posts_found_by(words: str) -> list[Post]:
    found = search.search(Post.objects.all(), POST, search.ask(words), size=20)
    return list(found.rows)


def days_later(monkeypatch, days: float) -> None:
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)


@pytest.mark.parametrize(("days", "erased"), [(29.9, 0), (30.1, 1)])
def test_removed_file_is_gone_after_thirty_days(settings, monkeypatch, days, erased):
    post = make.post()
    kept, removed = attached(post), attached(post)
    services.remove_attachment(removed, by=post.author)

    days_later(monkeypatch, days)
    first, again = services.erase_files(), services.erase_files()

    assert (first, again) == (erased, 0)
    assert on_disk(settings) == 4 - 2 * erased
    assert Attachment.objects.filter(pk=kept.pk).exists()
    assert Attachment.objects.count() == 2 - erased


def test_files_of_a_withdrawn_post_go_with_it_and_come_back_within_thirty_days(
    settings, monkeypatch
):
    early, late = make.post(), make.post()
    for post in (early, late):
        attached(post)
        services.withdraw_post(post, by=post.author)

    days_later(monkeypatch, 29)
    services.restore_post(early, by=early.author)
    days_later(monkeypatch, 2)
    services.erase_files()
    services.restore_post(late, by=late.author)

    assert (early.attachments.count(), late.attachments.count()) == (1, 0)
    assert on_disk(settings) == 2


@pytest.mark.parametrize(("days", "is_kept"), [(29.9, True), (30.1, False)])
def test_old_words_of_a_withdrawn_post_go_with_its_files(monkeypatch, days, is_kept):
    gone, shared = make.post(kind="material"), make.post()
    for post in (gone, shared):
        services.edit_post(post, by=post.author, title="Kol merah", body="Lain.")
    services.edit_post(
        gone, by=gone.author, title="Kol biru", new_version=True, note="Tanpa nama Ani."
    )
    services.withdraw_post(gone, by=make.chair(gone.group), because="Ada nama murid.")

    days_later(monkeypatch, days)
    for _ in range(2):
        services.erase_files()

    assert all(bool(revision.before) is is_kept for revision in gone.revisions.all())
    assert {bool(revision.note) for revision in gone.revisions.of_versions()} == {is_kept}
    assert gone.revisions.count() == 2
    assert shared.revisions.get().before["title"] == "Kol ungu pengganti lakmus"


def test_name_of_a_file_goes_from_the_history_with_the_last_file_that_has_it(monkeypatch):
    post = make.post()
    first, second = attached(post), attached(post)
    named = {"before__files_added": ["kartu.jpg"]}
    services.remove_attachment(first, by=post.author)

    days_later(monkeypatch, 31)
    services.erase_files()
    assert post.revisions.filter(**named).count() == 2
    services.remove_attachment(second, by=post.author)
    services.edit_post(post, by=post.author, title="Kol merah", files=[])
    days_later(monkeypatch, 31)
    services.erase_files()

    kept = [revision.before for revision in post.revisions.order_by("pk")]
    assert kept == [{}, {}, {}, {}, {"title": "Kol ungu pengganti lakmus"}]


def test_history_that_was_emptied_says_so(client, monkeypatch):
    post = make.post()
    services.edit_post(post, by=post.author, title="Kol merah")
    services.withdraw_post(post, by=post.author)

    days_later(monkeypatch, 31)
    services.erase_files()
    services.restore_post(post, by=post.author)
    client.force_login(post.author)

    page = client.get(f"/posts/{post.pk}/history/").text
    assert "Isinya sudah dihapus, 30 hari sesudah ditarik." in page
    assert "Kol ungu" not in page


def test_files_that_are_gone_are_neither_counted_nor_found(monkeypatch):
    post = make.post()
    attached(post)
    services.withdraw_post(post, by=post.author)
    assert posts_found_by("kartu") == [post]

    days_later(monkeypatch, 31)
    services.erase_files()
    services.restore_post(post, by=post.author)

    post.refresh_from_db()
    assert (post.file_count, post.file_bytes) == (0, 0)
    assert posts_found_by("kartu") == []


def test_file_that_is_missing_from_the_disk_stops_nothing(settings, monkeypatch):
    post = make.post()
    lost, other = attached(post), attached(post)
    for attachment in (lost, other):
        services.remove_attachment(attachment, by=post.author)
    lost.file.storage.delete(str(lost.file))

    days_later(monkeypatch, 31)

    assert services.erase_files() == 2
    assert on_disk(settings) == 0


def test_files_are_erased_in_batches(monkeypatch):
    post = make.post()
    for _ in range(3):
        services.remove_attachment(attached(post), by=post.author)

    days_later(monkeypatch, 31)

    assert [services.erase_files(limit=2) for _ in range(3)] == [2, 1, 0]
