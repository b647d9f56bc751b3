"""Services that meet on the same rows wait for each other, and never for ever. PostgreSQL only."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from groups.models import Group
from sessions import services
from sessions.codes import digits
from sessions.conflicts import EVERYTHING, lock_diaries
from sessions.models import CheckIn, ModelSession, Participation
from sessions.recurrence import Rule, Weekly
from tests import make
from tests.sessions.test_at_once import at_once, fresh, meet, plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def again(session: ModelSession) -> ModelSession:
    return ModelSession.objects.get(pk=session.pk)


def part_of(session: ModelSession, person: User) -> Participation:
    return Participation.objects.select_related("session", "user").get(session=session, user=person)


def begin(pool: ThreadPoolExecutor, act: Callable[[], object]) -> Future[object]:
    """Start an act in another connection, and come back when it waits for a lock."""

    def run() -> object:
        try:
            return act()
        finally:
            connection.close()

    started = pool.submit(run)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return started
        time.sleep(0.02)
    raise AssertionError("Nobody waits.")


def test_a_series_grows_while_its_group_plans_another_session_of_the_same_leader():
    group = make.group()
    board, leader = make.chair(group), make.member(group)
    series = make.series(of=group, by=board, leader=leader, count=2)
    first = series.sessions.order_by("starts_at").first()
    weekday = timezone.localtime(first.starts_at).weekday()
    start = timezone.now() + timedelta(days=1)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_diaries([leader])
            hours = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
            planning = begin(pool, lambda: meet(group, board, leader=fresh(leader), **hours))
            services.change_all(
                again(first),
                by=fresh(board),
                rule=Rule(Weekly((weekday,)), count=4),
                despite=EVERYTHING,
            )
        planned = planning.result(10)

    assert isinstance(planned, ModelSession)
    assert ModelSession.objects.filter(series=series, status="planned").count() == 4


def test_a_guest_is_taken_off_while_the_link_answers_and_nobody_meets_an_error():
    session = make.session()
    part = session.participations.get()

    def answer():
        services.answer_invitation(
            part_of(session, part.user), by=fresh(part.user), answer="coming"
        )

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            services.uninvite(part_of(session, part.user), by=fresh(session.teacher))
            answering = begin(pool, answer)
        refusal = answering.exception(10)

    assert "sudah dihapus atau ditarik" in str(refusal)
    assert isinstance(refusal, PermissionDenied)
    assert not session.participations.exists()


def test_who_checks_in_while_it_is_closed_is_in_with_jp_or_refused():
    group = make.group()
    people = [make.member(group) for _ in range(6)]
    session = make.session(of=group, starts_in=-timedelta(minutes=40))
    code = digits(session.pk, session.secret, timezone.now())

    def enter(person: User):
        services.check_in_by_code(again(session), by=fresh(person), code=code, submission=uuid4())

    ends = at_once(
        *(lambda person=person: enter(person) for person in people),
        lambda: services.close_session(again(session), by=fresh(session.planned_by)),
    )

    session.refresh_from_db()
    parts = session.participations.filter(user__in=people)
    there = parts.filter(attendance="late")
    assert session.is_closed
    assert there.count() == ends.count("done") - 1
    assert set(parts.exclude(attendance="late").values_list("attendance", flat=True)) <= {"absent"}
    assert [part.lesson_hours == session.lesson_hours for part in there] == [True] * len(there)
    assert parts.filter(attendance="absent", lesson_hours__gt=0).count() == 0
    assert CheckIn.objects.filter(method="code").count() == len(there)


def test_answers_while_it_is_cancelled_give_nobody_a_place_afterwards():
    group = make.group()
    people = [make.member(group) for _ in range(4)]
    session = make.session(of=group)
    ModelSession.objects.filter(pk=session.pk).update(capacity=1)
    for person in people[:2]:
        services.answer_invitation(part_of(session, person), by=person, answer="coming")

    def say(person: User, answer: str):
        services.answer_invitation(part_of(session, person), by=fresh(person), answer=answer)

    ends = at_once(
        lambda: say(people[0], "not_coming"),
        lambda: say(people[2], "coming"),
        lambda: say(people[3], "maybe"),
        lambda: services.uninvite(part_of(session, people[1]), by=fresh(session.planned_by)),
        lambda: services.cancel_session(
            again(session), by=fresh(session.planned_by), reason="Banjir."
        ),
    )

    session.refresh_from_db()
    seated = session.participations.filter(answer="coming", queue_number=None)
    assert session.is_cancelled
    assert set(ends) <= {"done", "PermissionDenied"}
    assert seated.count() <= 1


def test_series_sessions_places_and_boards_at_once_never_stand_still():
    one, two = make.group(), make.group()
    person = make.member(one)
    person.memberships.create(group=two)
    board, other = make.chair(one), make.chair(two)
    series = make.series(of=one, by=board, leader=person, count=3)
    first = series.sessions.order_by("starts_at").first()
    hours = {"starts_at": first.starts_at, "ends_at": first.ends_at}
    weekday = timezone.localtime(first.starts_at).weekday()

    for times in (4, 5, 3):
        at_once(
            lambda: services.change_all(
                again(first),
                by=fresh(board),
                rule=Rule(Weekly((weekday,)), count=times),  # noqa: B023 -- done within the turn
                despite=EVERYTHING,
            ),
            lambda: meet(two, other, leader=fresh(person), **hours),
            lambda: meet(one, board, leader=fresh(person)),
            lambda: services.change_session(
                again(first), by=fresh(board), title="Judul lain", despite=EVERYTHING
            ),
            lambda: services.answer_invitation(
                part_of(first, person), by=fresh(person), answer="coming"
            ),
        )

    assert not ModelSession.objects.filter(group=two, leader=person).exists()
    assert series.sessions.filter(status="planned").count() == 3


def teaches(group: Group, by: User, person: User, start: datetime) -> None:
    plan(group, by, person, starts_at=start, ends_at=start + timedelta(minutes=80))


def observes(group: Group, by: User, person: User, start: datetime) -> None:
    hours = {"starts_at": start, "ends_at": start + timedelta(minutes=80)}
    plan(group, by, make.member(group), observers=[fresh(person)], **hours)


def leads_what_is_moved(group: Group, by: User, person: User, start: datetime) -> None:
    moved = ModelSession.objects.get(group=group, leader=person)
    hours = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    services.change_session(moved, by=fresh(by), despite=EVERYTHING, **hours)


@pytest.mark.parametrize(
    "acts",
    [(teaches, observes), (observes, observes), (teaches, leads_what_is_moved)],
    ids=["teacher and observer", "observer twice", "teacher and moved leader"],
)
def test_two_boards_do_not_have_one_person_in_two_places(acts: tuple[Callable[..., None], ...]):
    one, two = make.group(), make.group()
    person = make.member(one)
    person.memberships.create(group=two)
    boards = [make.chair(one), make.chair(two)]
    make.phase()
    make.meeting(of=two, leader=person, starts_in=timedelta(days=9))
    start = timezone.now() + timedelta(days=3)

    ends = at_once(
        lambda: acts[0](one, boards[0], person, start),
        lambda: acts[1](two, boards[1], person, start),
    )

    assert ends == ["ValidationError", "done"]
    assert ModelSession.objects.filter(starts_at=start).count() == 1
