"""A file is looked at before anything is locked: while it is, nobody else waits."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import MULTIPART_CONTENT, encode_multipart
from PIL import Image

from observations.models import Photo
from sessions.models import LessonPlan, SessionFile
from sharing.models import Attachment
from tests import make
from thinkpair.models import TalkFile

pytestmark = pytest.mark.django_db
WORDS = {"kind": "information", "title": "Kol", "body": "Isi.", "audience": "group", "link": ""}


def to_share():
    group = make.group()
    return make.member(group), "/posts/new/", "attachments", WORDS | {"group": group.pk}


def to_edit():
    post = make.post()
    return post.author, f"/posts/{post.pk}/edit/", "attachments", WORDS


def to_attach():
    post = make.post()
    return post.author, "/api/v1/attachments/", "file", {"post": post.pk}


def to_say():
    pair = make.pair()
    return pair.people.first(), f"/pairs/{pair.pk}/messages/", "file", {}


def to_say_by_program():
    pair = make.pair()
    return pair.people.first(), "/api/v1/messages/", "file", {"pair": pair.pk}


def to_keep():
    session = make.session()
    return session.planned_by, f"/sessions/{session.pk}/files/", "file", {"kind": "photo"}


def to_keep_by_program():
    session = make.session()
    words = {"session": session.pk, "kind": "photo"}
    return session.planned_by, "/api/v1/session-files/", "file", words


def to_keep_a_sheet():
    session = make.session()
    words = {"sheet-submission": uuid4()}
    return session.planned_by, f"/sessions/{session.pk}/sheets/", "sheet-file", words


def to_share_a_plan():
    session = make.session()
    return session.teacher, f"/sessions/{session.pk}/plan/versions/", "file", {}


def to_share_a_plan_by_program():
    session = make.session()
    return session.teacher, "/api/v1/lesson-plans/", "file", {"session": session.pk}


def to_add_a_photo():
    sheet = make.observation()
    return sheet.observer, f"/observations/{sheet.pk}/photos/", "file", {"minute": 5}


WAYS = [
    *(to_share, to_edit, to_attach, to_say, to_say_by_program, to_keep, to_keep_by_program),
    *(to_keep_a_sheet, to_share_a_plan, to_share_a_plan_by_program, to_add_a_photo),
]


@pytest.fixture
def locked(monkeypatch) -> list[bool]:
    """For each time that a picture was opened: whether a transaction was, too."""
    found: list[bool] = []
    outside, opened = len(connection.savepoint_ids), Image.open

    def told(*args, **kwargs):
        found.append(len(connection.savepoint_ids) > outside)
        return opened(*args, **kwargs)

    monkeypatch.setattr(Image, "open", told)
    return found


@pytest.mark.parametrize("way", WAYS)
def test_file_is_looked_at_before_anything_is_locked(client, locked, way):
    person, path, field, words = way()
    client.force_login(person)
    photo = SimpleUploadedFile("foto.jpg", make.jpeg())
    agreed = {"consent": "on", "has_consent": "on", "submission": uuid4()}

    answer = client.post(path, agreed | words | {field: photo})

    kept = sum(kind.objects.count() for kind in (Attachment, TalkFile, SessionFile, LessonPlan))
    assert answer.status_code in {201, 302}
    assert kept + Photo.objects.count() == 1
    assert locked
    assert not any(locked)


def test_photo_that_comes_in_pieces_is_looked_at_before_anything_is_locked(locked):
    make.photo(of=make.observation())

    assert Photo.objects.stored().count() == 1
    assert locked
    assert not any(locked)


def test_plan_that_is_changed_looks_at_its_file_before_anything_is_locked(client, locked):
    session = make.session()
    client.force_login(session.teacher)
    sent = encode_multipart("x", {"lesson_plan": SimpleUploadedFile("foto.jpg", make.jpeg())})

    answer = client.patch(
        f"/api/v1/sessions/{session.pk}/",
        sent,
        content_type=MULTIPART_CONTENT.replace("BoUnDaRyStRiNg", "x"),
    )

    assert answer.status_code == 200
    assert LessonPlan.objects.count() == 1
    assert locked
    assert not any(locked)
