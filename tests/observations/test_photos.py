"""Photos in pieces: resumed, checked, made clean, and gone with their rows."""

import os
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from activity.files.pictures import made_anew
from observations import services
from observations.models import Observation, Photo
from observations.services import Content, WrongOffset, WrongSum, receive_piece, sync_sheet
from observations.tasks import discard_stale_pieces
from tests import make

pytestmark = pytest.mark.django_db
PARTS, PIECE = "observations/parts", 1000


def told_of(file: bytes, *, held: bool = False, **changes) -> Photo:
    """The row of a photo that a phone told of in a draft."""
    group = make.group()
    observer = make.member(group)
    state = {"held": True} if held else {"starts_in": -timedelta(minutes=12)}
    session = make.session(of=group, observers=[observer], **state)
    make.indicator()
    content = Content(notes=[], photos=[make.photo_words(file, **changes)], is_whole=True)
    sent = make.sending(make.phone(), content=content)
    return sync_sheet(session, by=observer, uid=uuid4(), sent=sent).photos.get()


def send(photo: Photo, piece: bytes, offset: int) -> Photo:
    again = Photo.objects.get(pk=photo.pk)
    return receive_piece(again, by=photo.observation.observer, offset=offset, piece=piece)


def send_whole(photo: Photo, file: bytes) -> Photo:
    for offset in range(0, len(file), PIECE):
        photo = send(photo, file[offset : offset + PIECE], offset)
    return photo


def bytes_of(photo: Photo) -> bytes:
    with photo.file.open("rb") as file:
        return file.read()


def parts() -> list[str]:
    return default_storage.listdir(PARTS)[1]


def test_a_photo_is_stored_as_every_upload_is():
    file = make.jpeg()
    photo = told_of(file)

    stored = send_whole(photo, file)

    assert len(file) > 2 * PIECE
    assert bytes_of(stored) == made_anew(file)
    assert (stored.received, stored.size) == (len(file), len(file))
    assert stored.stored_at


def test_a_photo_that_tells_of_its_place_loses_that():
    file = make.jpeg(place=True)

    stored = send_whole(told_of(file), file)

    content = bytes_of(stored)
    assert b"Rampi" in file
    assert b"Rampi" not in content
    assert Image.open(BytesIO(content)).size == (64, 48)


def test_a_piece_that_comes_twice_or_out_of_turn_changes_nothing():
    file = make.jpeg()
    photo = told_of(file)
    send(photo, file[:PIECE], 0)

    for offset in (0, PIECE - 1, PIECE + 1):
        with pytest.raises(WrongOffset) as wrong:
            send(photo, file[offset : offset + PIECE], offset)
        assert wrong.value.offset == PIECE
    for offset in range(PIECE, len(file), PIECE):
        send(photo, file[offset : offset + PIECE], offset)

    with pytest.raises(WrongOffset) as wrong:
        send(photo, file[:PIECE], 0)
    assert wrong.value.offset == len(file)
    assert bytes_of(Photo.objects.get()) == made_anew(file)


def test_what_a_crash_left_behind_a_piece_is_written_over():
    file = make.jpeg()
    photo = told_of(file)
    send(photo, file[:PIECE], 0)
    with default_storage.open(f"observations/parts/{photo.uid}", "ab") as part:
        part.write(b"half a piece whose transaction never was committed")

    for offset in range(PIECE, len(file), PIECE):
        send(photo, file[offset : offset + PIECE], offset)

    assert bytes_of(Photo.objects.get()) == made_anew(file)


def test_a_photo_whose_pieces_were_lost_begins_again():
    file = make.jpeg()
    photo = told_of(file)
    send(photo, file[:PIECE], 0)
    default_storage.delete(f"observations/parts/{photo.uid}")

    with pytest.raises(WrongOffset) as wrong:
        send(photo, file[PIECE : 2 * PIECE], PIECE)

    assert (wrong.value.offset, Photo.objects.get().received) == (0, 0)
    assert bytes_of(send_whole(photo, file)) == made_anew(file)


def test_a_photo_that_was_damaged_on_its_way_begins_again():
    file = make.jpeg()
    photo = told_of(file)

    with pytest.raises(WrongSum, match="HP mengirimnya lagi"):
        send_whole(photo, file[:-1] + b"x")

    again = Photo.objects.get()
    assert (again.received, again.stored_at, again.file.name) == (0, None, "")
    assert parts() == []
    assert bytes_of(send_whole(photo, file)) == made_anew(file)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "bukan foto"),
        (b"\xff\xd8\xff rusak", "rusak atau tidak dapat dibaca"),
        (b"MZ\x90 program", "bukan PDF, gambar"),
    ],
)
def test_what_is_no_photo_is_not_stored(file: bytes, reason: str):
    photo = told_of(file)

    with pytest.raises(ValidationError, match=reason):
        send(photo, file, 0)

    assert Photo.objects.get().stored_at is None
    assert parts() == []


def test_more_than_was_told_of_or_than_a_piece_holds_is_refused():
    small, large = told_of(b"x" * 10), told_of(b"x" * (services.LARGEST_PIECE + 1))

    with pytest.raises(ValidationError, match="terlalu besar"):
        send(small, b"x" * 11, 0)
    with pytest.raises(ValidationError, match="terlalu besar"):
        send(large, b"x" * (services.LARGEST_PIECE + 1), 0)

    assert not Photo.objects.exclude(received=0).exists()


