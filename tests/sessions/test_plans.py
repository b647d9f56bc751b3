"""What a plan must satisfy by itself: its agenda, JP, capacity, and what its kind has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.kinds import OF_GROUPS, hours_in
from sessions.models import ModelSession
from sessions.plans import Point
from tests import make

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def meet(**plan: Any) -> ModelSession:
    """Two hours in the hall."""
    group = plan.pop("group", None) or make.group()
    start = timezone.now() + timedelta(days=1)
    values = {
        "by": make.chair(group),
        "kind": "workshop",
        "submission": uuid4(),
        "title": "Rapat",
        "place": "Aula",
        "starts_at": start,
        "ends_at": start + plan.pop("lasts", 2 * HOUR),
        "despite": EVERYTHING,
    }
    return services.plan_session(group, **values | plan)


def point(**words: Any) -> Point:
    return {"title": "Pembukaan", "minutes": 15} | words  # type: ignore[return-value]


def refusal(**plan: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        meet(**plan)
    assert not ModelSession.objects.exists()
    found: dict[str, list[str]] = refused.value.message_dict
    return found


# --- the agenda


def test_an_agenda_keeps_its_order_and_the_speaker_before_the_name():
    group = make.group()
    speaker = make.member(group)

    session = meet(
        group=group,
        agenda=[
            point(),
            point(title="Asesmen", minutes=600, speaker=speaker, speaker_name="Seseorang"),
            point(title="Penutup", minutes=1, speaker_name="Dr. Sitti"),
        ],
    )

    kept = session.agenda.values_list("position", "title", "minutes", "speaker", "speaker_name")
    assert list(kept) == [
        (1, "Pembukaan", 15, None, ""),
        (2, "Asesmen", 600, speaker.pk, ""),
        (3, "Penutup", 1, None, "Dr. Sitti"),
    ]


@pytest.mark.parametrize(
    ("agenda", "words"),
    [
        ([point()] * 31, "Paling banyak 30 acara."),
        ([point(), point(minutes=0)], "Acara 2: "),
        ([point(minutes=601)], "Acara 1: "),
        ([point(minutes=-5)], "Acara 1: "),
        ([point(title="")], "Acara 1: "),
        ([point(title="a" * 151)], "Acara 1: "),
        ([point(speaker_name="a" * 121)], "Acara 1: "),
    ],
)
def test_an_agenda_out_of_bounds_is_refused_by_its_number(agenda: list[Point], words: str):
    found = refusal(agenda=agenda)

    assert list(found) == ["agenda"]
    assert found["agenda"][0].startswith(words)


@pytest.mark.parametrize("mark", ["\n", "\r", "\t", "\x07", "\x85", "\u2028"])
def test_what_is_copied_into_lists_and_calendars_is_one_line(mark: str):
    line = ["Tulis dalam satu baris."]
    words = f"Rapat{mark}ATTENDEE:mailto:siapa@contoh.id"

    assert refusal(title=words) == {"title": line}
    assert refusal(place=words) == {"place": line}
    for name in ("title", "speaker_name"):
        assert refusal(agenda=[point(**{name: words})]) == {"agenda": [f"Acara 1: {line[0]}"]}
    assert meet(title="Rapat “SMART” 👩‍🏫 – ᨅᨔ ᨕᨘᨁᨗ").title == "Rapat “SMART” 👩‍🏫 – ᨅᨔ ᨕᨘᨁᨗ"


def test_thirty_points_are_an_agenda_and_every_wrong_one_is_named():
    assert meet(agenda=[point()] * 30).agenda.count() == 30
    ModelSession.objects.all().delete()

    found = refusal(agenda=[point(minutes=0), point(), point(title="")])

    assert [words.split(":")[0] for words in found["agenda"]] == ["Acara 1", "Acara 3"]


def test_who_speaks_leads_or_takes_the_minutes_is_of_the_group_and_is_invited():
    group = make.group()
    people = leader, note_taker, speaker, other = [make.member(group) for _number in range(4)]
    stranger = make.person()

    for part, plan in {
        "leader": {"leader": stranger},
        "note_taker": {"note_taker": stranger},
        "agenda": {"agenda": [point(speaker=stranger)]},
        "participants": {"participants": [stranger]},
    }.items():
        assert refusal(group=group, **plan) == {part: [f"{stranger} bukan anggota kelompok ini."]}
    session = meet(
        group=group,
        leader=leader,
        note_taker=note_taker,
        agenda=[point(speaker=speaker)],
        participants=[],
    )

    invited = set(session.participations.values_list("user", flat=True))
    assert invited == {person.pk for person in people} - {other.pk}


def test_a_new_agenda_replaces_the_whole_and_invites_its_speaker():
    group = make.group()
    speaker = make.member(group)
    session = meet(group=group, agenda=[point(), point(title="Penutup")], participants=[])

    services.change_session(
        session, by=session.planned_by, agenda=[point(title="Asesmen", speaker=speaker)]
    )

    assert list(session.agenda.values_list("position", "title")) == [(1, "Asesmen")]
    assert session.participations.filter(user=speaker, role="participant").exists()


def test_an_agenda_that_is_refused_leaves_the_old_one():
    session = meet(agenda=[point()])

    with pytest.raises(ValidationError):
        services.change_session(
            session, by=session.planned_by, title="Lain", agenda=[point(minutes=0)]
        )

    session.refresh_from_db()
    assert session.title == "Rapat"
    assert list(session.agenda.values_list("title", flat=True)) == ["Pembukaan"]


# --- JP


@pytest.mark.parametrize(
    ("lasts", "hour_length", "hours"),
    [
        (timedelta(minutes=44), 45, 0),
        (timedelta(minutes=45), 45, 1),
        (timedelta(minutes=89), 45, 1),
        (timedelta(minutes=90), 45, 2),
        (2 * HOUR, 45, 2),
        (2 * HOUR, 60, 2),
        (4 * HOUR, 45, 5),
        (4 * HOUR, 60, 4),
        (-HOUR, 45, 0),
    ],
)
def test_whole_jp_fit_into_the_time(lasts: timedelta, hour_length: int, hours: int):
    start = timezone.now()

    assert hours_in(start, start + lasts, hour_length) == hours
    if lasts > timedelta():
        assert meet(lasts=lasts, hour_length=hour_length).lesson_hours == hours


def test_jp_are_no_more_than_the_time_has():
    assert meet(lasts=4 * HOUR, lesson_hours=5).lesson_hours == 5
    assert meet(lasts=4 * HOUR, lesson_hours=0, hour_length=60).lesson_hours == 0
    ModelSession.objects.all().delete()

    found = refusal(lasts=4 * HOUR, lesson_hours=5, hour_length=60)

    assert found == {"lesson_hours": ["Waktunya cukup untuk paling banyak 4 JP (1 JP = 60 menit)."]}
    assert list(refusal(hour_length=50)) == ["hour_length"]


@pytest.mark.parametrize(
    ("given", "lasts", "hours"),
    [
        # As many as there was time for: so it stays.
        (5, 4 * HOUR, 5),
        (5, 6 * HOUR, 8),
        (5, 2 * HOUR, 2),
        # Fewer on purpose: kept, as long as there is time for them.
        (3, 6 * HOUR, 3),
        (3, 2 * HOUR, 2),
    ],
)
def test_jp_follow_a_new_time(given: int, lasts: timedelta, hours: int):
    session = meet(lasts=4 * HOUR, lesson_hours=given)

    ends_at = session.starts_at + lasts
    services.change_session(session, by=session.planned_by, ends_at=ends_at, despite=EVERYTHING)

    session.refresh_from_db()
    assert session.lesson_hours == hours


def test_a_longer_jp_makes_them_fewer():
    session = meet(lasts=4 * HOUR)

    services.change_session(session, by=session.planned_by, hour_length=60)

    assert session.lesson_hours == 4


# --- places


@pytest.mark.parametrize(("capacity", "fits"), [(None, True), (1, True), (2000, True), (0, False)])
def test_capacity_is_one_to_two_thousand_or_without_limit(capacity: int | None, *, fits: bool):
    if fits:
        assert meet(capacity=capacity).capacity == capacity
    else:
        assert list(refusal(capacity=capacity)) == ["capacity"]


def test_more_places_than_two_thousand_are_refused():
    assert refusal(capacity=2001) == {"capacity": ["Tulis angka 1 sampai 2000, atau kosongkan."]}


def test_more_places_let_in_who_waited_and_fewer_put_nobody_out():
    group = make.group()
    session = meet(group=group, capacity=1)
    people = [make.member(group) for _number in range(2)]
    parts = [
        services.invite(session, one, by=session.planned_by, role="participant") for one in people
    ]
    for part in parts:
        services.answer_invitation(part, by=part.user, answer="coming")

    def waiting() -> list[bool]:
        for part in parts:
            part.refresh_from_db()
        return [part.is_waiting for part in parts]

    assert waiting() == [False, True]
    services.change_session(session, by=session.planned_by, capacity=2)
    assert waiting() == [False, False]
    services.change_session(session, by=session.planned_by, capacity=1)
    assert waiting() == [False, False]


# --- kinds


@pytest.mark.parametrize("kind", [kind for kind in OF_GROUPS if kind.value != "lesson"])
def test_a_meeting_has_nothing_of_a_lesson(kind: str):
    group = make.group()
    teacher = make.member(group)

    assert list(refusal(group=group, kind=kind, teacher=teacher)) == ["teacher"]
    assert list(refusal(group=group, kind=kind, grade=8)) == ["grade"]
    assert list(refusal(group=group, kind=kind, phase=make.phase())) == ["grade"]
    assert list(refusal(group=group, kind=kind, observers=[teacher])) == ["observers"]
    assert list(refusal(group=group, kind=kind, observer_places=3)) == ["observer_places"]
    session = meet(group=group, kind=kind)

    assert (session.kind, session.teacher, session.phase, session.grade) == (kind, None, None, None)
    with pytest.raises(TypeError):
        _ = session.model_teacher


def test_a_lesson_needs_its_teacher_and_grade_and_a_kind_must_be_one():
    assert set(refusal(kind="lesson")) == {"teacher", "grade"}
    assert list(refusal(kind="picnic")) == ["kind"]


def test_observers_are_no_more_than_their_places():
    group = make.group()
    people = [make.member(group) for _number in range(3)]
    lesson = {
        "group": group,
        "kind": "lesson",
        "teacher": people[0],
        "phase": make.phase(),
        "grade": 8,
    }

    assert refusal(**lesson, observers=people[1:], observer_places=1) == {
        "observers": ["Paling banyak 1 pengamat pada sesi ini."]
    }
    assert list(refusal(**lesson, observer_places=31)) == ["observer_places"]
    assert list(refusal(**lesson, observer_places=0)) == ["observer_places"]
    assert meet(**lesson, observers=people[1:], observer_places=2).observer_places == 2
