"""The waiting list is fair whatever people do, and tells fifty who ask at once the truth."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from activity.models import Entry
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Participation
from sessions.queries import tally, turn_of
from sessions.recurrence import Rule, Weekly
from tests import make
from tests.matrix import undone
from tests.sessions.test_at_once import at_once, fresh

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.id/x"
ANSWERS = ("coming", "online", "not_coming", "maybe")
PEOPLE = 6

people = some.integers(0, PEOPLE - 1)
steps = some.lists(
    some.one_of(
        some.tuples(some.just("answer"), people, some.sampled_from((*ANSWERS, "coming", "coming"))),
        some.tuples(some.just("capacity"), some.sampled_from((1, 1, 2, 3, 4, None))),
        some.tuples(some.just("remove"), people),
        some.tuples(some.just("role"), people, some.sampled_from(Participation.Role.values)),
    ),
    min_size=3,
    max_size=14,
)


class Hall:
    """What a fair host would write down, in memory: who sits, and who waits in which order."""

    def __init__(self, capacity: int | None) -> None:
        self.capacity = capacity
        self.answers: dict[int, str] = {}
        self.speakers: set[int] = set()
        self.seated: set[int] = set()
        self.queue: list[int] = []

    def settle(self) -> None:
        while self.queue and (self.capacity is None or len(self.seated) < self.capacity):
            self.seated.add(self.queue.pop(0))

    def leave(self, who: int) -> None:
        self.seated.discard(who)
        self.queue = [one for one in self.queue if one != who]

    def answer(self, who: int, answer: str) -> None:
        if self.answers.get(who) != answer:
            self.leave(who)
            self.answers[who] = answer
            if answer == "coming" and who not in self.speakers:
                self.queue.append(who)
        self.settle()

    def role(self, who: int, role: str) -> None:
        spoke = who in self.speakers
        if role == "resource_person":
            self.speakers.add(who)
            self.leave(who)
        elif spoke:
            self.speakers.discard(who)
            if self.answers.get(who) == "coming":
                self.queue.append(who)
        self.settle()


def blended(capacity: int | None = 2) -> tuple[ModelSession, list[Participation]]:
    group = make.group()
    members = [make.member(group) for _ in range(PEOPLE)]
    session = make.session(of=group)
    session.mode, session.capacity = "blended", capacity
    session.online_link = LINK
    session.save()
    return session, [make.participation(session, one) for one in members]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_whatever_happens_the_waiting_list_is_fair(taken: list[tuple[Any, ...]]):
    with undone():
        session, parts = blended()
        hall, gone = Hall(2), set()
        for name, *what in taken:
            if name == "capacity":
                hall.capacity = what[0]
                hall.settle()
                services.change_session(session, by=session.planned_by, capacity=what[0])
                continue
            who = what[0]
            if who in gone:
                continue
            part = Participation.objects.select_related("session", "user").get(pk=parts[who].pk)
            if name == "answer":
                services.answer_invitation(part, by=part.user, answer=what[1])
                hall.answer(who, what[1])
            elif name == "remove":
                services.uninvite(part, by=session.planned_by)
                gone.add(who)
                hall.leave(who)
                hall.settle()
            elif part.role != what[1]:
                services.invite(session, part.user, by=session.planned_by, role=what[1])
                hall.role(who, what[1])
            _compare(session, hall, parts)


def _compare(session: ModelSession, hall: Hall, parts: list[Participation]) -> None:
    asking = session.participations.filter(answer="coming").exclude(role="resource_person")
    waiting = asking.exclude(queue_number=None).order_by("queue_number")
    numbers = [part.queue_number for part in waiting]
    names = {part.pk: number for number, part in enumerate(parts)}
    seated = {names[part.pk] for part in asking.filter(queue_number=None)}

    assert [names[part.pk] for part in waiting] == hall.queue
    assert seated == hall.seated
    assert len(set(numbers)) == len(numbers)
    assert [turn_of(part) for part in waiting] == list(range(1, len(numbers) + 1))
    if numbers:
        assert session.capacity is not None
        assert len(seated) >= session.capacity
    assert not session.participations.exclude(answer="coming").exclude(queue_number=None).exists()


def test_who_moves_up_is_written_down_once():
    session, (one, two, three, *_rest) = blended(capacity=1)
    for part in (one, two, three):
        services.answer_invitation(part, by=part.user, answer="coming")

    services.answer_invitation(one, by=one.user, answer="not_coming", reason="Ada rapat.")

    [given] = Entry.objects.filter(name="sessions.SeatGiven")
    assert given.data == {"participation_id": two.pk}
    assert tally(session) == {"coming": 1, "waiting": 1, "not_coming": 1, "": 4}


def test_lowering_the_capacity_throws_nobody_out_and_raising_it_lets_all_in():
    session, parts = blended(capacity=3)
    for part in parts[:5]:
        services.answer_invitation(part, by=part.user, answer="coming")

    services.change_session(session, by=session.planned_by, capacity=1)
    assert tally(session) == {"coming": 3, "waiting": 2, "": 2}
    services.change_session(session, by=session.planned_by, capacity=None)
    assert tally(session) == {"coming": 5, "": 2}


def test_nobody_gets_a_place_in_what_took_place_already():
    session, parts = blended(capacity=1)
    for part in parts[:2]:
        services.answer_invitation(part, by=part.user, answer="coming")
    begun = timezone.now() - timedelta(hours=2)
    ModelSession.objects.filter(pk=session.pk).update(starts_at=begun)
    session.refresh_from_db()
    services.hold_session(session, by=session.planned_by)

    services.invite(session, parts[0].user, by=session.planned_by, role="resource_person")

    parts[1].refresh_from_db()
    assert parts[1].is_waiting
    assert not Entry.objects.filter(name="sessions.SeatGiven").exists()


def test_another_day_asks_everyone_again_and_forgets_the_list():
    session, parts = blended(capacity=1)
    for part in parts[:3]:
        services.answer_invitation(part, by=part.user, answer="coming")

    services.change_session(
        session,
        by=session.planned_by,
        starts_at=session.starts_at + timedelta(days=1),
        ends_at=session.ends_at + timedelta(days=1),
        despite=EVERYTHING,
    )

    assert tally(session) == {"": 7}


def test_who_would_come_to_what_is_online_now_is_asked_again():
    session, (one, two, three, *_rest) = blended()
    services.answer_invitation(one, by=one.user, answer="coming")
    services.answer_invitation(two, by=two.user, answer="online")
    services.answer_invitation(three, by=three.user, answer="maybe")

    services.change_session(session, by=session.planned_by, mode="online")

    assert tally(session) == {"online": 1, "maybe": 1, "": 5}


def full_series(count: int = 5) -> list[ModelSession]:
    """Every session has one place and three who want it: one sits, two wait. One is unable."""
    group = make.group()
    members = [make.member(group) for _ in range(4)]
    series = make.series(of=group, count=count, capacity=1)
    sessions = list(series.sessions.order_by("occurs_at"))
    for session in sessions:
        for member, answer in zip(members, ["coming"] * 3 + ["not_coming"], strict=True):
            part = make.participation(session, member)
            services.answer_invitation(part, by=member, answer=answer, reason="Ada rapat.")
    return sessions


ANSWERED = {"coming": 1, "waiting": 2, "not_coming": 1, "": 1}
ASKED_AGAIN = {"": 5}


def tallies(sessions: list[ModelSession]) -> list[dict[str, int]]:
    for session in sessions:
        session.refresh_from_db()
    assert not Entry.objects.filter(name="sessions.SeatGiven").exists()
    asked = Participation.objects.filter(session__in=sessions, answer="")
    assert set(asked.values_list("answer_reason", "answered_at", "queue_number")) == {
        ("", None, None)
    }
    return [tally(session) for session in sessions]


def move(how: Any, session: ModelSession, by: timedelta, **plan: Any) -> None:
    starts_at, ends_at = session.starts_at + by, session.ends_at + by
    plan |= {"starts_at": starts_at, "ends_at": ends_at, "despite": EVERYTHING}
    how(session, by=session.planned_by, **plan)


def test_moving_one_of_a_series_asks_again_for_that_alone():
    sessions = full_series()

    move(services.change_session, sessions[1], timedelta(days=1))

    assert tallies(sessions) == [ANSWERED, ASKED_AGAIN, ANSWERED, ANSWERED, ANSWERED]


@pytest.mark.parametrize("plan", [{}, {"capacity": 9}, {"mode": "online", "online_link": LINK}])
def test_moving_the_following_asks_again_for_every_date_that_moved(plan: dict[str, Any]):
    sessions = full_series()
    move(services.change_session, sessions[3], timedelta(days=1))
    for part in sessions[3].participations.order_by("user")[:2]:
        services.answer_invitation(part, by=part.user, answer="coming")

    move(services.change_following, sessions[2], timedelta(hours=1), **plan)

    # The fourth keeps the time of its own, and so what was answered to it.
    own = {"coming": 1, "waiting": 1, "": 3}
    assert tallies(sessions) == [ANSWERED, ANSWERED, ASKED_AGAIN, own, ASKED_AGAIN]


def test_moving_all_asks_again_for_all():
    sessions = full_series(count=3)

    move(services.change_all, sessions[2], timedelta(minutes=-30))

    assert tallies(sessions) == [ASKED_AGAIN] * 3


def test_another_rule_asks_again_only_where_the_date_is_another():
    sessions = full_series()
    weekday = timezone.localtime(sessions[0].starts_at).weekday()
    twice = Rule(Weekly(tuple(sorted({weekday, (weekday + 2) % 7}))), count=9)
    third = timezone.localtime(sessions[2].starts_at)

    services.change_all(
        sessions[0],
        by=sessions[0].planned_by,
        rule=twice,
        skip={third.date()},
        despite=EVERYTHING,
    )

    assert tallies(sessions) == [ANSWERED, ANSWERED, ASKED_AGAIN, ANSWERED, ANSWERED]
    assert sessions[2].starts_at != third


def test_other_words_ask_nobody_again():
    sessions = full_series(count=3)
    by = sessions[0].planned_by

    services.change_session(sessions[0], by=by, title="Raker")
    services.change_following(sessions[1], by=by, title="Raker", despite=EVERYTHING)

    assert [tally(session) for session in sessions] == [ANSWERED] * 3


def test_a_refused_answer_changes_nothing():
    session, parts = blended()

    with pytest.raises(ValidationError):
        services.answer_invitation(parts[0], by=parts[0].user, answer="perhaps")

    assert tally(session) == {"": 7}
    assert not Entry.objects.filter(name="sessions.InvitationAnswered").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_who_ask_at_once_for_ten_places():
    group = make.group()
    members = [make.member(group) for _ in range(50)]
    session = make.session(of=group)
    ModelSession.objects.filter(pk=session.pk).update(capacity=10)

    def ask(pk: int) -> None:
        part = Participation.objects.select_related("session", "user").get(pk=pk)
        services.answer_invitation(part, by=fresh(part.user), answer="coming")

    asked = [make.participation(session, one).pk for one in members]
    ends = at_once(*(lambda pk=pk: ask(pk) for pk in asked))

    parts = session.participations.filter(pk__in=asked)
    waiting = list(parts.exclude(queue_number=None).order_by("queue_number"))
    seated = list(parts.filter(queue_number=None).order_by("answered_at"))
    assert ends == ["done"] * 50
    assert len(seated) == 10
    assert [part.queue_number for part in waiting] == list(range(1, 41))
    # Moments are taken under the lock, so they tell in which order people were let through.
    moments = [part.answered_at for part in (*seated, *waiting) if part.answered_at]
    assert moments == sorted(moments)
    assert Entry.objects.filter(name="sessions.InvitationAnswered").count() == 50


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_leaving_and_asking_at_once_leaves_no_place_empty():
    session, parts = blended(capacity=2)
    for part in parts[:4]:
        services.answer_invitation(part, by=part.user, answer="coming")

    def say(part: Participation, answer: str) -> None:
        found = Participation.objects.select_related("session", "user").get(pk=part.pk)
        services.answer_invitation(found, by=found.user, answer=answer, reason="Ada rapat.")

    ends = at_once(
        lambda: say(parts[0], "not_coming"),
        lambda: say(parts[1], "maybe"),
        lambda: say(parts[4], "coming"),
        lambda: say(parts[5], "coming"),
    )

    assert ends == ["done"] * 4
    assert tally(session) == {"coming": 2, "waiting": 2, "maybe": 1, "not_coming": 1, "": 1}
    seated = set(session.participations.filter(answer="coming", queue_number=None))
    assert seated == {parts[2], parts[3]}
    parts[0].refresh_from_db()
    assert parts[0].answer_reason == "Ada rapat."
