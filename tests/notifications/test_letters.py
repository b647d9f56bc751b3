"""Letters reach a real mail server on this machine: at least once, each by itself."""

import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.models import Letter, Notice
from notifications.services import send_due_letters, tell
from sessions.services import cancel_session, personal_token
from tests import make
from tests.notifications.post_office import open_post_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings):
    with open_post_office() as office:
        settings.MAILERS = office.settings
        yield office


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def letter_to(person: User, text: str = "Sesi besok.") -> Letter:
    [notice] = tell([person], Notice.Kind.SOON, lambda: text, url="/sessions/7/")
    return notice.letter


def test_letter_says_what_the_notice_says_and_where_it_leads(office, settings):
    settings.SITE_URL = "https://mgmp.example.id"
    teacher = make.person()
    letter_to(teacher, "Undangan sebagai pengamat: “Mengapa daun hijau?”")

    assert send_due_letters() == 1

    [received] = office.received
    text = received.get_body(("plain",)).get_content()
    html = received.get_body(("html",)).get_content()
    assert received["To"] == teacher.email
    assert received["Subject"] == "Undangan sebagai pengamat: “Mengapa daun hijau?”"
    for body in (text, html):
        assert "Undangan sebagai pengamat: “Mengapa daun hijau?”" in body
        assert "https://mgmp.example.id/sessions/7/" in body
        assert teacher.full_name in body


def test_letter_is_sent_once(office):
    letter_to(make.person())

    assert (send_due_letters(), send_due_letters(), len(office.received)) == (1, 0, 1)


def test_html_in_a_title_stays_text(office):
    letter_to(make.person(), "Sesi “<b>tebal</b>”")

    send_due_letters()

    [received] = office.received
    assert "&lt;b&gt;tebal&lt;/b&gt;" in received.get_body(("html",)).get_content()
    assert "<b>tebal</b>" in received.get_body(("plain",)).get_content()


def test_line_break_in_a_text_makes_no_header(office):
    letter_to(make.person(), "Sesi\nBcc: orang@contoh.id")

    send_due_letters()

    [received] = office.received
    assert received["Subject"] == "Sesi Bcc: orang@contoh.id"
    assert received["Bcc"] is None


@pytest.mark.parametrize("trouble", ["refused", "hangs_up_on"])
def test_one_letter_that_fails_holds_up_no_other(office, trouble):
    lost, *others = [make.person() for _ in range(4)]
    getattr(office, trouble).add(lost.email)
    letters = [letter_to(person) for person in (others[0], lost, *others[1:])]

    assert send_due_letters() == 3

    assert [received["To"] for received in office.received] == [other.email for other in others]
    letters[1].refresh_from_db()
    assert (letters[1].attempts, letters[1].sent_at, letters[1].given_up_at) == (1, None, None)
    assert letters[1].last_error


def test_letter_that_fails_is_tried_after_1_2_4_minutes_and_given_up_after_ten(office, clock):
    person = make.person()
    office.refused.add(person.email)
    letter, waits = letter_to(person), []

    while letter.given_up_at is None:
        assert send_due_letters() == 0
        letter.refresh_from_db()
        waits.append((letter.retry_at - timezone.now()) // timedelta(minutes=1))
        clock.move_to(letter.retry_at)

    assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert (letter.attempts, letter.sent_at) == (10, None)
    office.refused.clear()
    assert send_due_letters() == 0


def test_server_that_is_away_ends_the_run_and_counts_against_one_letter(settings, clock):
    with open_post_office() as office:
        settings.MAILERS = office.settings
    letters = [letter_to(make.person()) for _ in range(3)]

    assert send_due_letters() == 0

    assert [letter.attempts for letter in Letter.objects.order_by("pk")] == [1, 0, 0]
    with open_post_office() as office:
        settings.MAILERS = office.settings
        assert send_due_letters() == 2
        clock.shift(timedelta(minutes=1))
        assert send_due_letters() == 1
        assert len(office.received) == len(letters)


@pytest.mark.usefixtures("office")
def test_letter_of_a_worker_that_died_is_sent_by_the_next(clock):
    letter = letter_to(make.person())
    assert Letter.objects.claim(letter, timezone.now())

    assert send_due_letters() == 0
    clock.shift(timedelta(minutes=5))

    assert send_due_letters() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_mail_runs_at_once_send_each_letter_once(office):
    for _ in range(10):
        letter_to(make.person())
    sent, both = [], threading.Barrier(2)

    def send_with_the_other():
        both.wait()
        sent.append(send_due_letters())
        connection.close()

    runs = [threading.Thread(target=send_with_the_other) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert (sum(sent), len(office.received)) == (10, 10)


def test_invitation_leads_to_the_readers_personal_link_as_long_as_one_answers(office, client):
    session = make.session()
    part = session.participations.get()
    url = session.get_absolute_url()

    def link_in_letter(person: User, kind: Notice.Kind, url: str = url) -> str:
        office.received.clear()
        tell([person], kind, lambda: "Undangan.", url=url)
        send_due_letters()
        text = office.received[-1].get_body(("plain",)).get_content()
        [link] = [word for word in text.split() if word.startswith("http")][:1]
        return link

    asking = [
        link_in_letter(part.user, kind)
        for kind in (Notice.Kind.INVITED, Notice.Kind.CHANGED, Notice.Kind.OWED)
    ]

    assert len(set(asking)) == 1
    path = urlsplit(asking[0]).path
    assert path == reverse("rsvp", args=[personal_token(part)])
    assert client.get(path).status_code == 200
    assert set(Notice.objects.values_list("url", flat=True)) == {url}
    assert urlsplit(link_in_letter(part.user, Notice.Kind.SOON)).path == url
    assert urlsplit(link_in_letter(session.teacher, Notice.Kind.INVITED)).path == url
    assert urlsplit(link_in_letter(part.user, Notice.Kind.OWED, "/groups/1/#x")).path != path
    cancel_session(session, by=session.planned_by, reason="Jalan putus.")
    assert urlsplit(link_in_letter(part.user, Notice.Kind.CHANGED)).path == url
