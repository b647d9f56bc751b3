"""A photo's bytes over the API, in pieces, as tus 1.0 has it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from observations.models import Observation, Photo
from observations.services import LARGEST_PIECE, Content, sync_sheet
from tests import make

pytestmark = pytest.mark.django_db
TYPE = "application/offset+octet-stream"


def api(user: User) -> APIClient:
    program = APIClient()
    program.force_authenticate(User.objects.get(pk=user.pk))
    return program


def told_of(file: bytes) -> Photo:
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=12))
    sheet = make.observation(of=session, observer=observer)
    content = Content(photos=[make.photo_words(file)])
    sent = make.sending(make.phone(), base=sheet.revision, content=content)
    return sync_sheet(session, by=observer, uid=sheet.uid, sent=sent).photos.get()


def patch(program: APIClient, photo: Photo, piece: bytes, offset: object):
    url = reverse("photo-detail", args=[photo.uid])
    return program.patch(
        url, piece, content_type=TYPE, headers={"Upload-Offset": str(offset), "Tus-Resumable": "1"}
    )


def head(program: APIClient, photo: Photo):
    return program.head(reverse("photo-detail", args=[photo.uid]))


def test_a_photo_comes_in_pieces_and_is_resumed_where_it_was_cut():
    file = make.jpeg()
    photo = told_of(file)
    program = api(photo.observation.observer)

    first = patch(program, photo, file[:1000], 0)
    again = patch(program, photo, file[:1000], 0)
    asked = head(program, photo)
    rest = patch(program, photo, file[1000:], asked["Upload-Offset"])

    assert (first.status_code, first["Upload-Offset"]) == (204, "1000")
    assert (again.status_code, again["Upload-Offset"]) == (409, "1000")
    assert (asked.status_code, asked["Upload-Length"]) == (200, str(len(file)))
    assert (asked["Tus-Resumable"], asked["Cache-Control"]) == ("1.0.0", "no-store")
    assert (rest.status_code, rest["Upload-Offset"]) == (204, str(len(file)))
    told = program.get(reverse("photo-detail", args=[photo.uid])).json()
    assert (told["uid"], told["stored"], told["received"]) == (str(photo.uid), True, len(file))


def test_a_photo_that_is_damaged_or_none_is_refused_and_begins_again():
    file, paper = make.jpeg(), b"%PDF-1.4\n%%EOF\n"
    damaged, no_photo = told_of(file), told_of(paper)
    program = api(damaged.observation.observer)

    broken = patch(program, damaged, file[:-1] + b"x", 0)
    refused = patch(api(no_photo.observation.observer), no_photo, paper, 0)

    assert (broken.status_code, broken["Upload-Offset"]) == (460, "0")
    assert broken.json()["detail"] == "Foto ini rusak di jalan. HP mengirimnya lagi."
    assert refused.status_code == 400
    assert refused.json() == {"non_field_errors": ["Berkas ini bukan foto."]}
    assert head(program, damaged)["Upload-Offset"] == "0"
    assert not Photo.objects.stored().exists()


def test_a_piece_that_is_too_large_or_of_another_type_is_refused():
    photo = told_of(b"x" * (LARGEST_PIECE + 10))
    program = api(photo.observation.observer)
    url = reverse("photo-detail", args=[photo.uid])

    large = patch(program, photo, b"x" * (LARGEST_PIECE + 1), 0)
    typed = program.patch(url, {"a": 1}, format="json")
    shapeless = [patch(program, photo, b"x", offset) for offset in ("", "-1", "9" * 30, "x")]

    assert (large.status_code, typed.status_code) == (413, 415)
    assert [answer.status_code for answer in shapeless] == [400] * 4
    assert Photo.objects.get().received == 0


def test_nobody_else_meets_a_photo_under_its_address():
    photo = told_of(b"x" * 10)
    session = photo.observation.session

    for who in (session.teacher, session.planned_by, make.member(session.group), make.person()):
        assert head(api(who), photo).status_code == 404
        assert patch(api(who), photo, b"x", 0).status_code == 404

    assert APIClient().head(reverse("photo-detail", args=[photo.uid])).status_code == 401
    assert Photo.objects.get().received == 0


def test_a_photo_that_was_dropped_meanwhile_is_not_found():
    photo = told_of(b"x" * 10)
    sheet = photo.observation
    program = api(sheet.observer)
    sent = make.sending(make.phone(), base=2, content=Content(photos=[]))
    sync_sheet(sheet.session, by=sheet.observer, uid=sheet.uid, sent=sent)

    assert patch(program, photo, b"x", 0).status_code == 404
    assert Observation.objects.get().revision == 3


def test_a_piece_costs_the_same_wherever_it_is(django_assert_max_num_queries):
    file = make.jpeg()
    photo = told_of(file)
    program = api(photo.observation.observer)

    for offset in range(0, len(file), 1000):
        with django_assert_max_num_queries(8):
            patch(program, photo, file[offset : offset + 1000], offset)

    assert Photo.objects.stored().count() == 1
