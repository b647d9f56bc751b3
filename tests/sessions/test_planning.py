"""What a plan of any kind must satisfy: its agenda, JP, places, people and room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Group
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.kinds import OF_GROUPS, USUAL, noun_of
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db


def meet(group: Group, *, minutes: int = 120, **changes: Any) -> ModelSession:
    """Plan a workshop of so many minutes."""
    start = timezone.now() + timedelta(days=2)
    values = {
        "by": changes.get("by") or make.chair(group),
        "submission": uuid4(),
        "kind": "workshop",
        "title": "Menyusun program semester",
        "place": "Aula",
        "starts_at": start,
        "ends_at": start + timedelta(minutes=minutes),
        "despite": EVERYTHING,
    }
    return services.plan_session(group, **values | changes)


def refused(group: Group, **changes: Any) -> dict[str, list[str]]:
    """What is against that plan, by part."""
    with pytest.raises(ValidationError) as refusal:
        meet(group, **changes)
    assert not group.sessions.exists()
    return refusal.value.message_dict


def points(count: int) -> list[dict[str, object]]:
    return [{"title": f"Acara {number}", "minutes": 5} for number in range(count)]


# --- kinds


@pytest.mark.parametrize("kind", [kind for kind in OF_GROUPS if kind.value != "lesson"])
def test_every_kind_of_meeting_has_its_usual_length_and_noun(kind: str):
    meeting = meet(make.group(), kind=kind)

    assert USUAL[ModelSession.Kind(kind)].minutes > 0
    assert noun_of(meeting) != "sesi"
    assert (meeting.teacher, meeting.phase, meeting.grade) == (None, None, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (lambda group: {"teacher": make.member(group)}, "teacher"),
        (lambda _group: {"phase": make.phase(), "grade": 7}, "grade"),
        (lambda _group: {"observer_places": 3}, "observer_places"),
        (lambda group: {"observers": [make.member(group)]}, "observers"),
    ],
)
def test_a_meeting_takes_nothing_of_a_lesson(changes, field: str):
    group = make.group()

    assert list(refused(group, **changes(group))) == [field]


def test_a_kind_that_does_not_exist_is_refused():
    assert "kind" in refused(make.group(), kind="picnic")


def test_leader_note_taker_and_speakers_are_invited_with_all_members_once():
    group = make.group()
    leader, note_taker, speaker = (make.member(group) for _ in range(3))
    agenda = [{"title": "Asesmen", "minutes": 30, "speaker": speaker}]

    meeting = meet(group, leader=leader, note_taker=note_taker, agenda=agenda)

    invited = sorted(meeting.participations.values_list("user", flat=True))
    assert invited == sorted({leader.pk, note_taker.pk, speaker.pk, meeting.planned_by_id})


@pytest.mark.parametrize("part", ["leader", "note_taker"])
def test_who_leads_or_writes_is_of_the_group(part: str):
    assert list(refused(make.group(), **{part: make.person()})) == [part]


def test_a_speaker_of_the_platform_is_of_the_group():
    agenda = [{"title": "Asesmen", "minutes": 30, "speaker": make.person()}]

    assert list(refused(make.group(), agenda=agenda)) == ["agenda"]


# --- the agenda


def test_an_agenda_of_thirty_points_is_kept_in_order():
    meeting = meet(make.group(), agenda=points(30))

    found = list(meeting.agenda.values_list("position", "title"))
    assert found == [(number + 1, f"Acara {number}") for number in range(30)]


def test_an_agenda_of_thirty_one_points_is_refused():
    assert refused(make.group(), agenda=points(31)) == {"agenda": ["Paling banyak 30 acara."]}


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ({"title": "", "minutes": 5}, "Acara 1: "),
        ({"title": "x" * 151, "minutes": 5}, "Acara 1: "),
        ({"title": "Pembukaan", "minutes": 0}, "Acara 1: "),
        ({"title": "Pembukaan", "minutes": 601}, "Acara 1: "),
        ({"title": "Pembukaan", "minutes": 5, "speaker_name": "x" * 121}, "Acara 1: "),
    ],
)
def test_a_point_that_cannot_be_is_named_by_its_number(point: dict[str, object], said: str):
    (words,) = refused(make.group(), agenda=[point])["agenda"]

    assert words.startswith(said)


def test_a_point_of_one_minute_and_one_of_six_hundred_are_taken():
    agenda = [{"title": "Doa", "minutes": 1}, {"title": "Kerja", "minutes": 600}]

    assert meet(make.group(), agenda=agenda).agenda.count() == 2


def test_a_speaker_of_the_platform_is_called_as_now_and_another_as_written():
    group = make.group()
    speaker = make.member(group)
    agenda = [
        {"title": "Satu", "minutes": 5, "speaker": speaker, "speaker_name": "Nama lama"},
        {"title": "Dua", "minutes": 5, "speaker_name": "Dr. Fulan"},
    ]

    first, second = meet(group, agenda=agenda).agenda.all()

    assert (first.speaker_words, first.speaker_name) == (str(speaker), "")
    assert second.speaker_words == "Dr. Fulan"


def test_a_new_agenda_replaces_the_whole_and_none_leaves_it():
    meeting = meet(make.group(), agenda=points(3))
    by = meeting.planned_by

    services.change_session(meeting, by=by, title="Lain")
    assert meeting.agenda.count() == 3
    services.change_session(meeting, by=by, agenda=points(1))
    assert meeting.agenda.count() == 1
    services.change_session(meeting, by=by, agenda=[])
    assert meeting.agenda.count() == 0


def test_an_agenda_that_is_refused_leaves_the_old_one():
    meeting = meet(make.group(), agenda=points(3))

    with pytest.raises(ValidationError):
        services.change_session(meeting, by=meeting.planned_by, agenda=points(31))

    assert meeting.agenda.count() == 3


# --- JP


@pytest.mark.parametrize(
    ("minutes", "hour_length", "hours"),
    [(120, 45, 2), (134, 45, 2), (135, 45, 3), (120, 60, 2), (44, 45, 0), (24 * 60, 45, 32)],
)
def test_jp_are_as_many_as_there_is_time_for(minutes: int, hour_length: int, hours: int):
    assert meet(make.group(), minutes=minutes, hour_length=hour_length).lesson_hours == hours


def test_fewer_jp_than_there_is_time_for_are_taken():
    assert meet(make.group(), minutes=240, lesson_hours=4).lesson_hours == 4


def test_more_jp_than_there_is_time_for_are_refused_with_the_length_of_one():
    assert refused(make.group(), minutes=240, lesson_hours=6) == {
        "lesson_hours": ["Waktunya cukup untuk paling banyak 5 JP (1 JP = 45 menit)."]
    }


def test_an_hour_is_of_45_or_60_minutes():
    assert list(refused(make.group(), hour_length=50)) == ["hour_length"]


@pytest.mark.parametrize(
    ("planned", "minutes", "hours"),
    [
        # All there was time for stays all there is time for.
        (None, 180, 4),
        (None, 90, 2),
        # Fewer stay as they are, and are capped when the time gets too short.
        (2, 240, 2),
        (2, 60, 1),
    ],
)
def test_jp_follow_a_change_of_time(planned: int | None, minutes: int, hours: int):
    given = {} if planned is None else {"lesson_hours": planned}
    meeting = meet(make.group(), minutes=135, **given)

    services.change_session(
        meeting,
        by=meeting.planned_by,
        ends_at=meeting.starts_at + timedelta(minutes=minutes),
        despite=EVERYTHING,
    )

    assert meeting.lesson_hours == hours


# --- places


@pytest.mark.parametrize("capacity", [1, 2000, None])
def test_a_room_has_one_to_two_thousand_places_or_no_limit(capacity: int | None):
    assert meet(make.group(), capacity=capacity).capacity == capacity


@pytest.mark.parametrize("capacity", [0, 2001])
def test_other_numbers_of_places_are_refused(capacity: int):
    assert refused(make.group(), capacity=capacity) == {
        "capacity": ["Tulis angka 1 sampai 2000, atau kosongkan."]
    }


# --- rooms


def test_a_room_of_a_provider_that_is_not_configured_is_refused(settings):
    settings.JITSI_URL = ""

    assert list(refused(make.group(), mode="online", provider="jitsi")) == ["provider"]


def test_a_room_made_by_us_needs_no_link(settings):
    settings.JITSI_URL = "https://meet.example.org"

    meeting = meet(make.group(), mode="online", provider="jitsi", place="")

    assert (meeting.provider, meeting.online_link) == ("jitsi", "")


# --- diaries


def test_only_a_change_of_time_or_people_asks_the_diaries():
    group = make.group()
    leader = make.member(group)
    meeting = meet(group, leader=leader)
    double = meet(group)
    ModelSession.objects.filter(pk=double.pk).update(leader=leader)

    services.change_session(meeting, by=meeting.planned_by, leader=leader, title="Lain")
    with pytest.raises(ValidationError) as refusal:
        services.change_session(
            meeting,
            by=meeting.planned_by,
            ends_at=meeting.ends_at + timedelta(minutes=5),
            despite=EVERYTHING,
        )

    assert list(refusal.value.message_dict) == ["leader"]


def test_taking_the_minutes_keeps_nobody_from_leading_elsewhere():
    group = make.group()
    person = make.member(group)
    meet(group, note_taker=person)

    assert meet(group, leader=person).leader == person
