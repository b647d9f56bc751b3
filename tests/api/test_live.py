"""A session while it goes on, and its end, over the API."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from sessions import services
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> ModelSession:
    return make.session(starts_in=-timedelta(minutes=10))


def of(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_the_live_state_has_an_etag_that_changes_with_it(session):
    api, url = of(session.teacher), reverse("session-live", args=[session.pk])

    first = api.get(url)
    same = api.get(url, headers={"If-None-Match": first.headers["ETag"]})
    asked = api.post(reverse("question-list"), {"session": session.pk, "text": "Mengapa?"})
    changed = api.get(url, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, same.status_code, same.content) == (200, 304, b"")
    assert asked.status_code == 201
    assert changed.status_code == 200
    assert [one["text"] for one in changed.json()["questions"]] == ["Mengapa?"]


def test_the_clock_is_started_once_and_corrected_with_a_reason(session):
    api = of(session.teacher)

    started = api.post(reverse("session-start-clock", args=[session.pk]))
    again = api.post(reverse("session-start-clock", args=[session.pk]))
    corrected = api.post(
        reverse("session-correct-clock", args=[session.pk]),
        {"started_at": session.starts_at.isoformat(), "reason": "Lupa menekan."},
    )

    assert started.json()["clock_started_at"]
    assert (again.status_code, corrected.status_code) == (400, 200)
    session.refresh_from_db()
    assert session.clock_started_at == session.starts_at


def test_minutes_tell_who_writes_and_keep_what_comes_late(session):
    one, other = of(session.planned_by), of(make.chair(session.group))
    url = reverse("session-minutes", args=[session.pk])
    pen = reverse("session-take-pen", args=[session.pk])

    empty = one.get(url).json()
    one.put(url, {"revision": 0, "proceedings": "Satu."})
    held = other.post(pen, {})
    late = other.put(url, {"revision": 0, "proceedings": "Dua."})
    strays = other.get(reverse("minutes-revision-list"), {"session": session.pk}).json()
    taken = other.post(pen, {"force": True})

    assert (empty["revision"], empty["proceedings"]) == (0, "")
    assert (held.status_code, late.status_code, taken.status_code) == (423, 409, 200)
    assert [stray["proceedings"] for stray in strays["results"]] == ["Dua."]
    assert one.get(url).json()["proceedings"] == "Satu."


def test_closing_gives_the_jp_and_reopening_takes_them_back(session):
    ModelSession.objects.filter(pk=session.pk).update(lesson_hours=2)
    api = of(session.planned_by)

    closed = api.post(reverse("session-close", args=[session.pk])).json()
    reopened = api.post(reverse("session-reopen", args=[session.pk]), {"reason": "Lupa."}).json()

    assert (closed["teacher_hours"], closed["closed_by"]) == (2, session.planned_by.pk)
    assert (reopened["teacher_hours"], reopened["closed_at"]) == (0, None)


@pytest.mark.parametrize("many", [1, 20])
def test_questions_and_decisions_are_listed_in_the_same_number_of_queries(
    session, many: int, django_assert_max_num_queries
):
    for n in range(many):
        services.ask_question(session, by=session.teacher, text=f"{n}?", submission=uuid4())
        services.add_decision(
            session, by=session.planned_by, text=f"Nomor {n}.", submission=uuid4()
        )
    api = of(session.planned_by)

    for name in ("question-list", "decision-list"):
        with django_assert_max_num_queries(3):
            assert len(api.get(reverse(name)).json()["results"]) == many
