from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from groups.models import Group
from sessions import services
from sessions.conflicts import EVERYTHING, PlanNeedsConsent, cautions_of_time
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")
HOUR = timedelta(hours=1)
# A Thursday without anything special.
THURSDAY = datetime(2026, 12, 3, 14, tzinfo=WITA)


def meet(group: Group, **changes) -> ModelSession:
    start = changes.pop("starts_at", THURSDAY)
    values = {
        "by": changes.get("by") or make.chair(group),
        "kind": "workshop",
        "submission": uuid4(),
        "title": "Rapat",
        "place": "Aula",
        "starts_at": start,
        "ends_at": start + HOUR,
    }
    return services.plan_session(group, **values | changes)


def talk(speaker) -> dict[str, object]:
    return {"title": "Paparan", "minutes": 30, "speaker": speaker}


def lesson(group: Group, teacher=None) -> ModelSession:
    return meet(
        group,
        kind="lesson",
        teacher=teacher or make.member(group),
        phase=make.phase(),
        grade=8,
        goal="Tahu.",
    )


@pytest.mark.parametrize(
    ("start", "weekday", "keys", "words"),
    [
        (THURSDAY, 3, [], ""),
        (THURSDAY, None, [], ""),
        (THURSDAY, 2, ["weekday-2026-12-03"], "biasa berkumpul hari Rabu"),
        (THURSDAY.replace(hour=9), 3, [], ""),
        (THURSDAY.replace(hour=9), 2, ["school-hours-2026-12-03"], "bukan hari MGMP (Rabu)"),
        (THURSDAY.replace(hour=9), None, ["school-hours-2026-12-03"], "Waktunya pada jam sekolah."),
        (THURSDAY.replace(day=4, hour=12), 4, ["prayer-2026-12-04"], "salat Jumat"),
        (THURSDAY.replace(day=6), 3, ["sunday-2026-12-06"], "hari Minggu"),
        (THURSDAY.replace(day=25), 3, ["holiday-2026-12-25"], "Jumat, 25 Desember 2026 bukan"),
        (THURSDAY.replace(day=24), 3, ["holiday-2026-12-24"], "cuti bersama"),
        (datetime(2027, 3, 10, 14, tzinfo=WITA), 2, ["holiday-2027-03-10"], "(perkiraan)"),
    ],
)
def test_odd_times_are_worded(start: datetime, weekday: int | None, keys: list[str], words: str):
    group = make.group()
    group.weekday = weekday

    found = cautions_of_time(start, start + HOUR, group)

    assert [each.key for each in found] == keys
    assert words in "".join(each.words for each in found)


def test_warning_wants_consent_to_this_day_or_to_its_sort():
    group = make.group()
    sunday = THURSDAY.replace(day=6)

    for despite in ((), {"holiday"}, {"sunday-2026-12-13"}):
        with pytest.raises(PlanNeedsConsent) as asked:
            meet(group, starts_at=sunday, despite=despite)
        assert [each.key for each in asked.value.cautions] == ["sunday-2026-12-06"]
        assert asked.value.error_dict["sunday-2026-12-06"][0].code == "warning"
    assert not ModelSession.objects.exists()
    meet(group, starts_at=sunday, despite={"sunday-2026-12-06"})
    meet(group, starts_at=sunday + HOUR, despite={"sunday"})

    assert group.sessions.count() == 2


def test_change_asks_for_consent_only_when_time_or_school_changes():
    group = make.group()
    session = meet(group, starts_at=THURSDAY.replace(day=6), despite=EVERYTHING)
    board = session.planned_by

    services.change_session(session, by=board, title="Rapat kerja", place="Ruang guru")
    with pytest.raises(PlanNeedsConsent):
        services.change_session(session, by=board, ends_at=session.ends_at + HOUR)

    session.refresh_from_db()
    assert (session.title, session.ends_at - session.starts_at) == ("Rapat kerja", HOUR)


def test_school_that_another_group_uses_warns_and_says_no_more_than_one_may_read():
    one, two = make.group(), make.group()
    school = make.school()
    meet(one, school=school, title="Rahasia")
    board = make.chair(two)

    with pytest.raises(PlanNeedsConsent) as hidden:
        meet(two, by=board, school=school)
    board.memberships.create(group=one)
    with pytest.raises(PlanNeedsConsent) as told:
        meet(two, by=User.objects.get(pk=board.pk), school=school)
    meet(two, by=board, school=school, despite={"school"})

    [words] = hidden.value.messages
    assert words == (
        f"{school} dipakai kelompok lain pada waktu itu, Kamis, 3 Desember 2026, 14.00–15.00 WITA."
    )
    assert f"{one} untuk “Rahasia”" in told.value.messages[0]


