from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from groups.roles import Role
from observations.models import Observation
from observations.services import choose_focus
from sessions.services import hold_session, open_early
from tests import make
from tests.observations.test_results import observed

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


def test_instruments_are_read_whole(django_assert_max_num_queries):
    make.indicator()
    program = api(make.person())

    with django_assert_max_num_queries(8):
        found = program.get(reverse("instrument-list")).data["results"]

    instrument = next(each for each in found if each["is_default"])
    focus, lesson = instrument["aspects"]
    item = focus["indicators"][0]["items"][0]
    assert (focus["pick_one"], len(focus["indicators"])) == (True, 5)
    assert len(lesson["indicators"][0]["items"]) == 3
    assert [point["label"] for point in item["scale"]["points"]][2] == "Dilakukan dan efektif"
    assert len(item["encouraged"]) == 3


def test_a_sheet_is_started_saved_and_submitted_once():
    session, observer = begun()
    program = api(observer)
    started = program.post(reverse("observation-list"), {"session": session.pk})
    again = program.post(reverse("observation-list"), {"session": session.pk})
    sheet = Observation.objects.get()
    answers = [{"item": item.pk} | make.answer_to(item) for item in make.items(sheet)]
    url = reverse("observation-detail", args=[sheet.pk])
    submit = reverse("observation-submit", args=[sheet.pk])

    saved = program.patch(
        url, {"answers": answers, "notes": [{"text": "Meja 5 bertanya."}]}, format="json"
    )
    early = program.post(submit)
    hold_session(session, by=session.teacher)
    submitted, twice = program.post(submit), program.post(submit)
    late = program.patch(url, {"notes": []}, format="json")

    assert started.status_code == again.status_code == 201
    assert started.data["id"] == again.data["id"] == sheet.pk
    assert len(saved.data["answers"]) == 6
    [note] = saved.data["notes"]
    assert (note["minute"], note["text"]) == (12, "Meja 5 bertanya.")
    assert early.data["detail"] == "Sesi ini belum dinyatakan terlaksana."
    assert submitted.data["submitted_at"]
    assert [twice.status_code, late.status_code] == [403, 403]
    assert twice.data["detail"] == "Lembar ini sudah dikirim."


def test_a_draft_that_cannot_be_kept_is_refused_by_part():
    session, observer = begun()
    program = api(observer)
    program.post(reverse("observation-list"), {"session": session.pk})
    sheet = Observation.objects.get()
    scale = make.items(sheet)[0]
    url = reverse("observation-detail", args=[sheet.pk])

    wrong = program.patch(url, {"answers": [{"item": scale.pk, "point": 999_999}]}, format="json")
    unknown = program.patch(url, {"answers": [{"item": 999_999, "text": "Hai"}]}, format="json")
    hold_session(session, by=session.teacher)
    missing = program.post(reverse("observation-submit", args=[sheet.pk]))

    assert wrong.data == {f"point-{scale.pk}": ["Pilih kata yang paling cocok."]}
    assert unknown.data == {"non_field_errors": ["Lembar ini sudah berubah. Muat ulang halaman."]}
    assert missing.status_code == 400
    assert f"point-{scale.pk}" in missing.data
    assert not sheet.answers.exists()


def test_who_is_no_observer_starts_no_sheet_and_reads_none():
    session, observer = begun()
    draft = make.observation(of=session, observer=observer)
    member = api(make.member(session.group))
    teacher = api(session.teacher)
    detail = reverse("observation-detail", args=[draft.pk])

    refused = member.post(reverse("observation-list"), {"session": session.pk})
    stranger = api(make.person()).post(reverse("observation-list"), {"session": session.pk})

    assert refused.status_code == 403
    assert "untuk pengamat sesi" in refused.data["detail"]
    assert stranger.status_code == 400
    assert member.get(detail).status_code == teacher.get(detail).status_code == 404
    assert member.patch(detail, {"notes": []}, format="json").status_code == 404
    hold_session(session, by=session.teacher)
    make.observation(of=session, observer=observer, submitted=True)
    open_early(session, timezone.now())
    assert teacher.get(detail).status_code == 200
    assert teacher.patch(detail, {"notes": []}, format="json").status_code == 403


def test_sheets_are_listed_at_the_same_cost(django_assert_max_num_queries):
    group = make.group()
    observer = make.member(group)
    program = api(observer)
    for days in range(3):
        past = -timedelta(days=days, hours=3)
        session = make.session(of=group, observers=[observer], starts_in=past, held=True)
        make.observation(of=session, observer=observer)
        with django_assert_max_num_queries(6):
            program.get(reverse("observation-list"))

    assert len(program.get(reverse("observation-list")).data["results"]) == 3
    only = program.get(reverse("observation-list"), {"session": session.pk}).data["results"]
    assert [sheet["session"] for sheet in only] == [session.pk]


def test_results_of_a_session_say_what_each_observer_saw():
    session = observed([1, 2, 3], [1, 3, 3])
    observers = [sheet.observer for sheet in session.observations.order_by("pk")]
    guide = make.member(session.group, Role.CORE_TEACHER)
    url = f"/api/v1/sessions/{session.pk}/results/"

    [sheets] = api(observers[0]).get(url).data
    make.observation(of=session, observer=guide, submitted=True)
    [guided] = api(guide).get(url).data

    assert [line["differs"] for line in sheets["lines"][:3]] == [False, True, False]
    assert [one["observer"] for one in sheets["lines"][0]["seen"]] == [one.pk for one in observers]
    assert sheets["agreement"] == []
    [agreement] = guided["agreement"]
    assert (agreement["observers"], agreement["items"]) == (3, 3)


def test_readers_see_photos_and_when_a_sheet_was_corrected_but_not_its_older_words():
    sheet = make.observation(submitted=True)
    photo = make.photo(of=sheet)
    make.correction(of=sheet)
    open_early(sheet.session, timezone.now())
    detail = reverse("observation-detail", args=[sheet.pk])
    history = reverse("observation-submissions", args=[sheet.pk])
    own, hers = api(sheet.observer), api(sheet.session.teacher)

    read = hers.get(detail).json()
    file = hers.get(reverse("photo-content", args=[photo.uid]))
    mine, theirs = own.get(history).json(), hers.get(history).json()

    assert read["photos"] == [{"uid": str(photo.uid), "minute": 12, "item": None}]
    assert read["corrected_at"]
    with photo.file.open("rb") as stored:
        assert b"".join(file) == stored.read() != b""
    assert file["Content-Disposition"].startswith("attachment")
    assert [one["reason"] for one in mine] == ["", "", "Nomor meja keliru."]
    assert mine[0]["content"]["notes"][0]["text"] == "Meja 5 bertanya."
    assert [(one["number"], one["reason"], one["content"]) for one in theirs] == [
        (number, None, None) for number in (1, 2, 3)
    ]


def test_a_note_keeps_its_desk_when_a_program_saves_it_by_its_uid():
    session, observer = begun()
    note = {"uid": uuid4(), "minute": 3, "text": "Sepi.", "about": "pupils", "seat": "5"}
    sheet = make.synced(session, observer, notes=[note])
    words = {"uid": str(note["uid"]), "minute": 4, "text": "Ramai."}

    saved = api(observer).patch(
        reverse("observation-detail", args=[sheet.pk]), {"notes": [words]}, format="json"
    )

    assert saved.json()["notes"] == [words | {"about": "pupils", "seat": "5", "item": None}]
