"""Joining by the API, and observers' places."""

from datetime import timedelta

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from tests import make
from tests.sessions.test_joining import LINK, bbb, online  # noqa: F401 -- a fixture
from tests.sessions.test_observers import lesson, observer_of

pytestmark = pytest.mark.django_db


def api(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_the_link_is_for_the_board_until_one_joins():
    session, later = online(), online(starts_in=timedelta(days=1))
    observer = session.participations.get(role="observer").user

    def link_for(user):
        return api(user).get(reverse("session-detail", args=[session.pk])).data["online_link"]

    joined = api(observer).post(reverse("session-join", args=[session.pk]))
    early = api(later.teacher).post(reverse("session-join", args=[later.pk]))

    assert (link_for(session.planned_by), link_for(observer)) == (LINK, "")
    assert joined.data["address"] == LINK
    assert "Google Meet" in joined.data["hint"]
    assert early.status_code == 403
    assert "Ruang dibuka" in early.data["detail"]


def test_a_room_that_does_not_answer_is_503(bbb):  # noqa: F811
    session = online(provider="bigbluebutton", online_link="")
    bbb.failures = [500, 500, 500]

    answer = api(session.teacher).post(reverse("session-join", args=[session.pk]))

    assert answer.status_code == 503
    assert "BigBlueButton" in answer.data["detail"]


def test_places_are_taken_given_tasks_handed_over_and_left():
    session = lesson()
    member, substitute = make.member(session.group), make.member(session.group)
    part = observer_of(session)

    taken = api(member).post(reverse("session-take-place", args=[session.pk]))
    task = api(session.teacher).post(
        reverse("participation-task", args=[part.pk]), {"task": "Kelompok 1"}, format="json"
    )
    handed = api(part.user).post(
        reverse("participation-hand-over", args=[part.pk]), {"to": substitute.pk}, format="json"
    )
    left = api(member).post(reverse("participation-leave-place", args=[taken.data["id"]]))

    assert (taken.data["role"], task.data["task"]) == ("observer", "Kelompok 1")
    assert (handed.data["user"], handed.data["task"]) == (substitute.pk, "Kelompok 1")
    assert left.data["role"] == "participant"
