from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from sessions import services
from sessions.models import ModelSession
from tests import make
from tests.sessions.calendar_clients import faults_in

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")
CALENDAR = reverse("api-calendar")
FEEDS = reverse("calendar-feed-list")


def api(user: User) -> APIClient:
    program = APIClient()
    program.force_authenticate(User.objects.get(pk=user.pk))
    return program


def meeting(group, *when: int, **facts) -> ModelSession:
    start = datetime(*when, tzinfo=WITA)
    facts = {"kind": "sharing", "title": "Berbagi", "planned_by": make.chair(group)} | facts
    return ModelSession.objects.create(
        group=group, starts_at=start, ends_at=start + timedelta(hours=2), **facts
    )


def test_calendar_gives_the_sessions_and_days_off_between_two_days():
    group, other = make.group(), make.group()
    member = make.member(group)
    first = meeting(group, 2026, 12, 1, 0, 0)
    last = meeting(group, 2026, 12, 31, 23, 0)
    meeting(group, 2027, 1, 1, 0, 0)
    meeting(other, 2026, 12, 2, 9)

    answer = api(member).get(CALENDAR, {"first": "2026-12-01", "last": "2026-12-31"}).json()

    assert [one["id"] for one in answer["sessions"]] == [first.pk, last.pk]
    assert answer["sessions"][0]["kind"] == "sharing"
    assert answer["is_cut"] is False
    assert answer["holidays"][0] == {
        "day": "2026-12-24",
        "name": "Cuti Bersama Hari Raya Natal",
        "is_joint_leave": True,
        "is_estimated": False,
    }


def test_calendar_of_one_group():
    group = make.group()
    member = make.member(group)
    meeting(group, 2026, 12, 1, 9)
    span = {"first": "2026-12-01", "last": "2026-12-31"}

    def found(**asked: object) -> int:
        return len(api(member).get(CALENDAR, span | asked).json()["sessions"])

    assert found(group=group.pk) == 1
    assert found(group=make.group().pk) == 0
    assert api(member).get(CALENDAR, span | {"group": 0}).status_code == 400


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-12-01", "2027-12-01"), ("2026-12-02", "2026-12-01"), ("x", "2026-12-01"), ("", "")],
)
def test_calendar_of_too_many_days_or_of_none_is_refused(first, last):
    answer = api(make.person()).get(CALENDAR, {"first": first, "last": last})

    assert answer.status_code == 400


def test_calendar_asks_the_same_for_one_session_and_for_sixty(django_assert_num_queries):
    group = make.group()
    member, span = make.member(group), {"first": "2026-12-01", "last": "2026-12-31"}
    meeting(group, 2026, 12, 1, 9)
    api(member).get(CALENDAR, span)
    with django_assert_num_queries(4) as one:
        api(member).get(CALENDAR, span)
    for number in range(60):
        meeting(group, 2026, 12, 1 + number % 30, 9)

    with django_assert_num_queries(len(one)):
        answer = api(member).get(CALENDAR, span)

    assert len(answer.json()["sessions"]) == 61


def test_address_is_made_once_listed_and_closed():
    group = make.group()
    member = make.member(group)

    made = api(member).post(FEEDS, {"group": group.pk}, format="json")
    again = api(member).post(FEEDS, {"group": group.pk}, format="json")
    mine = api(member).post(FEEDS, {}, format="json")

    assert (made.status_code, again.json()) == (201, made.json())
    assert mine.json()["group"] is None
    assert len(api(member).get(FEEDS).json()["results"]) == 2
    assert Client().get(made.json()["url"]).status_code == 200

    feed = made.json()["id"]
    closed = api(member).post(reverse("calendar-feed-revoke", args=[feed]))

    assert closed.json()["revoked_at"] is not None
    assert Client().get(made.json()["url"]).status_code == 404
    assert api(member).post(reverse("calendar-feed-revoke", args=[feed])).status_code == 403


def test_address_for_a_group_of_others_is_refused_with_the_reason():
    answer = api(make.person()).post(FEEDS, {"group": make.group().pk}, format="json")

    assert answer.status_code == 403
    assert "Hanya anggota kelompok" in str(answer.json())


def test_session_is_fetched_as_a_file():
    session = make.session()
    services.cancel_session(session, by=session.planned_by, reason="Jalan putus.")

    answer = api(session.teacher).get(reverse("session-calendar", args=[session.pk]))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert faults_in(answer.content) == []
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
