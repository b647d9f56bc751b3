"""Being there: the codes on the screen, the six digits, the QR code's link and late arrivals."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from sessions import codes
from sessions.models import CheckIn, ModelSession
from tests import make

pytestmark = pytest.mark.django_db


def begun() -> ModelSession:
    return make.session(starts_in=timedelta(minutes=-40))


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def digits(session: ModelSession) -> str:
    return codes.digits(session.pk, session.secret, timezone.now())


def link(session: ModelSession, ago: timedelta = timedelta()) -> str:
    token = codes.qr_token(session.pk, session.secret, timezone.now() - ago)
    return reverse("scan", args=[token])


def test_the_screen_shows_the_codes_of_now_and_htmx_asks_for_the_part_alone():
    session = begun()
    client = client_of(session.planned_by)
    make.check_in(to=session, by=session.planned_by)

    page = client.get(reverse("attendance-codes", args=[session.pk])).content.decode()
    part = client.get(
        reverse("attendance-codes", args=[session.pk]), headers={"HX-Request": "true"}
    ).content.decode()

    code = digits(session)
    for shown in (page, part):
        assert f"{code[:3]} {code[3:]}" in shown
        assert "<svg" in shown
        assert "<b>1</b> sudah hadir" in shown
    assert "<html" in page
    assert "<html" not in part


def test_the_screen_asks_as_much_for_one_as_for_thirty():
    session = begun()
    client = client_of(session.planned_by)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("attendance-codes", args=[session.pk]))
        return len(asked)

    few = queries()
    for _number in range(30):
        make.check_in(to=session, by=make.member(session.group))

    assert queries() == few


def test_thirty_people_behind_one_address_get_in():
    session = begun()
    people = [make.member(session.group) for _number in range(30)]

    for person in people:
        answer = client_of(person).post(
            reverse("check-in", args=[session.pk]),
            {"code": digits(session), "submission": str(uuid4())},
            REMOTE_ADDR="36.90.1.1",
        )
        assert answer.status_code == 302

    assert session.participations.filter(method="code").count() == 30


def test_a_wrong_code_says_so_and_five_say_until_when():
    session = begun()
    client = client_of(session.planned_by)
    wrong = f"{(int(digits(session)) + 1) % 10**6:06}"

    answers = [
        client.post(
            reverse("check-in", args=[session.pk]), {"code": wrong, "submission": str(uuid4())}
        )
        for _try in range(6)
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert "salah atau sudah lewat" in answers[0].content.decode()
    assert "Sudah lima kali salah" in answers[5].content.decode()


def test_a_scan_changes_nothing_until_the_button_is_pressed():
    session = begun()
    client = client_of(session.planned_by)
    address = link(session)

    page = client.get(address)
    assert page.status_code == 200
    assert not CheckIn.objects.exists()

    client.post(address, {"submission": str(uuid4())})
    assert CheckIn.objects.get().method == "qr"


def test_signing_in_first_loses_no_moment(monkeypatch: pytest.MonkeyPatch):
    session = begun()
    client, address, scanned = Client(), link(session), timezone.now()

    to_sign_in = client.get(address)
    client.force_login(session.planned_by)
    later = scanned + timedelta(minutes=10)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.get(address)
    client.post(address, {"submission": str(uuid4())})

    assert to_sign_in["Location"] == f"/accounts/login/?next={address}"
    assert abs(CheckIn.objects.get().at - scanned) < timedelta(seconds=5)


def test_a_scan_is_worth_nothing_on_another_phone_nor_after_a_quarter_of_an_hour(
    monkeypatch: pytest.MonkeyPatch,
):
    session = begun()
    mine, other = client_of(session.planned_by), client_of(session.model_teacher)
    address, scanned = link(session), timezone.now()
    mine.get(address)

    monkeypatch.setattr(timezone, "now", lambda: scanned + timedelta(minutes=3))
    assert other.get(address).status_code == 410
    assert other.post(address, {"submission": str(uuid4())}).status_code == 410
    assert mine.get(address).status_code == 200

    monkeypatch.setattr(timezone, "now", lambda: scanned + timedelta(minutes=16))
    assert mine.post(address, {"submission": str(uuid4())}).status_code == 410
    assert not CheckIn.objects.exists()


def test_who_is_not_on_the_list_is_sent_to_the_board():
    session = begun()

    page = client_of(make.person()).get(link(session)).content.decode()

    assert "Minta pengurus mencatat" in page
    assert "<form" not in page.split("<main")[1]


def test_here_lists_todays_sessions_of_mine_with_what_is_written():
    session = make.session(starts_in=timedelta(minutes=-1))
    make.session(starts_in=timedelta(minutes=-1))
    make.check_in(to=session, by=session.planned_by)

    page = client_of(session.planned_by).get(reverse("here")).content.decode()

    assert page.count('href="/here/') == 1
    assert "status-sent" in page


# --- what a phone kept


def send(by: User, session: ModelSession, **words: object):
    return client_of(by).post(
        reverse("session-check-in", args=[session.pk]),
        json.dumps({"submission": str(uuid4()), **words}),
        content_type="application/json",
    )


def test_a_kept_scan_counts_for_its_moment_and_once():
    session = begun()
    now = timezone.now()
    scanned = now - timedelta(minutes=30)
    words = {
        "token": codes.qr_token(session.pk, session.secret, scanned),
        "scanned_at": scanned.isoformat(),
        "sent_at": now.isoformat(),
        "submission": str(uuid4()),
        "person": session.planned_by.pk,
    }

    first, again = (send(session.planned_by, session, **words) for _twice in range(2))

    assert first.status_code == again.status_code == 200
    assert first.json()["method"] == "qr"
    found = CheckIn.objects.get()
    assert abs(found.at - scanned) < timedelta(seconds=5)
    assert found.was_sent_later


def test_a_phone_with_a_clock_gone_wild_is_told_so():
    session = begun()
    moments = {"scanned_at": "0002-01-01T00:00:00Z", "sent_at": "9998-01-01T00:00:00Z"}

    answer = send(session.planned_by, session, code=digits(session), **moments)

    assert answer.status_code == 400
    assert not CheckIn.objects.exists()


def test_a_scan_kept_for_one_account_is_not_taken_from_another():
    session = begun()

    answer = send(
        session.model_teacher, session, code=digits(session), person=session.planned_by.pk
    )

    assert answer.status_code == 409
    assert not CheckIn.objects.exists()


def test_a_code_or_a_token_and_not_both():
    session = begun()

    for words in ({}, {"code": "123456", "token": "x"}):
        assert send(session.planned_by, session, **words).status_code == 400
