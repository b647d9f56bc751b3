import re
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from groups.models import Group
from sessions import services
from sessions.models import ModelSession, Series
from sessions.recurrence import Rule, Weekly
from tests import make

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")


def client(person: User) -> Client:
    found = Client()
    found.force_login(person)
    return found


def words(group: Group, **changes: Any) -> dict[str, Any]:
    make.phase()
    teacher = make.member(group)
    return {
        "submission": str(uuid4()),
        "title": "Perbandingan senilai",
        "goal": "Murid menemukan pola.",
        "grade": "7",
        "teacher": str(teacher.pk),
        "starts_at": "2027-07-13T14:00",
        "ends_at": "2027-07-13T15:20",
        "mode": "in_person",
        "place": "Aula",
        "repeat": "weekly",
        "every": "1",
        "times": "6",
    } | changes


def seen_in(page: str) -> str:
    found = re.search(r'name="seen"\s+value="([^"]*)"', page)
    return found[1] if found else ""


def test_a_series_is_planned_after_its_dates_were_looked_at():
    group = make.group()
    browser, sent = client(make.chair(group)), words(group)
    url = f"{reverse('plan-session')}?group={group.pk}"

    first = browser.post(url, sent)
    page = first.content.decode()

    assert first.status_code == 422
    assert "Lewati Selasa, 17 Agustus 2027" in page
    assert re.search(r'value="2027-08-17"\s+checked', page)
    assert not Series.objects.exists()
    seen = seen_in(page)
    second = browser.post(url, sent | {"seen": seen, "skip": ["2027-08-17"]})
    third = browser.post(url, sent | {"seen": seen, "skip": ["2027-08-17"]})
    made = Series.objects.get()
    assert second["Location"] == third["Location"] == reverse("series", args=[made.pk])
    assert made.sessions.count() == 5
    shown = browser.get(second["Location"]).content.decode()
    assert "Setiap Selasa, 6 kali" in shown
    assert "17 Agustus 2027" in shown


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"repeat": "weekday"}, "FREQ=MONTHLY;BYDAY=2TU;COUNT=6"),
        ({"repeat": "last"}, "FREQ=MONTHLY;BYDAY=-1TU;COUNT=6"),
        ({"repeat": "day", "every": "2"}, "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=13;COUNT=6"),
        ({"until": "2027-08-03"}, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270803T155959Z"),
    ],
)
def test_the_rule_follows_from_the_start(changes: dict[str, str], rule: str):
    group = make.group()
    browser, sent = client(make.chair(group)), words(group, **changes)
    url = f"{reverse('plan-session')}?group={group.pk}"

    seen = seen_in(browser.post(url, sent).content.decode())
    browser.post(url, sent | {"seen": seen})

    assert Series.objects.get().rule == rule


def test_without_a_rule_one_session_is_planned():
    group = make.group()
    browser, sent = client(make.chair(group)), words(group, repeat="", starts_at="2027-07-13T14:00")
    url = f"{reverse('plan-session')}?group={group.pk}"

    browser.post(url, sent | {"despite": "weekday school-hours"})

    assert ModelSession.objects.count() == 1
    assert not Series.objects.exists()


def test_a_rule_that_cannot_be_is_refused_with_a_sentence():
    group = make.group()
    browser = client(make.chair(group))
    sent = words(group, repeat="weekday", times="60")

    answer = browser.post(f"{reverse('plan-session')}?group={group.pk}", sent)

    assert answer.status_code == 422
    assert "paling lama dua tahun" in answer.content.decode()


def lessons(group: Group) -> Series:
    start = datetime(2027, 7, 13, 14, tzinfo=WITA)
    lesson = {"kind": "lesson", "teacher": make.member(group), "phase": make.phase(), "grade": 7}
    end = start.replace(hour=15)
    rule = Rule(Weekly((1,)), count=4)
    return make.series(of=group, starts_at=start, ends_at=end, rule=rule, **lesson)


@pytest.mark.parametrize(("scope", "changed"), [("one", 1), ("following", 3), ("all", 4)])
def test_a_change_reaches_as_far_as_was_chosen(scope: str, changed: int):
    series = lessons(make.group())
    session = series.sessions.order_by("starts_at")[1]
    browser = client(series.made_by)
    url = reverse("change-session", args=[session.pk])
    assert "Semua yang belum berlangsung" in browser.get(url).content.decode()
    sent = {
        "scope": scope,
        "title": "Lain",
        "goal": session.goal,
        "grade": "7",
        "starts_at": "2027-07-20T14:00",
        "ends_at": "2027-07-20T15:00",
        "mode": "in_person",
        "place": "Aula",
    }

    answer = browser.post(url, sent)

    assert answer.status_code == 302, answer.content.decode()
    assert ModelSession.objects.filter(title="Lain").count() == changed


@pytest.mark.parametrize(("scope", "changed"), [("one", 1), ("following", 3), ("all", 4)])
def test_cancelling_reaches_as_far_as_was_chosen(scope: str, changed: int):
    series = lessons(make.group())
    session = series.sessions.order_by("starts_at")[1]
    sent = {"scope": scope, "cancel_reason": "Ujian sekolah."}

    client(series.made_by).post(reverse("cancel-session", args=[session.pk]), sent)

    assert ModelSession.objects.filter(status="cancelled").count() == changed


def test_the_guru_model_changes_her_session_alone():
    series = lessons(make.group())
    session = series.sessions.earliest("starts_at")

    page = client(session.teacher).get(reverse("change-session", args=[session.pk]))

    assert "Semua yang belum berlangsung" not in page.content.decode()


def test_the_page_of_a_session_leads_to_its_series():
    series = lessons(make.group())
    session = series.sessions.earliest("starts_at")

    page = client(series.made_by).get(session.get_absolute_url()).content.decode()

    assert series.get_absolute_url() in page


def test_the_list_marks_exceptions_and_takes_as_many_queries_for_many_as_for_few(
    django_assert_num_queries,
):
    group = make.group()
    by = make.chair(group)
    for count in (1, 30):
        series = make.series(of=group, by=by, count=count)
        browser = client(by)
        with django_assert_num_queries(6):
            browser.get(series.get_absolute_url())
    session = series.sessions.latest("starts_at")
    services.change_session(session, by=by, title="Lain")

    page = client(by).get(series.get_absolute_url()).content.decode()

    assert page.count("Diubah sendiri") == 1
