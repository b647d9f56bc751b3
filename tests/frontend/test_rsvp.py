"""The page behind a personal link: what it shows to whom, and what its buttons do."""

from datetime import timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from sessions import services
from sessions.models import AgendaItem, ModelSession, Participation
from tests import make
from tests.sessions.calendar_clients import faults_in

pytestmark = pytest.mark.django_db


def invited(**state: object) -> Participation:
    return make.session(**state).participations.get()


def url_of(part: Participation) -> str:
    return reverse("rsvp", args=[services.personal_token(part)])


def later(part: Participation, **ago: float) -> None:
    """Let the session have ended that long ago."""
    end = timezone.now() - timedelta(**ago)
    ModelSession.objects.filter(pk=part.session_id).update(
        starts_at=end - timedelta(hours=1), ends_at=end
    )


def test_a_stranger_with_the_link_reads_the_invitation_and_is_not_signed_in(client):
    part = invited()
    AgendaItem.objects.create(session=part.session, position=1, title="Pembukaan", minutes=10)

    answer = client.get(url_of(part))

    page = answer.text
    assert answer.status_code == 200
    for words in (
        part.session.title,
        part.user.name,
        part.session.teacher.full_name,
        "Kebun sekolah",
        "Pembukaan",
        "1\xa0belum\xa0menjawab",
    ):
        assert words in page
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in client.cookies
    assert client.get(part.session.get_absolute_url()).status_code == 302


def test_page_shows_nothing_that_is_for_the_group_alone(client):
    group = make.group()
    other = make.member(group)
    session = make.session(of=group)
    session.online_link = "https://meet.example.id/rahasia"
    session.mode = "blended"
    session.save()
    services.answer_invitation(
        make.participation(session, other), by=other, answer="not_coming", reason="Anak sakit."
    )

    page = client.get(url_of(make.participation(session, session.planned_by))).text

    assert "meet.example.id" not in page
    assert other.name not in page
    assert "Anak sakit" not in page
    assert "1\xa0berhalangan" in page


def test_one_tap_answers_also_for_a_browser_that_checks_forms(client):
    part = invited()
    client = Client(enforce_csrf_checks=True)
    url = url_of(part)
    client.get(url)
    mark = client.cookies["csrftoken"].value

    answered = client.post(url, {"answer": "coming", "csrfmiddlewaretoken": mark})
    forged = Client(enforce_csrf_checks=True).post(url, {"answer": "maybe"})

    part.refresh_from_db()
    assert answered.url == f"{url}#answer"
    assert part.answer == "coming"
    assert forged.status_code == 403
    assert "Jawaban Bapak/Ibu" in client.get(url).text


def test_answer_is_changed_with_a_reason_and_sent_twice_counts_once(client):
    part = invited()
    url = url_of(part)

    client.post(url, {"answer": "maybe"})
    for _ in range(2):
        client.post(url, {"answer": "not_coming", "reason": "Ada rapat."})
    wrong = client.post(url, {"answer": "online"})

    part.refresh_from_db()
    assert (part.answer, part.answer_reason) == ("not_coming", "Ada rapat.")
    assert wrong.status_code == 422
    assert "Pilih salah satu jawaban." in wrong.text


def test_revoked_expired_and_forged_links_are_told_apart(client):
    part, revoked = invited(), invited()
    dead = url_of(revoked)
    services.revoke_link(revoked, by=revoked.session.planned_by)
    live = url_of(part)
    later(part, minutes=1)

    gone, over = client.get(dead), client.get(live)

    assert gone.status_code == over.status_code == 410
    assert f"Minta tautan baru kepada pengurus {revoked.session.group.name}" in gone.text
    assert revoked.session.title not in gone.text
    assert revoked.user.name not in gone.text
    assert "Sesi ini sudah selesai." in over.text
    assert part.session.get_absolute_url() in over.text
    assert client.post(live, {"answer": "coming"}).status_code == 410
    assert client.get("/r/1.1.0.abc/").status_code == 404
    assert gone.headers["Cache-Control"] == "private, no-store"


def test_a_guest_reads_on_for_two_weeks_but_answers_no_more(client):
    session = make.session()
    part = services.invite_guest(
        session, by=session.planned_by, name="Sitti Rahma", institution="BPMP"
    )
    url = url_of(part)
    client.post(url, {"answer": "coming"})
    later(part, days=3)

    page, answer = client.get(url), client.post(url, {"answer": "not_coming"})

    assert page.status_code == 200
    assert 'name="answer"' not in page.text
    assert answer.status_code == 403
    later(part, days=15)
    assert client.get(url).status_code == 410


