"""Gabung: who enters the online room, when, and what is written down of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from sessions import rooms, rules, services
from sessions.models import CheckIn, ModelSession
from sessions.rooms import RoomUnavailable
from tests import make
from tests.sessions.bbb_server import run_bbb_server
from tests.sessions.test_rules import who_is

pytestmark = pytest.mark.django_db
LINK = "https://meet.google.com/abc-defg-hij"
# How long until the session of 80 minutes begins.
TIMES = {
    "a day before": timedelta(days=1),
    "16 minutes before": timedelta(minutes=16),
    "14 minutes before": timedelta(minutes=14),
    "during": -timedelta(minutes=30),
    "29 minutes after": -timedelta(minutes=80 + 29),
    "31 minutes after": -timedelta(minutes=80 + 31),
}
OPEN = {"14 minutes before", "during", "29 minutes after"}


def online(*, starts_in: timedelta = timedelta(minutes=5), **values) -> ModelSession:
    """An online session with an observer, on a pasted link unless said otherwise."""
    group = make.group()
    session = make.session(of=group, observers=[make.member(group)], starts_in=starts_in)
    changes = {"mode": "online", "online_link": LINK} | values
    ModelSession.objects.filter(pk=session.pk).update(**changes)
    session.refresh_from_db()
    return session


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize(
    ("who", "joins"),
    [
        ("board", True),
        ("guru model", True),
        ("observer", True),
        ("member", True),
        ("core teacher", True),
        ("supervisor", False),
        ("other supervisor", False),
        ("principal", False),
        ("other chair", False),
        ("newcomer", False),
    ],
)
def test_who_may_join_and_when(who: str, joins: bool, time: str):
    session = online(starts_in=TIMES[time])

    verdict = rules.may_join(who_is(who, session), session)

    assert bool(verdict) is (joins and time in OPEN)
    assert all(str(reason).endswith(".") for reason in verdict.reasons)


def test_who_joins_after_the_end_enters_but_was_not_there():
    session = online(starts_in=-timedelta(minutes=81))
    part = session.participations.get(role="observer")

    entrance = services.join_session(session, by=part.user, submission=uuid4())

    part.refresh_from_db()
    assert entrance.address == LINK
    assert part.attendance == ""
    assert not CheckIn.objects.exists()


def test_a_lesson_that_began_late_counts_until_it_is_over_by_its_clock():
    session = online(starts_in=-timedelta(minutes=81))
    late = session.starts_at + timedelta(minutes=20)
    ModelSession.objects.filter(pk=session.pk).update(clock_started_at=late)
    part = session.participations.get(role="observer")

    services.join_session(session, by=part.user, submission=uuid4())

    part.refresh_from_db()
    assert part.attendance == "late"


def test_nobody_joins_what_is_in_person_or_cancelled():
    in_person, cancelled = online(mode="in_person"), online(status="cancelled")

    assert not rules.may_join(in_person.teacher, in_person)
    assert not rules.may_join(cancelled.teacher, cancelled)


def test_joining_is_written_down_once_and_leads_to_the_link():
    session = online()
    part = session.participations.get(role="observer")

    first = services.join_session(session, by=part.user, submission=uuid4())
    services.join_session(session, by=part.user, submission=uuid4())

    part.refresh_from_db()
    assert first.address == LINK
    assert "Google Meet" in str(first.hint)
    assert (part.attendance, part.method) == ("present", "online")
    assert CheckIn.objects.count() == 1


def test_the_guru_model_joins_without_a_part_of_her_own():
    session = online()

    services.join_session(session, by=session.teacher, submission=uuid4())

    assert not session.participations.filter(user=session.teacher).exists()


def test_who_is_refused_is_not_written_down():
    session = online(starts_in=timedelta(days=1))
    observer = session.participations.get(role="observer").user

    with pytest.raises(PermissionDenied, match="Ruang dibuka"):
        services.join_session(session, by=observer, submission=uuid4())

    assert not CheckIn.objects.exists()


def test_jitsi_is_entered_by_a_name_that_nobody_guesses(settings):
    settings.JITSI_URL = "https://meet.example.id"
    session = online(provider="jitsi", online_link="")

    entrance = services.join_session(session, by=session.teacher, submission=uuid4())

    assert entrance.address.startswith("https://meet.example.id/")
    assert session.secret not in entrance.address


@pytest.fixture
def bbb(settings, monkeypatch):
    monkeypatch.setattr(rooms, "PATIENCE", 0.3)
    monkeypatch.setattr(rooms, "PAUSE", 0.01)
    with run_bbb_server("shared secret") as server:
        settings.BBB_URL, settings.BBB_SECRET = server.url, "shared secret"
        yield server


def test_bigbluebutton_opens_one_room_for_all(bbb):
    session = online(provider="bigbluebutton", online_link="")
    observer = session.participations.get(role="observer").user

    hers = services.join_session(session, by=session.teacher, submission=uuid4())
    theirs = services.join_session(session, by=observer, submission=uuid4())

    assert len(bbb.meetings) == 1
    assert "role=MODERATOR" in hers.address
    assert "role=VIEWER" in theirs.address


def test_nobody_is_present_in_a_room_that_did_not_answer(bbb):
    session = online(provider="bigbluebutton", online_link="")
    observer = session.participations.get(role="observer").user
    bbb.failures = [500, 500, 500]

    with pytest.raises(RoomUnavailable):
        services.join_session(session, by=observer, submission=uuid4())

    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    ("who", "moderates"),
    [
        ("board", True),
        ("guru model", True),
        ("observer", False),
        ("member", False),
        ("core teacher", False),
    ],
)
def test_who_moderates(who: str, moderates: bool):
    session = online()

    assert rules.moderates(who_is(who, session), session) is moderates


def test_speakers_moderate_too():
    session = online()
    speaker, member = make.person(), make.member(session.group)
    services.invite(session, speaker, by=session.planned_by, role="resource_person")
    session.agenda.create(position=1, title="Refleksi", minutes=20, speaker=member)

    assert rules.moderates(speaker, session)
    assert rules.moderates(member, session)
