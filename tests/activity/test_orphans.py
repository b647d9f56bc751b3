import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from activity import files
from activity.files import orphans
from activity.tasks import erase_orphans
from sharing import services
from sharing.models import Attachment, LinkPreview
from tests import make

pytestmark = pytest.mark.django_db


def attached(*, days_ago: float) -> Attachment:
    """A file of a post with its small picture, stored so long ago."""
    post = make.post()
    file = make.file(make.jpeg(), "papan.jpg")
    attachment = services.attach_file(post, file, by=post.author, consent=True)
    services.make_thumbnails()
    attachment.refresh_from_db()
    for name in (attachment.file.name, attachment.thumbnail.name):
        age(name, days_ago)
    return attachment


def stored(name: str, *, days_ago: float) -> str:
    return age(default_storage.save(name, ContentFile(b"%PDF-1.7\n")), days_ago)


def age(name: str, days: float) -> str:
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(default_storage.path(name), (then, then))
    return name


def on_disk(settings) -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_files_without_a_row_are_erased_after_a_day_and_those_with_one_stay(settings):
    attachment = attached(days_ago=400)
    picture = stored("previews/2026/02/kol.jpg", days_ago=90)
    LinkPreview.objects.create(url="https://rumah.example/", picture=picture)
    for name in ("posts/2025/12/a.pdf", "thumbnails/2026/01/a.jpg", "pairs/2026/01/a.pdf"):
        stored(name, days_ago=1.1)
    young = stored("posts/2026/01/b.pdf", days_ago=0.9)

    first, again = files.erase_orphans(), files.erase_orphans()

    assert (first, again) == (3, 0)
    assert on_disk(settings) == {
        *(attachment.file.name, attachment.thumbnail.name),
        *(picture, young),
    }


def test_file_of_a_change_that_was_undone_is_erased(settings):
    post = make.post()
    file = make.file(b"%PDF-1.7\n", "modul.pdf")

    with transaction.atomic():
        services.attach_file(post, file, by=post.author)
        transaction.set_rollback(True)
    [left] = on_disk(settings)
    age(left, 2)
    erase_orphans()

    assert not Attachment.objects.exists()
    assert on_disk(settings) == set()


def test_what_is_kept_beside_the_months_stays(settings):
    beside = {
        stored(name, days_ago=400)
        for name in ("observations/parts/5b0d", "posts/note.txt", "posts/2026/x.pdf", "other/a.pdf")
    }

    assert files.erase_orphans() == 0
    assert on_disk(settings) == beside


def test_month_of_which_the_database_knows_hardly_a_file_is_left_alone(settings, caplog):
    known = attached(days_ago=3)
    month = Path(known.file.name).parent
    lost = {stored(f"{month}/{number}.pdf", days_ago=3) for number in range(orphans.FEW + 1)}
    elsewhere = stored("pairs/2026/01/a.pdf", days_ago=3)

    erased = files.erase_orphans()

    assert erased == 1
    assert elsewhere not in on_disk(settings)
    assert lost < on_disk(settings)
    assert f"21 of 22 files in {month}." in caplog.text


def test_no_more_are_erased_at_once_than_asked_for(settings):
    for number in range(5):
        stored(f"posts/2026/01/{number}.pdf", days_ago=2)

    erased = [files.erase_orphans(limit=2) for _ in range(4)]

    assert erased == [2, 2, 1, 0]
    assert on_disk(settings) == set()
