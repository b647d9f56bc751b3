"""The board of a group by the API."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from groups.models import Cycle
from tests import make

pytestmark = pytest.mark.django_db


def client(person: User) -> APIClient:
    api = APIClient()
    api.force_authenticate(User.objects.get(pk=person.pk))
    return api


def address(cycle: Cycle) -> str:
    return f"/api/v1/groups/{cycle.group_id}/coverage/"


def test_the_board_reads_counts_who_may_be_asked_and_the_lessons():
    cycle = make.cycle()
    observer, asked = make.member(cycle.group), make.member(cycle.group)
    lesson = make.session(of=cycle.group, observers=[observer], held=True)
    make.observation(of=lesson, observer=observer, submitted=True)
    make.feedback(on=lesson, by=observer)
    chair = make.chair(cycle.group)

    read = client(chair).get(address(cycle)).data

    assert (read["cycle"], read["members"]) == (cycle.pk, 5)
    assert read["stages"] == {"s": 0, "m": 1, "a": 1, "r": 1, "t": 0}
    assert asked.pk in {one["id"] for one in read["yet_to_observe"]}
    assert observer.pk not in {one["id"] for one in read["yet_to_observe"]}
    assert read["yet_to_teach_count"] == len(read["yet_to_teach"]) == 4
    of_observer = next(one for one in read["schools"] if one["school"] == observer.school.name)
    assert of_observer["stages"] == {"s": 0, "m": 0, "a": 1, "r": None, "t": None}
    [row] = read["lessons"]
    assert (row["session"], row["sheets_submitted"], row["observers"]) == (lesson.pk, 1, 1)
    assert (row["feedback_given"], row["voices"]) == (1, 1)


def test_a_cycle_of_the_group_may_be_chosen_and_no_other():
    older = make.cycle()
    chair = make.chair(older.group)
    Cycle.objects.filter(pk=older.pk).update(closed_at=timezone.now())
    newer = make.cycle(of=older.group)
    strange = make.cycle()
    api = client(chair)

    assert api.get(address(older)).data["cycle"] == newer.pk
    assert api.get(address(older), {"cycle": older.pk}).data["cycle"] == older.pk
    assert api.get(address(older), {"cycle": strange.pk}).status_code == 404
    assert api.get(address(older), {"cycle": "9" * 40}).status_code == 404


def test_before_the_first_cycle_there_is_nothing_to_read():
    group = make.group()

    answer = client(make.chair(group)).get(f"/api/v1/groups/{group.pk}/coverage/")

    assert answer.status_code == 404


def test_a_member_is_refused_with_the_reason():
    cycle = make.cycle()

    answer = client(make.member(cycle.group)).get(address(cycle))

    assert answer.status_code == 403
    assert answer.data["detail"] == "Papan ini hanya untuk pengurus kelompok."


def test_it_costs_the_same_however_much_there_is(django_assert_num_queries):
    cycle = make.cycle()
    chair = make.chair(cycle.group)
    for _ in range(2):
        for _each in range(2):
            watching = [make.member(cycle.group)]
            make.feedback(on=make.session(of=cycle.group, observers=watching, held=True))
        api = client(chair)
        with django_assert_num_queries(12):
            api.get(address(cycle))
