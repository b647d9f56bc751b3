from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from sessions import services
from sessions.conflicts import EVERYTHING
from tests import make

pytestmark = pytest.mark.django_db
PLAN = {
    "kind": "sharing",
    "title": "Berbagi praktik baik",
    "place": "Aula",
    "starts_at": "2031-01-09T14:00:00+08:00",
    "ends_at": "2031-01-09T16:00:00+08:00",
    "rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=4",
    "despite": ["holiday", "weekday", "school-hours", "sunday", "prayer", "school"],
}


def client(person: User) -> APIClient:
    api = APIClient()
    api.force_authenticate(User.objects.get(pk=person.pk))
    return api


def test_a_series_is_planned_changed_and_cancelled():
    group = make.group()
    api = client(make.chair(group))

    made = api.post(
        "/api/v1/series/", PLAN | {"group": group.pk, "skip": ["2031-01-16"]}, format="json"
    )
    assert made.status_code == 201, made.data
    assert made.data["words"] == "Setiap Kamis, 4 kali"
    assert len(made.data["skipped"]) == 1
    second = made.data["sessions"][1]["id"]

    later = api.patch(
        f"/api/v1/series/{made.data['id']}/",
        {"session": second, "scope": "following", "title": "Baru"},
        format="json",
    )
    assert later.status_code == 200, later.data
    assert later.data["continues"] == made.data["id"]
    assert {each["title"] for each in later.data["sessions"]} == {"Baru"}

    gone = api.post(
        f"/api/v1/series/{later.data['id']}/cancel/",
        {"session": second, "scope": "all", "reason": "Ujian."},
        format="json",
    )
    assert {each["status"] for each in gone.data["sessions"]} == {"cancelled"}


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=3", "FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=61", "x"])
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(rule: str):
    group = make.group()
    sent = PLAN | {"group": group.pk, "rule": rule}

    answer = client(make.chair(group)).post("/api/v1/series/", sent, format="json")

    assert answer.status_code == 400
    assert str(answer.data["rule"][0]).endswith(".")


def test_a_session_of_another_series_is_refused():
    group = make.group()
    one, other = make.series(of=group), make.series(of=group, title="Lain")
    session = other.sessions.earliest("starts_at")

    answer = client(one.made_by).post(
        f"/api/v1/series/{one.pk}/cancel/",
        {"session": session.pk, "scope": "all", "reason": "Ujian."},
        format="json",
    )

    assert answer.status_code in {400, 404}
    assert not other.sessions.filter(status="cancelled").exists()


def test_a_new_rule_moves_the_sessions():
    series = make.series()
    session = series.sessions.earliest("starts_at")
    weekday = (session.starts_at + timedelta(days=1)).strftime("%a").upper()[:2]

    answer = client(series.made_by).patch(
        f"/api/v1/series/{series.pk}/",
        {
            "session": session.pk,
            "scope": "all",
            "rule": f"FREQ=WEEKLY;BYDAY={weekday};COUNT=3",
            "despite": PLAN["despite"],
        },
        format="json",
    )

    assert answer.status_code == 200, answer.data
    assert len(answer.data["sessions"]) == 3


def test_who_is_invited_to_one_session_reads_nothing_of_the_others():
    series = make.series()
    first, other, *_rest = series.sessions.order_by("starts_at")
    guest = make.person()
    services.invite(first, guest, by=series.made_by, role="resource_person")
    services.change_session(other, by=series.made_by, title="Evaluasi pengurus", despite=EVERYTHING)

    listed = client(guest).get("/api/v1/series/").data["results"]
    shown = client(guest).get(f"/api/v1/series/{series.pk}/").data
    whole = client(series.made_by).get(f"/api/v1/series/{series.pk}/").data

    assert [one["id"] for one in shown["sessions"]] == [first.pk]
    assert [one["id"] for one in listed[0]["sessions"]] == [first.pk]
    assert len(whole["sessions"]) == 4


def test_listing_series_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    group = make.group()
    by = make.chair(group)
    for count in (1, 10):
        while group.series.count() < count:
            make.series(of=group, by=by, count=2)
        api = client(by)
        with django_assert_num_queries(4):
            api.get("/api/v1/series/")
