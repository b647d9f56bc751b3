from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from PIL import Image

from activity.files import THUMBNAIL_BYTES, first_page, first_page_of
from sharing import services
from sharing.models import Attachment, Post
from tests import make

pytestmark = pytest.mark.django_db


def attached(post: Post, content: bytes, name: str) -> Attachment:
    file = make.file(content, name)
    return services.attach_file(post, file, by=post.author, consent=True)


def test_picture_and_pdf_get_a_thumbnail_and_a_pdf_its_pages():
    post = make.post()
    photo, plan = (
        attached(post, make.jpeg(), "foto.jpg"),
        attached(post, make.pdf(pages=3), "modul.pdf"),
    )
    words = attached(post, b"Murid bertanya.", "catatan.txt")

    seen = services.make_thumbnails()

    for file in (photo, plan, words):
        file.refresh_from_db()
        assert file.seen_through_at
    assert seen == 3
    assert (photo.page_count, plan.page_count, words.page_count) == (None, 3, None)
    assert not words.thumbnail
    for file in (photo, plan):
        with file.thumbnail.open("rb") as stored:
            small = stored.read()
        assert len(small) <= THUMBNAIL_BYTES
        with Image.open(BytesIO(small)) as image:
            assert image.format == "JPEG"
            assert max(image.size) <= 320


def test_what_was_seen_through_is_not_looked_at_again():
    attached(make.post(), make.jpeg(), "foto.jpg")

    seen = [services.make_thumbnails() for _ in range(2)]

    assert seen == [1, 0]


def test_file_of_another_worker_is_left_to_it():
    file = attached(make.post(), make.jpeg(), "foto.jpg")
    cache.add(f"thumbnail-{file.pk}", 1, 60)

    seen = services.make_thumbnails()

    file.refresh_from_db()
    assert (seen, file.tries, file.seen_through_at) == (0, 0, None)


def test_file_that_cannot_be_drawn_is_given_up_after_three_tries():
    file = attached(make.post(), b"%PDF-1.7\n%%EOF\n", "rusak.pdf")

    seen = [services.make_thumbnails() for _ in range(4)]

    file.refresh_from_db()
    assert seen == [1, 1, 1, 0]
    assert (file.tries, file.thumbnail.name) == (3, "")
    assert file.seen_through_at


def test_file_that_the_disk_lost_and_one_that_was_removed_stop_nothing():
    post = make.post()
    lost, removed = attached(post, make.jpeg(), "a.jpg"), attached(post, make.jpeg(), "b.jpg")
    good = attached(post, make.jpeg(), "c.jpg")
    lost.file.storage.delete(str(lost.file))
    services.remove_attachment(removed, by=post.author)

    services.make_thumbnails()

    good.refresh_from_db()
    assert good.thumbnail


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"[" * 200_000, make.pdf()[:400]],
    ids=["empty", "head", "deep", "cut"],
)
def test_broken_pdf_is_refused_and_breaks_nothing(content: bytes):
    with pytest.raises(ValidationError):
        first_page_of(content)


def test_pdf_that_would_take_all_memory_is_refused():
    """A picture in it that unpacks to gigabytes: the program that draws it may have one."""
    big = (
        make.pdf().replace(b"/Width 620", b"/Width 99999").replace(b"/Height 877", b"/Height 99999")
    )
    assert big != make.pdf()

    try:
        page = first_page_of(big)
    except ValidationError:
        return
    assert len(page.picture) <= THUMBNAIL_BYTES


def test_program_that_draws_gives_up_memory_time_and_files():
    assert first_page.MEMORY <= 1024**3
    assert first_page.SECONDS <= 10
    assert first_page.MOST_WRITTEN <= 4 * 1024**2
