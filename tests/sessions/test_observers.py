"""Observers' places and tasks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activity.models import Entry
from groups.models import Group
from sessions import rules, services
from sessions.models import ModelSession, Participation
from tests import make
from tests.sessions.test_at_once import at_once, fresh
from tests.sessions.test_rules import STATES, who_is

pytestmark = pytest.mark.django_db


def lesson(of: Group | None = None, *, places: int | None = 3, **state) -> ModelSession:
    """An open lesson with one observer and that many places for observers."""
    of = of or make.group()
    session = make.session(of=of, observers=[make.member(of)], **state)
    ModelSession.objects.filter(pk=session.pk).update(observer_places=places)
    session.refresh_from_db()
    return session


def observer_of(session: ModelSession) -> Participation:
    return session.participations.get(role="observer")


def last_event() -> str:
    return Entry.objects.latest("pk").name


def test_a_member_takes_a_free_place_and_gives_it_back():
    session = lesson()
    member = make.member(session.group)

    taken = services.take_place(session, by=member)
    events = [last_event()]
    left = services.leave_place(taken, by=member)
    events.append(last_event())

    assert (taken.user, left.role, left.task) == (member, "participant", "")
    assert events == ["sessions.ObserverPlaceTaken", "sessions.ObserverPlaceLeft"]


def test_no_more_than_the_places_there_are():
    session = lesson(places=1)

    with pytest.raises(PermissionDenied, match=r"sudah terisi \(1\)"):
        services.take_place(session, by=make.member(session.group))

    assert session.participations.observers().count() == 1


def test_the_board_names_no_more_observers_than_places_either():
    session = lesson(places=1)

    with pytest.raises(ValidationError, match="sudah terisi"):
        services.invite(session, make.member(session.group), by=session.planned_by, role="observer")

    assert session.participations.observers().count() == 1


def test_who_observes_elsewhere_then_takes_no_place():
    session = lesson()
    busy = make.member(session.group)
    make.session(of=session.group, observers=[busy])

    with pytest.raises(ValidationError, match="sudah menjadi pengamat"):
        services.take_place(session, by=busy)
    with pytest.raises(ValidationError, match="sudah menjadi pengamat"):
        services.hand_over_place(observer_of(session), by=session.teacher, to=busy)

    assert not session.participations.filter(user=busy, role="observer").exists()


def test_a_substitute_gets_place_and_task():
    session = lesson(places=1)
    part = services.set_task(observer_of(session), by=session.teacher, task=" Kelompok 1–2 ")
    newcomer = make.member(session.group)

    taken = services.hand_over_place(part, by=part.user, to=newcomer)

    part.refresh_from_db()
    assert (taken.user, taken.role, taken.task) == (newcomer, "observer", "Kelompok 1–2")
    assert (part.role, part.task) == ("participant", "")
    assert last_event() == "sessions.ObserverReplaced"


def test_two_observers_swap_their_tasks():
    session = lesson()
    one = services.set_task(observer_of(session), by=session.teacher, task="Kelompok 1–2")
    two = services.take_place(session, by=make.member(session.group))

    services.hand_over_place(one, by=one.user, to=two.user)

    one.refresh_from_db()
    two.refresh_from_db()
    assert ((one.role, one.task), (two.role, two.task)) == (
        ("observer", ""),
        ("observer", "Kelompok 1–2"),
    )
    assert last_event() == "sessions.ObserverTasksSwapped"


def test_who_cannot_be_a_substitute_is_refused_and_nothing_changes():
    session = lesson()
    part = observer_of(session)
    speaker = make.person()
    services.invite(session, speaker, by=session.planned_by, role="resource_person")

    for person, words in (
        (session.teacher, "Guru model"),
        (make.person(), "anggota kelompok atau orang yang diundang"),
        (speaker, "Narasumber tidak mengamati"),
        (part.user, "sudah di tempat ini"),
    ):
        with pytest.raises(ValidationError, match=words):
            services.hand_over_place(part, by=session.teacher, to=person)
    with pytest.raises(ValidationError):
        services.set_task(part, by=session.teacher, task="a" * 151)

    part.refresh_from_db()
    assert (part.role, part.task) == ("observer", "")


OPEN = {"planned", "begun"}
ALLOWED = {
    ("may_take_place", "member"): OPEN,
    ("may_take_place", "core teacher"): OPEN,
    ("may_take_place", "board"): OPEN,
    ("may_take_place", "observer"): set(),
    ("may_take_place", "guru model"): set(),
    ("may_take_place", "supervisor"): set(),
    ("may_take_place", "other chair"): set(),
    ("may_leave_place", "observer"): OPEN,
    ("may_leave_place", "guru model"): set(),
    ("may_leave_place", "board"): set(),
    ("may_leave_place", "member"): set(),
    ("may_hand_over_place", "observer"): OPEN,
    ("may_hand_over_place", "guru model"): OPEN,
    ("may_hand_over_place", "board"): OPEN,
    ("may_hand_over_place", "member"): set(),
    ("may_hand_over_place", "supervisor"): set(),
    ("may_set_task", "guru model"): OPEN,
    ("may_set_task", "board"): OPEN,
    ("may_set_task", "observer"): set(),
    ("may_set_task", "member"): set(),
    ("may_set_task", "other chair"): set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("rule", "who"), ALLOWED)
def test_who_may_do_what_about_a_place(rule: str, who: str, state: str):
    session = lesson(**STATES[state])
    of = session if rule == "may_take_place" else observer_of(session)

    verdict = getattr(rules, rule)(who_is(who, session), of)

    assert bool(verdict) is (state in ALLOWED[rule, who])
    assert all(str(reason).endswith(".") for reason in verdict.reasons)


def test_where_no_places_were_set_nobody_takes_one():
    session = lesson(places=None)

    assert not rules.may_take_place(make.member(session.group), session)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_the_last_place_goes_to_one_of_two():
    session = lesson(places=2, starts_in=timedelta(days=1))
    people = [make.member(session.group) for _ in range(2)]

    ends = at_once(
        *(
            lambda person=person: services.take_place(
                ModelSession.objects.get(pk=session.pk), by=fresh(person)
            )
            for person in people
        )
    )

    assert ends == ["PermissionDenied", "done"]
    assert session.participations.observers().count() == 2
