"""Photos of a lesson as their readers see them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from activity.files import THUMBNAIL_BYTES
from sessions.services import open_early
from tests import make

pytestmark = pytest.mark.django_db


def read(client, name: str, photo, **headers):
    answer = client.get(reverse(name, args=[photo.uid]), headers=headers)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_photo_is_shown_to_the_guru_model_once_the_session_is_open_to_her(client):
    sheet = make.observation(submitted=True)
    photo = make.photo(of=sheet)
    client.force_login(sheet.session.teacher)

    before, _content = read(client, "observation-photo", photo)
    open_early(sheet.session, timezone.now())
    after, content = read(client, "observation-photo", photo)
    again, nothing = read(client, "observation-photo", photo, **{"If-None-Match": after["ETag"]})

    assert (before.status_code, after.status_code, again.status_code) == (404, 200, 304)
    assert len(content) == photo.file.size
    assert nothing == b""
    assert after["Content-Type"] == "image/jpeg"
    assert after["Cache-Control"] == "private, no-cache"
    assert after["X-Content-Type-Options"] == "nosniff"
    assert after["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_small_photo_is_a_few_kilobytes(client):
    sheet = make.observation(submitted=True)
    photo = make.photo(of=sheet)
    client.force_login(sheet.observer)

    small, content = read(client, "small-observation-photo", photo)
    again, nothing = read(
        client, "small-observation-photo", photo, **{"If-None-Match": small["ETag"]}
    )

    assert small["Content-Type"] == "image/jpeg"
    assert 0 < len(content) <= THUMBNAIL_BYTES
    assert (again.status_code, nothing) == (304, b"")


def test_photos_of_a_draft_and_unfinished_ones_are_shown_to_nobody_else(client):
    sheet = make.observation()
    photo = make.photo(of=sheet)
    open_early(sheet.session, timezone.now())

    client.force_login(sheet.session.teacher)
    hers, _content = read(client, "observation-photo", photo)
    client.force_login(sheet.observer)
    own, _content = read(client, "observation-photo", photo)
    type(photo).objects.update(stored_at=None)
    unfinished, _content = read(client, "observation-photo", photo)

    assert [one.status_code for one in (hers, own, unfinished)] == [404, 200, 404]


def test_the_page_of_a_sheet_shows_its_photos(client):
    sheet = make.observation(submitted=True)
    photo = make.photo(of=sheet)
    client.force_login(sheet.observer)

    page = client.get(sheet.get_absolute_url()).text

    assert reverse("small-observation-photo", args=[photo.uid]) in page
    assert reverse("observation-photo", args=[photo.uid]) in page
    assert "Foto menit 12" in page
