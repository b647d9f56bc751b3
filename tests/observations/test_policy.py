"""Who reads an observation, by every mouth of the platform: the table of the product's policy."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activity.services import relay
from groups.roles import Role
from observations.models import Observation, Photo
from observations.services import choose_focus, submit_observation
from sessions.models import ModelSession
from sessions.services import hold_session
from tests import make

pytestmark = pytest.mark.django_db

WORDS = ("Meja 5 bertanya.", "Meja 9 menjawab.", "Nomor meja keliru.", "Meja 7 dan 8 belum")
# Who, and whether that person reads the sheet in each state of it.
STATES = ("draft", "draft, 48 h", "sent", "sent, reflected", "sent, 48 h")
READERS = {
    "observer": (True, True, True, True, True),
    "guru model": (False, False, False, True, True),
    "fellow who sent": (False, False, True, True, True),
    "fellow with a draft": (False, False, False, False, False),
    "board": (False, False, False, False, False),
    "core teacher": (False, False, False, False, False),
    "member": (False, False, False, False, False),
    "supervisor": (False, False, False, False, False),
    "principal": (False, False, False, False, False),
    "officer": (False, False, False, False, False),
    "stranger": (False, False, False, False, False),
}


def lesson(state: str) -> tuple[Observation, Photo, dict[str, User]]:
    """A sheet with a photo in that state, and everybody who might want to read it."""
    group = make.group()
    observer, fellow, drafting = (make.member(group) for _n in range(3))
    ago = timedelta(hours=52 if "48 h" in state else 3)
    session = make.session(
        of=group, observers=[observer, fellow, drafting], starts_in=-ago, held=True
    )
    sheet = make.observation(of=session, observer=observer)
    photo = make.photo(of=sheet)
    _fill(session, fellow, submitted=True)
    _fill(session, drafting, submitted=False)
    if state.startswith("sent"):
        submit_observation(sheet, by=observer)
        make.correction(of=sheet)
    if "reflected" in state:
        make.reflection(on=session)
    people = {
        "observer": observer,
        "guru model": session.model_teacher,
        "fellow who sent": fellow,
        "fellow with a draft": drafting,
        "board": make.chair(group),
        "core teacher": make.member(group, Role.CORE_TEACHER),
        "member": make.member(group),
        "supervisor": make.supervisor(session.model_teacher.school),
        "principal": make.principal(session.model_teacher.school),
        "officer": make.officer(),
        "stranger": make.person(),
    }
    return sheet, photo, people


def _fill(session: ModelSession, observer: User, *, submitted: bool) -> None:
    """A sheet of other words than those that are looked for."""
    content = make.whole_content()
    for words in content.answers.values():
        words.update(
            {"evidence": "Kata orang lain."} if "point" in words else {"text": "Lain kata."}
        )
    sheet = make.synced(session, observer, answers=content.answers)
    if submitted:
        submit_observation(sheet, by=observer)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


def text_of(answer: HttpResponse | FileResponse) -> str:
    """What the answer says; a file is read to its end, which closes it."""
    is_file = isinstance(answer, FileResponse)
    content = b"".join(answer.streaming_content) if is_file else answer.content
    return content.decode(errors="replace")


def status_of(answer: HttpResponse) -> int:
    text_of(answer)
    return answer.status_code


def mouths(sheet: Observation, photo: Photo) -> Iterator[str]:
    """The addresses of a sheet: whoever reads it gets 200, everybody else 404."""
    yield sheet.get_absolute_url()
    yield reverse("observation-photo", args=[photo.uid])
    yield reverse("small-observation-photo", args=[photo.uid])
    yield reverse("observation-detail", args=[sheet.pk])
    yield reverse("observation-submissions", args=[sheet.pk])
    yield reverse("photo-content", args=[photo.uid])


def of_observer(sheet: Observation, photo: Photo) -> Iterator[str]:
    """The addresses that are the observer's alone."""
    yield reverse("sheet-detail", args=[sheet.uid])
    yield reverse("photo-detail", args=[photo.uid])
    if sheet.submitted_at:
        yield reverse("observation-version", args=[sheet.pk, 1])
        yield reverse("correct-observation", args=[sheet.pk])
    else:
        yield reverse("sheet-photos", args=[sheet.pk])