@pytest.mark.parametrize(
    ("busy", "words"),
    [
        (lambda group, one: meet(group, leader=one), "memimpin"),
        (lambda group, one: meet(group, agenda=[talk(one)]), "berbicara di"),
        (
            lambda group, one: services.invite(
                (session := meet(group)), one, by=session.planned_by, role="resource_person"
            ),
            "menjadi narasumber",
        ),
        (
            lambda group, one: services.invite(
                (session := lesson(group)), one, by=session.planned_by, role="observer"
            ),
            "menjadi pengamat",
        ),
        (lesson, "menjadi guru model"),
    ],
)
def test_who_is_busy_in_another_group_is_refused_by_part(busy: Callable[..., None], words: str):
    one, two = make.group(), make.group()
    person = make.member(one)
    person.memberships.create(group=two)
    busy(one, person)
    board = make.chair(two)

    with pytest.raises(ValidationError) as leads:
        meet(two, by=board, leader=person, starts_at=THURSDAY + HOUR / 2, despite=EVERYTHING)
    board.memberships.create(group=one)
    with pytest.raises(ValidationError) as speaks:
        meet(two, by=User.objects.get(pk=board.pk), agenda=[talk(person)])
    meet(two, by=board, leader=person, starts_at=THURSDAY + HOUR)
    meet(two, by=board, note_taker=person)

    assert leads.value.message_dict == {
        "leader": [f"{person} sudah ada kegiatan lain, Kamis, 3 Desember 2026, 14.00–15.00 WITA."]
    }
    assert list(speaks.value.message_dict) == ["agenda"]
    assert f"{person} sudah {words} “Rapat”" in speaks.value.messages[0]


@pytest.mark.parametrize(
    ("role", "is_free"), [("observer", False), ("resource_person", False), ("participant", True)]
)
def test_who_is_busy_elsewhere_is_invited_only_to_listen(role: str, *, is_free: bool):
    one, two = make.group(), make.group()
    person = make.member(one)
    person.memberships.create(group=two)
    meet(one, leader=person)
    session = lesson(two)
    board = session.planned_by

    if is_free:
        session.participations.filter(user=person).delete()
        part = services.invite(session, person, by=board, role=role)
        assert part.role == role
        return
    with pytest.raises(ValidationError) as hidden:
        services.invite(session, person, by=board, role=role)
    board.memberships.create(group=one)
    with pytest.raises(ValidationError) as told:
        services.invite(session, person, by=User.objects.get(pk=board.pk), role=role)

    words = f"{person} sudah ada kegiatan lain, Kamis, 3 Desember 2026, 14.00–15.00 WITA."
    assert hidden.value.message_dict == {"person": [words]}
    assert f"{person} sudah memimpin “Rapat”" in told.value.messages[0]
    assert make.participation(session, person).role == "participant"


def test_an_observer_of_the_session_may_become_its_narasumber():
    session = lesson(make.group())
    person = make.member(session.group)
    services.invite(session, person, by=session.planned_by, role="observer")

    part = services.invite(session, person, by=session.planned_by, role="resource_person")

    assert part.role == "resource_person"


def test_observer_who_said_no_is_free_and_so_is_everyone_of_a_cancelled_session():
    one, two = make.group(), make.group()
    person, leader = make.member(one), make.member(one)
    for each in (person, leader):
        each.memberships.create(group=two)
    session = lesson(one)
    part = services.invite(session, person, by=session.planned_by, role="observer")
    services.answer_invitation(part, by=person, answer="not_coming", reason="Sakit.")
    called_off = meet(one, leader=leader)
    services.cancel_session(called_off, by=called_off.planned_by, reason="Banjir.")

    meet(two, leader=person)
    meet(two, leader=leader)

    assert two.sessions.count() == 2


def test_moving_a_session_onto_what_its_people_do_elsewhere_is_refused():
    group = make.group()
    leader = make.member(group)
    meet(group, leader=leader)
    later = meet(group, leader=leader, starts_at=THURSDAY + 2 * HOUR)

    with pytest.raises(ValidationError, match="sudah memimpin “Rapat”") as refusal:
        services.change_session(
            later, by=later.planned_by, starts_at=THURSDAY, ends_at=THURSDAY + HOUR
        )
    services.change_session(later, by=later.planned_by, ends_at=THURSDAY + 4 * HOUR)

    assert list(refusal.value.message_dict) == ["leader"]


def test_moving_a_session_onto_what_its_narasumber_does_elsewhere_is_refused():
    guest = make.person()
    one, two = meet(make.group()), meet(make.group(), starts_at=THURSDAY + 2 * HOUR)
    for session in (one, two):
        services.invite(session, guest, by=session.planned_by, role="resource_person")
    there = {"starts_at": one.starts_at, "ends_at": one.ends_at}

    with pytest.raises(ValidationError) as refusal:
        services.change_session(two, by=two.planned_by, despite=EVERYTHING, **there)

    two.refresh_from_db()
    assert "sudah ada kegiatan lain" in str(refusal.value)
    assert two.starts_at == THURSDAY + 2 * HOUR


@pytest.mark.parametrize("answer", ["coming", "maybe"])
def test_who_said_no_and_observes_elsewhere_now_cannot_say_yes_after_all(answer: str):
    one, two = make.group(), make.group()
    person = make.member(one)
    person.memberships.create(group=two)
    first, second = lesson(one), lesson(two)
    part = services.invite(first, person, by=first.planned_by, role="observer")
    services.answer_invitation(part, by=person, answer="not_coming", reason="Rapat.")
    services.invite(second, person, by=second.planned_by, role="observer")

    with pytest.raises(ValidationError, match="sudah menjadi pengamat"):
        services.answer_invitation(part, by=person, answer=answer)

    part.refresh_from_db()
    assert (part.answer, part.answer_reason) == ("not_coming", "Rapat.")


def test_free_people_cost_the_same_however_many():
    group = make.group()
    board = make.chair(group)
    people = [make.member(group) for _ in range(10)]
    costs = []
    for week, speakers in enumerate((people[:1], people[:1], people)):
        start = THURSDAY + timedelta(days=7 * week)
        with CaptureQueriesContext(connection) as asked:
            meet(group, by=board, agenda=[talk(one) for one in speakers], starts_at=start)
        costs.append(len(asked))

    assert costs[1] == costs[2]
