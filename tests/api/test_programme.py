"""The programme of a semester by the API."""

from datetime import datetime, timedelta
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
