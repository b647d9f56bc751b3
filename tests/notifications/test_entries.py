"""Letters that put a session into the reader's calendar, read as a mail program reads them."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from django.utils import timezone

from accounts.models import User
from activity.services import relay
from notifications.models import Letter, Notice
from notifications.services import send_due_letters, tell
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Participation, Series
from tests import make
from tests.notifications.post_office import PostOffice, open_post_office
from tests.sessions.calendar_clients import expanded, faults_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings):
    settings.SITE_URL = "https://mgmp.example.id"
    settings.DEFAULT_FROM_EMAIL = "Smart MGMP <surat@mgmp.example.id>"
    with open_post_office() as office:
        settings.MAILERS = office.settings
        yield office


def planned() -> tuple[ModelSession, Participation]:
    """A session, and the part of a member who is invited to it."""
    group = make.group()
    person = make.member(group)
    session = make.session(of=group)
    return session, make.participation(session, person)


def deliver(office: PostOffice, person: User):
    """What the calendar of each new letter to a person says, None for a letter without."""
    relay()
    office.received.clear()
    send_due_letters()
    letters = [letter for letter in office.received if letter["To"] == person.email]
    return [_entry(letter) for letter in letters]


def _entry(letter):
    parts = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    if not parts:
        return None
    [part] = parts
    content = part.get_payload(decode=True)
    assert faults_in(content) == []
    assert letter.get_body(("html",)) is not None
    parsed = icalendar.Calendar.from_ical(content)
    # What a mail program goes by must be what stands inside.
    assert part.get_param("method") == parsed["METHOD"]
    assert part.get_content_charset() == "utf-8"
    assert len({str(event["UID"]) for event in parsed.walk("VEVENT")}) == 1
    return parsed


def event_of(calendar):
    [event] = calendar.walk("VEVENT")
    return event


def test_invitation_asks_its_reader_alone(office):
    session, part = planned()

    [calendar] = deliver(office, part.user)

    event = event_of(calendar)
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{session.uid}@mgmp.example.id"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event.start == session.starts_at.replace(microsecond=0)
    assert event["ORGANIZER"] == "mailto:surat@mgmp.example.id"
    assert event["ORGANIZER"].params["CN"] == str(session.group)
    attendee = event["ATTENDEE"]
    assert attendee == f"mailto:{part.user.email}"
    assert attendee.params["PARTSTAT"] == "NEEDS-ACTION"
    assert attendee.params["RSVP"] == "TRUE"
    assert str(part.user) == attendee.params["CN"]


def test_guru_model_is_not_asked_again(office):
    session = make.session()

    [calendar] = deliver(office, session.teacher)

    assert event_of(calendar)["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_change_and_cancelling_raise_the_sequence_of_the_same_entry(office):
    session, part = planned()
    person = part.user
    [invitation] = deliver(office, person)

    services.change_session(session, by=session.planned_by, despite=EVERYTHING, place="Aula SMPN 1")
    [change] = deliver(office, person)
    services.cancel_session(session, by=session.planned_by, reason="Jalan putus.")
    [cancelling] = deliver(office, person)

    told = [invitation, change, cancelling]
    assert [calendar["METHOD"] for calendar in told] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [event_of(calendar) for calendar in told]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert "Aula SMPN 1" in str(events[1]["LOCATION"])
    assert "Jalan putus" not in cancelling.to_ical().decode()
    assert "RSVP" not in events[2]["ATTENDEE"].params


@pytest.mark.parametrize(
    ("answer", "status"),
    [("coming", "ACCEPTED"), ("not_coming", "DECLINED"), ("", "NEEDS-ACTION")],
)
def test_change_keeps_what_was_answered(office, answer, status):
    session, part = planned()
    deliver(office, part.user)
    if answer:
        services.answer_invitation(part, by=part.user, answer=answer)

    services.change_session(session, by=session.planned_by, despite=EVERYTHING, place="Aula SMPN 1")

    [calendar] = deliver(office, part.user)
    assert event_of(calendar)["ATTENDEE"].params["PARTSTAT"] == status


def test_who_waits_for_a_place_has_not_accepted(office):
    session, part = planned()
    deliver(office, part.user)
    services.answer_invitation(part, by=part.user, answer="coming")
    session.participations.create(user=make.member(session.group), answer="coming")
    session.participations.filter(pk=part.pk).update(queue_number=1)
    ModelSession.objects.filter(pk=session.pk).update(capacity=1)

    services.change_session(session, by=session.planned_by, despite=EVERYTHING, place="Aula SMPN 1")

    [calendar] = deliver(office, part.user)
    assert event_of(calendar)["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"


def test_moved_session_is_asked_again(office):
    session, part = planned()
    services.answer_invitation(part, by=part.user, answer="coming")
    deliver(office, part.user)
    later = session.starts_at.replace(microsecond=0) + timedelta(days=1)

    services.change_session(
        session,
        by=session.planned_by,
        despite=EVERYTHING,
        starts_at=later,
        ends_at=later + timedelta(hours=1),
    )

    [calendar] = deliver(office, part.user)
    event = event_of(calendar)
    assert event.start == later
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_letter_that_leaves_late_says_what_holds_now(office):
    session, part = planned()
    person = part.user
    relay()
    services.cancel_session(session, by=session.planned_by, reason="Jalan putus.")

    invitation, cancelling = deliver(office, person)

    assert invitation is None
    assert cancelling["METHOD"] == "CANCEL"


def test_reminder_and_letters_about_what_was_held_bring_no_entry(office):
    session = make.session(starts_in=timedelta(hours=5))
    person = session.participations.order_by("pk").first().user
    deliver(office, person)
    services.remind_of_sessions(timezone.now())
    assert deliver(office, person) == [None]

    held = make.session(held=True)
    person = held.participations.order_by("pk").first().user
    [notice] = tell([person], Notice.Kind.CHANGED, lambda: "Berubah.", url="/", session=held)
    assert deliver(office, person)[-1] is None
    assert notice.letter in Letter.objects.filter(sent_at__isnull=False)


def test_who_has_no_part_is_told_without_an_entry(office):
    session, stranger = make.session(), make.person()
    tell([stranger], Notice.Kind.CHANGED, lambda: "Berubah.", url="/", session=session)

    assert deliver(office, stranger) == [None]


def invited_to(series: Series) -> User:
    """A member of the group who is told about the whole series."""
    person = make.member(series.group)
    for one in series.sessions.exclude(participations__user=person):
        one.participations.create(user=person)
    return person


def tell_of(person: User, series: Series, kind: Notice.Kind = Notice.Kind.CHANGED) -> None:
    tell([person], kind, lambda: "Rangkaian.", url="/", series=series)


def forget_letters() -> None:
    relay()
    Letter.objects.all().delete()


def test_invitation_to_a_series_is_one_entry_with_its_rule(office):
    series = make.weekly(times=4)
    person = invited_to(series)
    forget_letters()
    tell_of(person, series, Notice.Kind.INVITED)

    [calendar] = deliver(office, person)

    event = event_of(calendar)
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4"
    assert event["UID"] == f"{series.uid}@mgmp.example.id"
    assert event["ATTENDEE"] == f"mailto:{person.email}"
    starts = [start for _uid, start, _end, _title, _status in expanded(calendar.to_ical())]
    assert starts == [
        int(one.starts_at.timestamp()) for one in series.sessions.order_by("occurs_at")
    ]


def test_letter_about_a_series_leaves_out_what_was_cancelled_and_shows_what_was_answered(office):
    series = make.weekly(times=4)
    person = invited_to(series)
    first, second, third, _fourth = series.sessions.order_by("occurs_at")
    services.cancel_session(second, by=series.made_by, reason="Libur.")
    services.answer_invitation(make.participation(third, person), by=person, answer="coming")
    forget_letters()
    tell_of(person, series)

    [calendar] = deliver(office, person)

    master, answered = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert [one.dt for one in master["EXDATE"].dts] == [second.occurs_at]
    assert master["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert answered["RECURRENCE-ID"].dt == third.occurs_at
    assert answered["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert len(expanded(calendar.to_ical())) == 3
    assert first.occurs_at == master.start


def test_series_that_was_called_off_is_cancelled_as_one(office):
    series = make.weekly(times=2)
    person = invited_to(series)
    for session in series.sessions.all():
        services.cancel_session(session, by=series.made_by, reason="Bubar.")
    forget_letters()
    tell_of(person, series)

    [calendar] = deliver(office, person)

    assert calendar["METHOD"] == "CANCEL"
    assert (event_of(calendar)["STATUS"], "RRULE" in event_of(calendar)) == ("CANCELLED", True)


def test_change_of_one_session_of_a_series_is_about_that_occurrence(office):
    series = make.weekly(times=3)
    person = invited_to(series)
    session: ModelSession = series.sessions.order_by("occurs_at")[1]
    forget_letters()
    later = session.starts_at + timedelta(hours=4)
    services.change_session(
        session,
        by=series.made_by,
        despite=EVERYTHING,
        starts_at=later,
        ends_at=later + timedelta(hours=1),
    )

    [calendar] = deliver(office, person)

    event = event_of(calendar)
    assert event["UID"] == f"{series.uid}@mgmp.example.id"
    assert event["RECURRENCE-ID"].dt == session.occurs_at
    assert event.start == later
    assert event["SEQUENCE"] == 1
    assert "RRULE" not in event


def test_of_a_series_only_that_is_shown_in_which_one_has_a_part(office):
    series = make.weekly(times=3)
    guest = make.person()
    first, *others = series.sessions.order_by("occurs_at")
    for session in others:
        services.invite(session, guest, by=series.made_by, role="resource_person")
    forget_letters()
    tell_of(guest, series)

    [calendar] = deliver(office, guest)

    event = event_of(calendar)
    assert [one.dt for one in event["EXDATE"].dts] == [first.occurs_at]
    starts = [start for _uid, start, _end, _title, _status in expanded(calendar.to_ical())]
    assert starts == [int(session.starts_at.timestamp()) for session in others]
