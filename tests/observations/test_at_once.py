"""Sheets and pieces that come at the same moment. Row locks decide, so PostgreSQL only."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from activity.models import Entry
from observations import services
from observations.models import Observation, Photo
from observations.services import Content, Sending, receive_piece, sync_sheet
from sessions.models import ModelSession
from tests import make
from tests.sessions.test_at_once import at_once, fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def lesson(*, held: bool = False) -> tuple[ModelSession, User]:
    group = make.group()
    observer = make.member(group)
    state = {"held": True} if held else {"starts_in": -timedelta(minutes=12)}
    make.indicator()
    return make.session(of=group, observers=[observer], **state), observer


def syncing(
    session: ModelSession, by: User, sent: Sending, uid: object, *, submit: bool = False
) -> Callable[[], object]:
    return lambda: sync_sheet(
        ModelSession.objects.get(pk=session.pk), by=fresh(by), uid=uid, sent=sent, submit=submit
    )


def notes(*texts: str) -> Content:
    words = [{"uid": uuid4(), "minute": 3, "text": text} for text in texts]
    return Content(notes=words, photos=[], is_whole=True)


def test_the_same_sheet_twice_at_once_is_kept_once():
    session, observer = lesson()
    sent = make.sending(make.phone(), content=notes("Satu.", "Dua."))
    act = syncing(session, observer, sent, uuid4())

    assert at_once(act, act, act) == ["done"] * 3

    sheet = Observation.objects.get()
    assert (sheet.revision, sheet.notes.count()) == (1, 2)
    assert Entry.objects.filter(name="observations.ObservationStarted").count() == 1


def test_two_phones_that_begin_at_once_have_one_sheet():
    session, observer = lesson()
    acts = [
        syncing(session, observer, make.sending(make.phone(), content=notes(text)), uuid4())
        for text in ("Satu.", "Dua.")
    ]

    assert at_once(*acts) == ["SheetDiffers", "done"]

    assert Observation.objects.get().notes.count() == 1


def test_two_phones_that_go_on_at_once_write_over_nothing():
    session, observer = lesson()
    uid = uuid4()
    syncing(session, observer, make.sending(make.phone()), uid)()
    acts = [
        syncing(session, observer, make.sending(make.phone(), base=1, content=notes(text)), uid)
        for text in ("Satu.", "Dua.")
    ]

    assert at_once(*acts) == ["SheetDiffers", "done"]

    sheet = Observation.objects.get()
    assert (sheet.revision, sheet.notes.count()) == (2, 1)


def test_a_phone_and_the_page_begin_one_sheet():
    session, observer = lesson()

    ends = at_once(
        syncing(session, observer, make.sending(make.phone()), uuid4()),
        lambda: services.start_observation(
            ModelSession.objects.get(pk=session.pk), by=fresh(observer)
        ),
    )

    assert ends in (["done", "done"], ["SheetDiffers", "done"])
    assert Observation.objects.count() == 1


def test_a_sheet_handed_in_twice_at_once_counts_once():
    session, observer = lesson(held=True)
    sent = make.sending(make.phone(), content=make.whole_content())
    act = syncing(session, observer, sent, uuid4(), submit=True)

    assert at_once(act, act) == ["done", "done"]

    session.refresh_from_db()
    assert session.sheets_submitted == 1
    assert Observation.objects.get().submissions.count() == 1


def test_the_page_and_a_phone_hand_one_sheet_in_at_once():
    session, observer = lesson(held=True)
    sheet = make.observation(of=session, observer=observer)
    sent = make.sending(make.phone(), base=1, content=make.whole_content())

    ends = at_once(
        syncing(session, observer, sent, sheet.uid, submit=True),
        lambda: services.submit_observation(
            Observation.objects.get(pk=sheet.pk), by=fresh(observer)
        ),
    )

    # The phone first, and the page is refused; or the page first, and the phone corrects.
    assert ends in (["PermissionDenied", "done"], ["done", "done"])
    session.refresh_from_db()
    assert session.sheets_submitted == 1


def told_of(file: bytes) -> Photo:
    session, observer = lesson()
    content = Content(photos=[make.photo_words(file)])
    syncing(session, observer, make.sending(make.phone(), content=content), uuid4())()
    return Photo.objects.get()


def sending(photo: Photo, piece: bytes, offset: int) -> Callable[[], object]:
    # Both know the photo as it was; the service reads it anew.
    return lambda: receive_piece(
        Photo(pk=photo.pk), by=fresh(photo.observation.observer), offset=offset, piece=piece
    )


def test_one_piece_twice_at_once_is_kept_once():
    file = make.jpeg()
    photo = told_of(file)

    for start in range(0, len(file), 1000):
        act = sending(photo, file[start : start + 1000], start)
        assert at_once(act, act) == ["WrongOffset", "done"]

    with Photo.objects.get().file.open("rb") as stored:
        assert stored.read() == make.as_stored(file)
    assert default_storage.listdir("observations/parts")[1] == []


def test_the_last_piece_and_the_sheet_without_its_photo_leave_nothing_behind(settings):
    file = make.jpeg()
    photo = told_of(file)
    sheet = photo.observation
    sent = make.sending(make.phone(), base=1, content=notes("Tanpa foto."))

    ends = at_once(sending(photo, file, 0), syncing(sheet.session, sheet.observer, sent, sheet.uid))

    # The piece first, and its file goes with the photo; or the sheet, and there is no photo.
    assert ends in (["done", "done"], ["PermissionDenied", "done"])
    assert not Photo.objects.exists()
    kept = Path(settings.MEDIA_ROOT).rglob("*")
    assert [path for path in kept if path.is_file()] == []