def round_about(session: ModelSession) -> Iterator[str]:
    """Every page that could say something of a sheet by the way."""
    for name in ("home", "notices", "sessions", "calendar", "growth", "supervision", "sheets"):
        yield reverse(name)
    for name in ("session", "results", "calendar-file", "session-detail", "session-calendar"):
        yield reverse(name, args=[session.pk])
    yield reverse("coverage", args=[session.group_id])
    for name in ("observation", "sheet", "notice", "session", "participation", "feedback"):
        yield reverse(f"{name}-list")


@pytest.mark.parametrize("state", STATES)
def test_who_reads_a_sheet_by_which_mouth(state: str):
    sheet, photo, people = lesson(state)
    relay()
    sheet.refresh_from_db()
    expected = {who: reads[STATES.index(state)] for who, reads in READERS.items()}

    for who, person in people.items():
        client = signed_in(person)
        statuses = {status_of(client.get(url)) for url in mouths(sheet, photo)}
        assert statuses == {200 if expected[who] else 404}, who
        own = {status_of(client.get(url)) for url in of_observer(sheet, photo)}
        assert own == {200 if who == "observer" else 404}, who
        listed = client.get(reverse("observation-list")).json()["results"]
        assert (sheet.pk in {one["id"] for one in listed}) is expected[who], who
    visitor = Client()
    assert {visitor.get(url).status_code for url in mouths(sheet, photo)} == {302, 401}


@pytest.mark.parametrize("state", ["draft, 48 h", "sent", "sent, 48 h"])
def test_nothing_of_a_sheet_is_said_by_the_way(state: str):
    sheet, _photo, people = lesson(state)
    relay()
    strangers = [who for who, reads in READERS.items() if not reads[STATES.index(state)]]

    for who in strangers:
        client = signed_in(people[who])
        for url in round_about(sheet.session):
            text = text_of(client.get(url))
            assert not [words for words in WORDS if words in text], (who, url)
            assert sheet.get_absolute_url() not in text, (who, url)
            assert str(sheet.uid) not in text, (who, url)


def test_of_a_correction_the_older_words_and_the_reason_are_the_observers_alone():
    sheet, photo, people = lesson("sent, reflected")
    relay()
    readers = {who for who, reads in READERS.items() if reads[STATES.index("sent, reflected")]}

    for who in readers - {"observer"}:
        client = signed_in(people[who])
        for url in (*mouths(sheet, photo), *round_about(sheet.session)):
            text = text_of(client.get(url))
            assert "Meja 5 bertanya." not in text, (who, url)
            assert "Nomor meja keliru." not in text, (who, url)
        assert "Meja 9 menjawab." in client.get(sheet.get_absolute_url()).text


def test_a_draft_changes_nothing_on_anybody_elses_pages():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=-timedelta(hours=3))
    choose_focus(session, by=session.planned_by, indicator=make.indicator())
    hold_session(session, by=session.planned_by)
    others = [session.model_teacher, make.chair(group), make.member(group), make.person()]
    others.append(make.supervisor(session.model_teacher.school))
    relay()
    before = _pages(session, others)

    make.photo(of=make.observation(of=session, observer=observer))
    relay()

    assert _pages(session, others) == before


def _pages(session: ModelSession, people: list[User]) -> dict[tuple[int, str], str]:
    """What each of them is shown, without what is new at every look."""
    return {
        (person.pk, url): _lasting(text_of(signed_in(person).get(url)))
        for person in people
        for url in round_about(session)
    }


def _lasting(page: str) -> str:
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|DTSTAMP:\S*|"submission"[^>]*', "", page
    )
