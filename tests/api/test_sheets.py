"""A phone's sheets over the API: sent whole, answered with what holds."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from observations.models import Instrument, Observation
from observations.services import (
    choose_focus,
    copy_instrument,
    publish_instrument,
    retire_instrument,
    save_observation,
    start_observation,
)
from sessions.services import hold_session
from tests import make

pytestmark = pytest.mark.django_db


def api(user: User) -> APIClient:
    program = APIClient()
    program.force_authenticate(User.objects.get(pk=user.pk))
    return program


def begun():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=12))
    choose_focus(session, by=session.planned_by, indicator=make.indicator())
    return session, observer


def words(session, sequence: int = 1, **changes):
    """What a phone sends of a sheet that is still empty."""
    now = timezone.now().isoformat()
    told = {"device": str(DEVICE), "sequence": sequence, "base": 0, "act": "save"}
    content: dict[str, object] = {"answers": [], "notes": [], "photos": []}
    return told | content | {"session": session.pk, "sent_at": now, "started_at": now} | changes


DEVICE = uuid4()
NOTE = {
    "uid": "0d8f6c1e-7a3b-4c52-b1f4-6f2f3c0a9b77",
    "minute": 12,
    "about": "pupils",
    "seat": "5",
    "item": None,
    "text": "Meja 5 bertanya.",
}


def at(uid) -> str:
    return reverse("sheet-detail", args=[uid])


def test_a_sheet_is_sent_answered_and_read_again():
    session, observer = begun()
    program, uid = api(observer), uuid4()
    scale, *_others = make.focus_items()
    answer = {
        "item": scale.pk,
        "point": scale.scale.points.get(position=1).pk,
        "yes": None,
        "number": None,
        "text": "",
        "is_na": False,
        "evidence": "Meja 7 kosong.",
    }
    photo = {
        "uid": str(uuid4()),
        "minute": 12,
        "note": NOTE["uid"],
        "item": scale.pk,
        "size": 10,
        "sha256": "0" * 64,
        "has_consent": True,
    }
    sent = words(session, answers=[answer], notes=[NOTE], photos=[photo])

    first = program.put(at(uid), sent, format="json")
    again = program.put(at(uid), sent, format="json")
    read = program.get(at(uid))
    listed = program.get(reverse("sheet-list"), {"session": session.pk})

    assert (first.status_code, read.status_code) == (201, 200)
    assert first.json() == again.json() == read.json() == listed.json()["results"][0]
    kept = read.json()
    sheet = Observation.objects.get()
    assert (kept["uid"], kept["observation"]) == (str(uid), sheet.pk)
    assert (kept["state"], kept["revision"], kept["sequence"]) == ("draft", 1, 1)
    assert kept["device"] == str(DEVICE)
    assert kept["answers"] == [answer]
    assert kept["notes"] == [NOTE]
    assert kept["photos"] == [photo | {"received": 0, "stored": False}]


def test_a_sheet_that_was_changed_elsewhere_is_answered_409_with_both():
    session, observer = begun()
    program, uid = api(observer), uuid4()
    program.put(at(uid), words(session, notes=[NOTE]), format="json")
    sheet = Observation.objects.get()
    save_observation(sheet, by=observer, answers={}, notes=[{"minute": 3, "text": "Laptop."}])
    mine = words(session, sequence=2, base=1, notes=[NOTE | {"text": "HP."}])

    late = program.put(at(uid), mine, format="json")
    chosen = program.put(at(uid), mine | {"base": 2, "sequence": 3}, format="json")

    assert late.status_code == 409
    assert "Pilih isian yang benar" in late.json()["detail"]
    assert late.json()["mine"] == mine
    assert late.json()["theirs"]["revision"] == 2
    assert [note["text"] for note in late.json()["theirs"]["notes"]] == ["Laptop."]
    assert (chosen.status_code, chosen.json()["revision"]) == (200, 3)
    assert [note["text"] for note in chosen.json()["notes"]] == ["HP."]


def test_what_one_account_filled_is_not_taken_from_another_on_the_same_phone():
    session, observer = begun()
    other = make.member(session.group)

    sent = words(session, person=observer.pk)
    refused = api(other).put(at(uuid4()), sent, format="json")
    taken = api(observer).put(at(uuid4()), sent, format="json")

    assert refused.status_code == 409
    assert refused.json() == {"detail": "Lembar ini diisi akun lain di HP ini."}
    assert taken.status_code == 201


def test_a_phone_adopts_the_sheet_that_was_begun_online():
    session, observer = begun()
    program = api(observer)
    program.post(reverse("observation-list"), {"session": session.pk})

    answer = program.put(at(uuid4()), words(session), format="json")
    adopted = answer.json()["theirs"]
    kept = program.put(
        at(adopted["uid"]), words(session, sequence=2, base=adopted["revision"]), format="json"
    )

    assert (answer.status_code, kept.status_code) == (409, 201)
    assert Observation.objects.count() == 1


def test_what_cannot_be_kept_is_answered_400_by_part():
    session, observer = begun()
    program, uid = api(observer), uuid4()
    scale, *_others = make.focus_items()

    wrong = program.put(
        at(uid), words(session, answers=[{"item": scale.pk, "point": 999_999}]), format="json"
    )
    unknown = program.put(
        at(uid), words(session, answers=[{"item": 999_999, "text": "Hai"}]), format="json"
    )
    shapeless = program.put(at(uid), {"session": session.pk, "notes": "x"}, format="json")
    too_many = program.put(
        at(uid),
        words(session, notes=[NOTE | {"uid": str(uuid4())} for _n in range(301)]),
        format="json",
    )

    assert wrong.json() == {f"point-{scale.pk}": ["Pilih kata yang paling cocok."]}
    assert unknown.json() == {"non_field_errors": ["Lembar ini sudah berubah. Muat ulang halaman."]}
    assert (shapeless.status_code, too_many.status_code) == (400, 400)
    assert {"device", "sequence", "base", "notes"} <= shapeless.json().keys()
    assert not Observation.objects.exists()


def test_handing_in_and_correcting_through_the_same_address():
    session, observer = begun()
    program, uid = api(observer), uuid4()
    answers = [{"item": item.pk} | make.answer_to(item) for item in make.focus_items()]
    submit = words(session, act="submit", answers=answers)

    early = program.put(at(uid), submit, format="json")
    hold_session(session, by=session.teacher)
    empty = program.put(at(uid), words(session, act="submit"), format="json")
    sent = program.put(at(uid), submit, format="json")
    saved = program.put(at(uid), words(session, sequence=2, answers=answers), format="json")
    corrected = program.put(
        at(uid), submit | {"sequence": 3, "notes": [NOTE], "reason": "Lupa."}, format="json"
    )

    assert early.json()["detail"] == "Sesi ini belum dinyatakan terlaksana."
    assert (early.status_code, empty.status_code) == (403, 400)
    assert (sent.status_code, sent.json()["state"]) == (201, "submitted")
    assert (saved.status_code, saved.json()["detail"]) == (403, "Lembar ini sudah dikirim.")
    assert corrected.json()["corrected_at"]
    assert [one.reason for one in Observation.objects.get().submissions.all()] == ["", "Lupa."]


def test_nobody_else_meets_a_sheet_at_its_address():
    session, observer = begun()
    uid = uuid4()
    api(observer).put(at(uid), words(session, notes=[NOTE]), format="json")
    colleague, stranger = make.member(session.group), make.person()

    for who in (colleague, session.teacher, session.planned_by, stranger):
        assert api(who).get(at(uid)).status_code == 404
        assert api(who).get(reverse("sheet-list")).json()["results"] == []
    refused = api(colleague).put(at(uid), words(session), format="json")
    unread = api(stranger).put(at(uuid4()), words(session), format="json")

    assert (refused.status_code, unread.status_code) == (403, 404)
    assert "Meja 5" not in refused.text
    assert Observation.objects.get().revision == 1


def test_an_observer_who_left_the_group_still_sends_what_was_seen():
    session, observer = begun()
    program, uid = api(observer), uuid4()
    program.put(at(uid), words(session), format="json")
    session.participations.filter(user=observer).delete()
    observer.memberships.all().delete()

    kept = api(observer).put(at(uid), words(session, sequence=2, notes=[NOTE]), format="json")

    assert (kept.status_code, len(kept.json()["notes"])) == (200, 1)


@pytest.mark.parametrize("number", [1, 20])
def test_a_sheet_of_many_notes_costs_what_one_of_one_does(number: int, django_assert_num_queries):
    session, observer = begun()
    program, uid = api(observer), uuid4()
    photo = {"minute": 3, "size": 9, "sha256": "0" * 64, "has_consent": True}
    notes = [NOTE | {"uid": str(uuid4()), "minute": n} for n in range(number)]
    photos = [photo | {"uid": str(uuid4())} for _n in range(number)]

    with django_assert_num_queries(34):
        program.put(at(uid), words(session, notes=notes, photos=photos), format="json")
    with django_assert_num_queries(25):
        program.put(at(uid), words(session, 2, notes=notes, photos=photos), format="json")


def test_sheets_are_listed_at_the_same_cost(django_assert_max_num_queries):
    group = make.group()
    observer = make.member(group)
    program = api(observer)
    for days in range(3):
        past = -timedelta(days=days, hours=3)
        session = make.session(of=group, observers=[observer], starts_in=past, held=True)
        make.observation(of=session, observer=observer)
        with django_assert_max_num_queries(6):
            program.get(reverse("sheet-list"))


def test_a_sheet_of_an_instrument_retired_while_there_was_no_signal_is_kept():
    session, observer = begun()
    board = session.planned_by
    instrument = copy_instrument(
        Instrument.objects.get(code="lesson-study"),
        by=board,
        group=session.group,
        name="Lembar kami",
    )
    publish_instrument(instrument, by=board)
    retire_instrument(instrument, by=board)

    answer = api(observer).put(at(uuid4()), words(session, instrument=instrument.pk), format="json")

    assert answer.status_code == 201
    assert Observation.objects.get().instrument == instrument


def test_a_sheet_made_ready_before_the_lesson_takes_words_from_its_start():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=timedelta(hours=3))
    make.indicator()
    lesson_study = Instrument.objects.get(code="lesson-study")
    sheet = start_observation(session, by=observer, instrument=lesson_study)
    sent = words(session, notes=[NOTE])

    early = api(observer).put(at(sheet.uid), sent, format="json")
    with time_machine.travel(session.starts_at + timedelta(minutes=12)):
        later = api(observer).put(at(sheet.uid), sent, format="json")

    assert (early.status_code, later.status_code) == (403, 201)
    assert "sejak pelajaran mulai" in str(early.data)
    [note] = later.data["notes"]
    assert (note["text"], later.data["revision"]) == (NOTE["text"], 1)
