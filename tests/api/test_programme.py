"""The programme of a semester by the API."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from groups.models import Group
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db
START = datetime(2026, 8, 13, 14, tzinfo=ZoneInfo("Asia/Makassar"))


def client(person: User) -> APIClient:
    api = APIClient()
    api.force_authenticate(User.objects.get(pk=person.pk))
    return api


def meeting(group: Group) -> ModelSession:
    made = make.meeting(of=group, held=True, lesson_hours=2)
    ModelSession.objects.filter(pk=made.pk).update(
        starts_at=START, ends_at=START + timedelta(hours=2)
    )
    return made


def test_a_programme_has_its_sessions_and_the_sum_of_hours():
    group = make.group()
    made = meeting(group)

    answer = client(make.member(group)).get(
        f"/api/v1/groups/{group.pk}/programme/", {"semester": "2026-1"}
    )

    assert answer.status_code == 200
    assert answer.data["lesson_hours"] == 2
    assert answer.data["words"] == "Semester ganjil 2026/2027"
    [row] = answer.data["sessions"]
    assert (row["id"], row["invited"], row["present"]) == (made.pk, made.participations.count(), 0)
    assert answer.data["is_cut"] is False


def test_what_is_no_semester_is_refused_with_a_sentence():
    group = make.group()

    answer = client(make.member(group)).get(
        f"/api/v1/groups/{group.pk}/programme/", {"semester": "2026"}
    )

    assert answer.status_code == 400
    assert "2026-1" in str(answer.data)


def test_as_many_queries_for_many_rows_as_for_one(django_assert_num_queries):
    group = make.group()
    member = make.member(group)
    for number in range(30):
        meeting(group)
        if number in {0, 29}:
            api = client(member)
            with django_assert_num_queries(4):
                answer = api.get(f"/api/v1/groups/{group.pk}/programme/", {"semester": "2026-1"})
    assert len(answer.data["sessions"]) == 30


def test_last_semester_is_proposed_and_planned_all_or_none():
    group = make.group()
    group.weekday = 3
    group.save()
    chair = make.chair(group)
    source = meeting(group)
    api = client(chair)
    url = f"/api/v1/groups/{group.pk}/copy-programme/"

    [proposal] = api.get(url, {"semester": "2026-2"}).data

    assert proposal["source"] == source.pk
    assert proposal["teacher"] is None
    assert proposal["starts_at"].startswith("2027-02-")
    row = {"source": source.pk, "title": "Raker", "starts_at": "2041-02-24T14:00:00+08:00"}
    good = row | {"starts_at": "2041-02-21T14:00:00+08:00", "submission": str(uuid4())}
    bad = row | {"title": " ", "submission": str(uuid4())}
    blank = api.post(url, {"rows": [good, bad]}, format="json")
    assert blank.status_code == 400

    asked = api.post(url, {"rows": [good, row]}, format="json")
    assert asked.status_code == 400
    assert list(asked.data) == ["warnings"]
    assert list(asked.data["warnings"]) == ["sunday-2041-02-24"]
    assert group.sessions.count() == 1

    words = {"rows": [good, row], "despite": list(asked.data["warnings"])}
    made = api.post(url, words, format="json")
    assert made.status_code == 201
    assert [each["title"] for each in made.data] == ["Raker", "Raker"]
    assert group.sessions.count() == 3


def test_what_is_wrong_with_a_row_is_said_by_its_submission():
    group = make.group()
    chair, teacher = make.chair(group), make.member(group)
    source = make.session(of=group, teacher=teacher)
    mark = str(uuid4())
    row = {
        "source": source.pk,
        "title": "Mengapa?",
        "starts_at": source.starts_at.isoformat(),
        "submission": mark,
    }

    answer = client(chair).post(
        f"/api/v1/groups/{group.pk}/copy-programme/",
        {"rows": [row], "despite": ["weekday", "school-hours", "sunday", "prayer", "holiday"]},
        format="json",
    )

    assert answer.status_code == 400
    assert str(teacher) in answer.data["rows"][mark][0]
