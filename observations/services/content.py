"""What stands in a sheet: answers, notes and photos, kept whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Required, TypedDict
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from observations.models import Answer, Indicator, Item, Note, Observation, Photo
from observations.queries import items_of
from observations.services.focus import focus_of
from observations.services.photos import LARGEST_PHOTO, discard_files

LAST_MINUTE = 600
LARGEST_NUMBER = 100_000
MOST_NOTES = 300
MOST_PHOTOS = 20
SHA256_DIGITS = 64
_LONGEST = {"text": 4000, "evidence": 2000}

type Reasons = dict[str, str | Promise]


class Words(TypedDict, total=False):
    """The answer to one item. `point` is the id of a scale point; `number` is a count."""

    point: int | None
    yes: bool | None
    number: int | None
    text: str
    is_na: bool
    evidence: str


class NoteWords(TypedDict, total=False):
    """One note. A `minute` of None means the minute of the lesson that it is now.

    With the `uid` of a note kept before it is that note, and what is left out stays as it was.
    `about` is a word of `Note.About`, `seat` a desk number, `item` the id of an item.
    """

    uid: UUID | None
    minute: Required[int | None]
    about: str
    seat: str
    item: int | None
    text: Required[str]


class PhotoWords(TypedDict):
    """A photo as the phone tells of it before its file comes: `size` in bytes, `sha256` in hex.

    `note` is the uid of a note of the same sheet; `item` is the id of an item.
    """

    uid: UUID
    minute: int
    note: UUID | None
    item: int | None
    size: int
    sha256: str
    has_consent: bool


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is to be kept of a sheet. `answers` maps an item's id to its words.

    Notes or photos of None stay as they were; else those that are not among them go. With
    `is_whole` that is so for the answers too, and the focus is that of the answers.
    """

    answers: Mapping[int, Words] = field(default_factory=dict)
    notes: Sequence[NoteWords] | None = None
    photos: Sequence[PhotoWords] | None = None
    is_whole: bool = False


def keep_content(observation: Observation, content: Content) -> None:
    """Put the content into the rows of a locked sheet, in the caller's transaction.

    What cannot be kept raises ValidationError by part: `point-7` is the scale of item 7, and so
    `text-7`, `number-7`, `evidence-7`; `minute-0` and `note-0` are those of the first note,
    `photo-0` is the first photo. Nothing is kept then.
    """
    observation.indicator = _indicator_for(observation, content)
    items = {
        item.pk: item for item in items_of(observation.instrument_id, observation.indicator_id)
    }
    if not items.keys() >= content.answers.keys():
        raise ValidationError(_("Lembar ini sudah berubah. Muat ulang halaman."), code="changed")
    filled, reasons = _filled(observation, content.answers, items)
    if content.notes is not None:
        written, against = _written(observation, content.notes, items)
        reasons |= against
    if content.photos is not None:
        shown, against = _shown(observation, content, items)
        reasons |= against
    if reasons:
        raise ValidationError(reasons)
    _keep_answers(observation, filled, is_whole=content.is_whole)
    if content.notes is not None:
        _keep_notes(observation, written)
    if content.photos is not None:
        _keep_photos(observation, shown, content.photos)


def _indicator_for(observation: Observation, content: Content) -> Indicator | None:
    """The focus of the sheet: what the phone was prepared for, else what the guru model chose.

    A phone without signal does not hear of a focus that is chosen anew.
    """
    if content.is_whole:
        of_sheet = Indicator.objects.filter(
            aspect__instrument=observation.instrument_id, aspect__pick_one=True
        )
        if prepared := of_sheet.filter(items__in=list(content.answers)).first():
            return prepared
    return observation.indicator or focus_of(observation.session, observation.instrument)


def _filled(
    observation: Observation, answers: Mapping[int, Words], items: Mapping[int, Item]
) -> tuple[list[Answer], Reasons]:
    """The answers as rows, and what stands against some of them."""
    kept = {answer.item_id: answer for answer in observation.answers.all()}
    filled = []
    for pk, words in answers.items():
        answer = kept.get(pk) or Answer(observation=observation, item=items[pk])
        for name, value in words.items():
            setattr(answer, "point_id" if name == "point" else name, value)
        answer.text, answer.evidence = answer.text.strip(), answer.evidence.strip()
        filled.append(answer)
    reasons: Reasons = {}
    for answer in filled:
        reasons |= _reasons_against(answer, items[answer.item_id])
    return filled, reasons


def _reasons_against(answer: Answer, item: Item) -> Reasons:
    reasons: Reasons = {}
    scale = {point.pk for point in item.scale.points.all()} if item.scale else set()
    if answer.point_id is not None and answer.point_id not in scale:
        reasons[f"point-{item.pk}"] = _("Pilih kata yang paling cocok.")
    if answer.number is not None and not 0 <= answer.number <= LARGEST_NUMBER:
        reasons[f"number-{item.pk}"] = _("Tulis angka antara 0 dan %(largest)s.") % {
            "largest": LARGEST_NUMBER
        }
    if answer.is_na and not item.allows_na:
        reasons[f"is_na-{item.pk}"] = _("Butir ini perlu dijawab.")
    for name, longest in _LONGEST.items():
        if len(getattr(answer, name)) > longest:
            reasons[f"{name}-{item.pk}"] = _("Paling banyak %(count)s huruf.") % {"count": longest}
    return reasons