def test_cancelled_session_is_said_and_takes_no_answer(client):
    part = invited(cancelled=True)
    url = url_of(part)

    assert "Sesi ini dibatalkan" in client.get(url).text
    assert client.post(url, {"answer": "coming"}).status_code == 403


def test_who_is_signed_in_as_somebody_else_is_told_for_whom_the_page_acts(client):
    part = invited()
    other = make.member(part.session.group)
    client.force_login(other)

    page = client.get(url_of(part)).text
    client.post(url_of(part), {"answer": "coming"})
    client.force_login(part.user)

    assert f"tercatat untuk {part.user}" in page
    assert "tercatat untuk" not in client.get(url_of(part)).text
    part.refresh_from_db()
    assert part.answer == "coming"


def test_full_session_says_so_and_shows_the_turn(client):
    group = make.group()
    people = [make.member(group) for _ in range(3)]
    session = make.session(of=group)
    ModelSession.objects.filter(pk=session.pk).update(capacity=1)
    parts = [make.participation(session, one) for one in people]
    client.post(url_of(parts[0]), {"answer": "coming"})

    before = client.get(url_of(parts[1])).text
    for part in parts[1:]:
        client.post(url_of(part), {"answer": "coming"})

    assert "masuk daftar tunggu" in before
    assert "Daftar tunggu nomor 1" in client.get(url_of(parts[1])).text
    assert "Daftar tunggu nomor 2" in client.get(url_of(parts[2])).text
    assert "1\xa0hadir · 2\xa0menunggu\xa0tempat" in client.get(url_of(parts[0])).text


def test_page_speaks_the_language_and_time_zone_of_the_invited(client):
    part = invited()
    User.objects.filter(pk=part.user_id).update(language="en", time_zone="Asia/Jakarta")

    answer = client.get(url_of(part))

    assert answer.headers["Content-Language"] == "en"
    assert "WIB" in answer.text


def test_preview_names_nobody_and_needs_no_cookie():
    part = invited()

    page = Client().get(url_of(part)).text

    metas = [line for line in page.split("<meta ") if line.startswith('property="og:')]
    preview = " ".join(meta.split(">")[0] for meta in metas)
    assert part.session.title in preview
    assert part.session.group.name in preview
    assert "Kebun sekolah" in preview
    assert "http://testserver/static/frontend/preview.png" in preview
    assert part.user.name not in preview
    assert part.session.teacher.name not in preview


def test_session_goes_into_the_calendar_of_who_is_not_signed_in(client):
    part = invited()
    User.objects.filter(pk=part.user_id).update(time_zone="Asia/Jayapura")
    file = f"{url_of(part)}calendar.ics"

    page, answer = client.get(url_of(part)).text, client.get(file)

    assert f'href="{file}"' in page
    google = page.split("calendar.google.com")[1].split('"')[0]
    assert services.personal_token(part) not in google
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert faults_in(answer.content) == []
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == part.session.title
    assert event["DTSTART"].dt == part.session.starts_at.replace(microsecond=0)
    assert event["DTSTART"].params["TZID"] == "Asia/Jayapura"
    assert part.user.name not in answer.text
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("is_over", [True, False])
def test_what_is_over_or_cancelled_is_not_offered_to_the_calendar(client, is_over):
    part = invited(cancelled=not is_over)
    User.objects.filter(pk=part.user_id).update(is_guest=True, is_active=False)
    if is_over:
        later(part, days=1)

    assert "calendar.ics" not in client.get(url_of(part)).text


def test_calendar_of_a_spent_link_is_gone(client):
    part = invited()
    file = f"{url_of(part)}calendar.ics"
    services.revoke_link(part, by=part.session.planned_by)

    assert client.get(file).status_code == 410


def test_page_asks_the_same_for_few_and_many(client, django_assert_max_num_queries):
    group = make.group()
    few = make.session(of=group)
    for _ in range(30):
        make.member(group)
    many = make.session(of=group)
    ModelSession.objects.update(capacity=5)

    for session, at_most in ((few, 6), (many, 6)):
        url = url_of(session.participations.first())
        with django_assert_max_num_queries(at_most):
            client.get(url)


def test_an_answer_changed_without_end_is_stopped_for_that_link_alone(client):
    part, other = invited(), invited()
    words = ["coming", "maybe"] * 16

    statuses = [client.post(url_of(part), {"answer": word}).status_code for word in words]

    assert statuses == [302] * 30 + [429] * 2
    assert client.post(url_of(other), {"answer": "coming"}).status_code == 302