def test_only_the_observer_sends_a_photo():
    photo = told_of(b"x" * 10)

    with pytest.raises(PermissionDenied, match="oleh pengamatnya"):
        receive_piece(photo, by=photo.observation.session.teacher, offset=0, piece=b"x")

    assert Photo.objects.get().received == 0


def lay_pieces_that_nobody_can_read(photo: Photo) -> None:
    path = Path(default_storage.path(f"{PARTS}/{photo.uid}"))
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)


def test_nothing_is_read_for_a_last_piece_that_may_not_come():
    photo = told_of(b"x" * 10)
    lay_pieces_that_nobody_can_read(photo)

    with pytest.raises(PermissionDenied, match="oleh pengamatnya"):
        receive_piece(photo, by=photo.observation.session.teacher, offset=9, piece=b"x")
    with pytest.raises(WrongOffset) as wrong:
        send(photo, b"x", 9)

    assert (wrong.value.offset, Photo.objects.get().received) == (0, 0)


def test_nothing_is_read_for_a_last_piece_of_what_is_stored():
    file = make.jpeg()
    photo = send_whole(told_of(file), file)
    lay_pieces_that_nobody_can_read(photo)

    with pytest.raises(WrongOffset) as wrong:
        send(photo, file[PIECE:], PIECE)

    assert wrong.value.offset == len(file)
    assert bytes_of(Photo.objects.get()) == made_anew(file)


def test_a_photo_dropped_from_the_sheet_goes_with_its_file(django_capture_on_commit_callbacks):
    file = make.jpeg()
    photo = told_of(file)
    sheet, phone = photo.observation, make.phone()
    with django_capture_on_commit_callbacks(execute=True):
        name = send_whole(photo, file).file.name
    other = make.photo_words(file)
    for photos in ([*_as_words(photo, file), other], []):
        sent = make.sending(
            phone,
            base=Observation.objects.get().revision,
            content=Content(notes=[], photos=photos, is_whole=True),
        )
        with django_capture_on_commit_callbacks(execute=True):
            sync_sheet(sheet.session, by=sheet.observer, uid=sheet.uid, sent=sent)
        if photos:
            send(Photo.objects.get(uid=other["uid"]), file[:PIECE], 0)
            assert default_storage.exists(name)
            assert parts() == [str(other["uid"])]

    assert not Photo.objects.exists()
    assert not default_storage.exists(name)
    assert parts() == []


def _as_words(photo: Photo, file: bytes):
    return [make.photo_words(file, uid=photo.uid)]


def test_a_photo_made_anew_before_it_was_whole_begins_again_and_a_stored_one_stays():
    first, second = make.jpeg(), make.jpeg(shade=90)
    photo = told_of(first)
    sheet, phone = photo.observation, make.phone()
    send(photo, first[:PIECE], 0)

    def tell_of(file: bytes) -> None:
        content = Content(notes=[], photos=_as_words(photo, file), is_whole=True)
        sent = make.sending(phone, base=Observation.objects.get().revision, content=content)
        sync_sheet(sheet.session, by=sheet.observer, uid=sheet.uid, sent=sent)

    tell_of(second)
    begun_again = Photo.objects.get().received
    send_whole(photo, second)
    with pytest.raises(ValidationError, match="tidak dapat diganti"):
        tell_of(first)

    assert begun_again == 0
    assert bytes_of(Photo.objects.get()) == made_anew(second)


def test_a_photo_is_of_one_sheet_alone():
    photo = told_of(b"x" * 10)

    with pytest.raises(ValidationError) as refusal:
        told_of(b"x" * 10, uid=photo.uid)

    assert refusal.value.message_dict == {"photo-0": ["Foto ini sudah ada."]}
    assert Photo.objects.get() == photo


def test_a_sheet_is_handed_in_with_its_photo_once_that_is_whole():
    file = make.jpeg()
    photo = told_of(file, held=True)
    sheet = photo.observation
    content = make.whole_content(photos=_as_words(photo, file))
    phone = make.phone()

    def hand_in() -> Observation:
        sent = make.sending(phone, base=1, content=content)
        return sync_sheet(sheet.session, by=sheet.observer, uid=sheet.uid, sent=sent, submit=True)

    with pytest.raises(ValidationError, match="belum terkirim"):
        hand_in()
    send_whole(photo, file)

    [kept] = hand_in().submissions.get().content["photos"]
    assert (kept["uid"], kept["minute"]) == (str(photo.uid), 12)


def test_pieces_that_nobody_went_on_with_are_removed_after_30_days():
    old, new = told_of(b"x" * 10), told_of(b"x" * 10)
    for photo in (old, new):
        send(photo, b"xx", 0)
    long_ago = (timezone.now() - timedelta(days=31)).timestamp()
    os.utime(default_storage.path(f"observations/parts/{old.uid}"), (long_ago, long_ago))

    discard_stale_pieces()

    assert parts() == [str(new.uid)]
    assert dict(Photo.objects.values_list("uid", "received")) == {old.uid: 0, new.uid: 2}
    assert sha256(b"x" * 10).hexdigest() == old.sha256


def test_without_any_pieces_there_is_nothing_to_remove():
    assert services.discard_stale_pieces() == 0