def _written(
    observation: Observation, notes: Sequence[NoteWords], items: Mapping[int, Item]
) -> tuple[list[Note], Reasons]:
    """The notes that say something, as rows, and what stands against some of them."""
    kept = {note.uid: note for note in observation.notes.all()}
    # By the lesson clock; None when the lesson is over.
    now = observation.session.minute_at(timezone.now())
    written: dict[UUID, Note] = {}
    reasons: Reasons = {}
    if len(notes) > MOST_NOTES:
        reasons["notes"] = _("Paling banyak %(count)s catatan.") % {"count": MOST_NOTES}
    for index, words in enumerate(notes):
        if not words["text"].strip():
            continue
        uid = words.get("uid") or uuid4()
        note = kept.get(uid) or Note(observation=observation, uid=uid)
        minute = now if words["minute"] is None else words["minute"]
        note.minute, note.text = minute or 0, words["text"].strip()
        note.about = words.get("about", note.about)
        note.seat = words.get("seat", note.seat).strip()
        note.item_id = words.get("item", note.item_id)
        if minute is None or not 0 <= minute <= LAST_MINUTE:
            reasons[f"minute-{index}"] = _("Tulis menit pelajaran untuk catatan ini.")
        if against := _reason_against_note(note, items):
            reasons[f"note-{index}"] = against
        elif uid in written:
            reasons[f"note-{index}"] = _("Catatan ini ada dua kali.")
        written[uid] = note
    return list(written.values()), reasons


def _reason_against_note(note: Note, items: Mapping[int, Item]) -> str | Promise | None:
    if note.item_id is not None and note.item_id not in items:
        return _("Butir ini tidak ada di lembar.")
    try:
        note.clean_fields(exclude=["observation", "item", "minute"])
    except ValidationError as error:
        return error.messages[0]
    return None


def _shown(
    observation: Observation, content: Content, items: Mapping[int, Item]
) -> tuple[list[Photo], Reasons]:
    """The photos as rows, without their notes, and what stands against some of them."""
    photos = content.photos or ()
    # Locked, since a piece of one may be coming in: how much of it is here is not for us to say.
    kept = {photo.uid: photo for photo in observation.photos.select_for_update(no_key=True)}
    uids = [words["uid"] for words in photos]
    # Whatever is in another sheet stays there.
    taken = set(
        Photo.objects.filter(uid__in=uids)
        .exclude(observation=observation)
        .values_list("uid", flat=True)
    )
    notes = {words.get("uid") for words in content.notes or ()}
    reasons: Reasons = {}
    if len(photos) > MOST_PHOTOS:
        reasons["photos"] = _("Paling banyak %(count)s foto.") % {"count": MOST_PHOTOS}
    shown: dict[UUID, Photo] = {}
    for index, words in enumerate(photos):
        photo = kept.get(words["uid"]) or Photo(observation=observation, uid=words["uid"])
        against = _reason_against_photo(photo, words, items)
        if words["note"] is not None and words["note"] not in notes:
            against = against or _("Catatan foto ini tidak ada di lembar.")
        if photo.uid in taken or photo.uid in shown:
            against = against or _("Foto ini sudah ada.")
        if against:
            reasons[f"photo-{index}"] = against
        if (photo.size, photo.sha256) != (words["size"], words["sha256"].lower()):
            photo.size, photo.sha256, photo.received = words["size"], words["sha256"].lower(), 0
        photo.minute, photo.item_id = words["minute"], words["item"]
        photo.has_consent = words["has_consent"]
        shown[photo.uid] = photo
    return list(shown.values()), reasons


def _reason_against_photo(
    photo: Photo, words: PhotoWords, items: Mapping[int, Item]
) -> str | Promise | None:
    digest = words["sha256"].lower()
    is_digest = len(digest) == SHA256_DIGITS and set(digest) <= set("0123456789abcdef")
    is_same = (photo.size, photo.sha256) == (words["size"], digest)
    against = {
        _("Centang bahwa yang terlihat di foto sudah memberi izin."): not words["has_consent"],
        _("Foto paling besar 2 MB."): not 0 < words["size"] <= LARGEST_PHOTO,
        _("Sidik foto ini tidak terbaca."): not is_digest,
        _("Foto yang sudah terkirim tidak dapat diganti. Hapus, lalu tambahkan yang baru."): (
            photo.stored_at and not is_same
        ),
        _("Tulis menit pelajaran untuk foto ini."): not 0 <= words["minute"] <= LAST_MINUTE,
        _("Butir ini tidak ada di lembar."): (
            words["item"] is not None and words["item"] not in items
        ),
    }
    return next((reason for reason, holds in against.items() if holds), None)


def _keep_answers(observation: Observation, filled: list[Answer], *, is_whole: bool) -> None:
    if is_whole:
        items = [answer.item_id for answer in filled]
        observation.answers.exclude(item__in=items).delete()
    Answer.objects.bulk_create(answer for answer in filled if answer.pk is None)
    Answer.objects.bulk_update(
        [answer for answer in filled if answer.pk], list(Words.__annotations__)
    )


def _keep_notes(observation: Observation, written: list[Note]) -> None:
    observation.notes.exclude(uid__in=[note.uid for note in written]).delete()
    new = [note for note in written if note.pk is None]
    old = [note for note in written if note.pk]
    Note.objects.bulk_create(new)
    Note.objects.bulk_update(old, ["minute", "about", "seat", "item", "text"])


def _keep_photos(observation: Observation, shown: list[Photo], words: Sequence[PhotoWords]) -> None:
    notes = dict(observation.notes.values_list("uid", "pk"))
    noted = {each["uid"]: notes.get(each["note"]) if each["note"] else None for each in words}
    for photo in shown:
        photo.note_id = noted[photo.uid]
    dropped = observation.photos.exclude(uid__in=noted)
    discard_files(dropped)
    dropped.delete()
    Photo.objects.bulk_create(photo for photo in shown if photo.pk is None)
    Photo.objects.bulk_update(
        [photo for photo in shown if photo.pk],
        ["minute", "item", "note", "has_consent", "size", "sha256", "received"],
    )
