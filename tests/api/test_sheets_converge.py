"""Whatever becomes of what two phones send: the sheet ends as the one says that spoke last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from observations.models import Observation, Photo
from tests import make
from tests.matrix import undone

pytestmark = pytest.mark.django_db
PIECE = 900
TYPE = "application/offset+octet-stream"


@dataclass
class Phone:
    """What a phone knows of the sheet, and how it takes an answer."""

    lesson: Lesson
    device: str = field(default_factory=lambda: str(uuid4()))
    uid: str = field(default_factory=lambda: str(uuid4()))
    sequence: int = 0
    base: int = 0
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    photos: dict[str, dict[str, Any]] = field(default_factory=dict)

    def edit(self, what: str, number: int) -> None:
        if what == "answer":
            item = self.lesson.items[number % len(self.lesson.items)]
            self.answers[item] = _EMPTY | {"item": item, "evidence": f"Bukti {number}."}
        elif what == "note" and (number % 2 or not self.notes):
            uid = str(uuid4())
            self.notes[uid] = _NOTE | {"uid": uid, "minute": number, "text": f"Catatan {number}."}
        elif what == "note":
            self.notes[min(self.notes)]["text"] = f"Berubah {number}."
        elif what == "drop note" and self.notes:
            gone = self.notes.pop(min(self.notes))
            for photo in self.photos.values():
                photo["note"] = None if photo["note"] == gone["uid"] else photo["note"]
        elif what == "photo":
            self._take_photo(number)
        elif what == "drop photo" and self.photos:
            self.photos.pop(min(self.photos))

    def _take_photo(self, minute: int) -> None:
        file = self.lesson.picture
        told = make.photo_words(file, minute=minute, note=min(self.notes, default=None))
        self.photos[str(told["uid"])] = {**told, "uid": str(told["uid"])}

    def send(self) -> tuple[Phone, str, dict[str, Any]]:
        """Put the whole sheet on its way."""
        self.sequence += 1
        now = timezone.now().isoformat()
        body = {
            "session": self.lesson.session,
            "device": self.device,
            "sequence": self.sequence,
            "base": self.base,
            "sent_at": now,
            "started_at": now,
            "act": "save",
            **self.content,
        }
        return self, self.uid, body

    @property
    def content(self) -> dict[str, Any]:
        parts: dict[str, dict[Any, Any]] = {
            "answers": self.answers,
            "notes": self.notes,
            "photos": self.photos,
        }
        return {name: [dict(one) for one in part.values()] for name, part in parts.items()}

    def hear(self, status: int, answer: dict[str, Any], *, keeps_own: bool) -> None:
        """Take the answer; where the sheet was changed elsewhere the person chooses."""
        if status in {200, 201}:
            self.base = max(self.base, answer["revision"])
            return
        assert status == 409
        theirs = answer["theirs"]
        self.uid, self.base = theirs["uid"], theirs["revision"]
        if not keeps_own:
            self.answers = {one["item"]: one for one in theirs["answers"]}
            self.notes = {one["uid"]: one for one in theirs["notes"]}
            self.photos = {one["uid"]: _told(one) for one in theirs["photos"]}


_EMPTY = {"point": None, "yes": None, "number": None, "text": "", "is_na": False}
_NOTE = {"about": "pupils", "seat": "5", "item": None}


def _told(photo: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in photo.items() if name not in {"received", "stored"}}


@dataclass
class Lesson:
    """One lesson with one observer, what is on its way to the platform, and its answers."""

    session: int
    items: list[int]
    program: APIClient
    picture: bytes
    sent: list[tuple[Phone, str, dict[str, Any]]] = field(default_factory=list)
    applied: set[tuple[str, int]] = field(default_factory=set)

    def deliver(self, number: int, *, is_lost: bool, keeps_own: bool) -> None:
        """Let one sending arrive, perhaps not for the first time; its answer may be lost."""
        phone, uid, body = self.sent[number % len(self.sent)]
        before, was = self.kept(), self.revision
        answer = self.program.put(reverse("sheet-detail", args=[uid]), body, format="json")
        content = {name: body[name] for name in ("answers", "notes", "photos")}
        if self.revision == was:
            assert self.kept() == before
        else:
            assert (self.revision, self.kept()) == (was + 1, _sorted(content))
            assert (body["device"], body["sequence"]) not in self.applied, "twice"
            self.applied.add((body["device"], body["sequence"]))
        if not is_lost:
            phone.hear(answer.status_code, answer.json(), keeps_own=keeps_own)

    def upload(self, phone: Phone, *, is_lost: bool) -> None:
        """Send a piece of each photo, where the platform says; when the answer is lost, again."""
        for uid in phone.photos:
            for _time in range(2 if is_lost else 1):
                url = reverse("photo-detail", args=[uid])
                asked = self.program.head(url)
                if asked.status_code == 404:
                    continue
                start = int(asked["Upload-Offset"])
                answers = [
                    self.program.patch(
                        url,
                        self.picture[start : start + PIECE],
                        content_type=TYPE,
                        headers={"Upload-Offset": str(start)},
                    )
                    for _time in range(2)
                ]
                is_whole = start == len(self.picture)
                assert [one.status_code for one in answers] == [409 if is_whole else 204, 409]

    def end_with(self, phone: Phone, order: list[int]) -> None:
        """Have one phone speak last, then let all that is still on its way arrive late."""
        for _time in range(3):
            self.sent.append(phone.send())
            self.deliver(len(self.sent) - 1, is_lost=False, keeps_own=True)
        for _piece in range(len(self.picture) // PIECE + 1):
            self.upload(phone, is_lost=False)
        for number in order:
            _phone, uid, body = self.sent[number % len(self.sent)]
            self.program.put(reverse("sheet-detail", args=[uid]), body, format="json")

    @property
    def revision(self) -> int:
        found = Observation.objects.filter(session=self.session).first()
        return found.revision if found else 0

    def kept(self) -> dict[str, Any]:
        """What the platform holds, as a phone would tell it."""
        listed = self.program.get(reverse("sheet-list"), {"session": self.session}).json()
        [sheet] = listed["results"] or [{"answers": [], "notes": [], "photos": []}]
        photos = [_told(photo) for photo in sheet["photos"]]
        return _sorted({"answers": sheet["answers"], "notes": sheet["notes"], "photos": photos})


def _sorted(content: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(rows, key=str) for name, rows in content.items()}


@pytest.fixture
def begin():
    """Give lessons with an observer, each undone when it is over."""
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=12))
    items = [item.pk for item in make.focus_items()]
    program = APIClient()
    program.force_authenticate(observer)
    picture = make.jpeg()

    @contextmanager
    def one() -> Iterator[Lesson]:
        with undone():
            yield Lesson(session.pk, items, program, picture)

    return one


phones = st.integers(0, 1)
edits = st.sampled_from(["answer", "note", "note", "drop note", "photo", "drop photo"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), phones, edits, st.integers(0, 90)),
        st.tuples(st.just("send"), phones),
        st.tuples(st.just("deliver"), st.integers(0, 20), st.booleans(), st.booleans()),
        st.tuples(st.just("upload"), phones, st.booleans()),
    ),
    max_size=30,
)
lost_answer = [("edit", 0, "note", 1), ("send", 0), ("deliver", 0, True, True), ("send", 0)]
two_begin = [
    *[("edit", n, "photo", n) for n in (0, 1)],
    *[("send", n) for n in (0, 1)],
    *[("deliver", n, False, True) for n in (0, 1)],
    ("upload", 0, True),
]


@given(steps=steps, last=phones, order=st.lists(st.integers(0, 40), max_size=8))
@example(steps=lost_answer, last=0, order=[1, 0])
@example(steps=two_begin, last=1, order=[0, 1, 0])
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_sheet_ends_as_the_phone_says_that_spoke_last(begin, steps, last: int, order: list[int]):
    with begin() as lesson:
        pair = [Phone(lesson), Phone(lesson)]
        for step, *words in steps:
            if step == "edit":
                which, what, number = words
                pair[which].edit(what, number)
            elif step == "send":
                lesson.sent.append(pair[words[0]].send())
            elif step == "deliver" and lesson.sent:
                number, is_lost, keeps_own = words
                lesson.deliver(number, is_lost=is_lost, keeps_own=keeps_own)
            elif step == "upload":
                lesson.upload(pair[words[0]], is_lost=words[1])
        lesson.end_with(pair[last], order)

        assert lesson.kept() == _sorted(pair[last].content)
        assert Observation.objects.count() == 1
        photos = Photo.objects.all()
        assert {str(photo.uid) for photo in photos} == pair[last].photos.keys()
        for photo in photos:
            with photo.file.open("rb") as file:
                assert file.read() == make.as_stored(lesson.picture)
