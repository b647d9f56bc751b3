"""Two people, or two taps of one, at the same moment. Row locks decide, so PostgreSQL only."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from groups.models import Group
from observations.models import Observation
from observations.services import start_observation, submit_observation
from sessions import services
from sessions.codes import digits
from sessions.conflicts import EVERYTHING
from sessions.models import CheckIn, CodeTries, ModelSession
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Start all acts at the same moment, and say how each ended."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            ready.wait(10)
            act()
        except (PermissionDenied, ValidationError) as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def plan(group: Group, by: User, teacher: User, **changes: object) -> ModelSession:
    start = timezone.now() + timedelta(days=1)
    values = {
        "submission": uuid4(),
        "title": "Perbandingan senilai",
        "goal": "Murid menemukan pola.",
        "phase": make.phase(),
        "grade": 7,
        "place": "Aula",
        "starts_at": start,
        "ends_at": start + timedelta(minutes=80),
        "despite": EVERYTHING,
    }
    return services.plan_session(
        Group.objects.get(pk=group.pk), by=fresh(by), teacher=fresh(teacher), **values | changes
    )


def test_one_form_sent_twice_plans_one_session():
    group = make.group()
    board, teacher = make.chair(group), make.member(group)
    make.phase()
    submission = uuid4()

    def send():
        plan(group, board, teacher, submission=submission)

    assert at_once(send, send, send) == ["done"] * 3
    assert ModelSession.objects.count() == 1
    assert Entry.objects.filter(name="sessions.SessionPlanned").count() == 1


def test_two_groups_do_not_plan_her_for_the_same_hour():
    one, two = make.group(), make.group()
    teacher = make.member(one)
    teacher.memberships.create(group=two)
    boards = {group: make.chair(group) for group in (one, two)}
    make.phase()

    ends = at_once(*(lambda group=group: plan(group, boards[group], teacher) for group in boards))

    assert ends == ["ValidationError", "done"]
    assert ModelSession.objects.count() == 1


def meet(group: Group, by: User, **changes: object) -> ModelSession:
    start = timezone.now() + timedelta(days=1)
    values = {
        "submission": uuid4(),
        "kind": "workshop",
        "title": "Menyusun program semester",
        "place": "Aula",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "despite": EVERYTHING,
    }
    return services.plan_session(Group.objects.get(pk=group.pk), by=fresh(by), **values | changes)


@pytest.mark.parametrize(
    "busy",
    [
        lambda person: {"leader": fresh(person)},
        lambda person: {"agenda": [{"title": "Asesmen", "minutes": 30, "speaker": fresh(person)}]},
    ],
)
def test_two_boards_do_not_have_one_person_lead_or_speak_in_the_same_hour(
    busy: Callable[[User], dict[str, object]],
):
    one, two = make.group(), make.group()
    person = make.member(one)
    person.memberships.create(group=two)
    boards = {group: make.chair(group) for group in (one, two)}

    ends = at_once(
        lambda: meet(one, boards[one], **busy(person)),
        lambda: meet(two, boards[two], leader=fresh(person)),
    )

    assert ends == ["ValidationError", "done"]
    assert ModelSession.objects.count() == 1


def test_two_boards_do_not_have_one_observer_in_the_same_hour():
    one, two = make.group(), make.group()
    person = make.member(one)
    person.memberships.create(group=two)
    sessions = [make.session(of=group) for group in (one, two)]

    def invite(session: ModelSession):
        found = ModelSession.objects.get(pk=session.pk)
        services.invite(found, fresh(person), by=fresh(session.planned_by), role="observer")

    ends = at_once(*(lambda session=session: invite(session) for session in sessions))

    assert ends == ["ValidationError", "done"]
    assert person.participations.filter(role="observer").count() == 1


def test_she_does_not_take_a_place_while_a_board_has_her_lead_elsewhere():
    one, two = make.group(), make.group()
    person = make.member(one)
    person.memberships.create(group=two)
    session = make.session(of=one)
    services.change_session(session, by=session.planned_by, observer_places=2)
    board = make.chair(two)
    hours = {"starts_at": session.starts_at, "ends_at": session.ends_at}

    ends = at_once(
        lambda: services.take_place(ModelSession.objects.get(pk=session.pk), by=fresh(person)),
        lambda: meet(two, board, leader=fresh(person), **hours),
    )

    assert ends == ["ValidationError", "done"]
    observes = person.participations.filter(role="observer").exists()
    assert observes != ModelSession.objects.filter(leader=person).exists()


def test_two_holds_hold_once():
    group = make.group()
    cycle = make.cycle(of=group)
    session = make.session(of=group, starts_in=-timedelta(hours=2))

    def hold(by: User):
        services.hold_session(ModelSession.objects.get(pk=session.pk), by=fresh(by))

    ends = at_once(lambda: hold(session.teacher), lambda: hold(session.planned_by))

    cycle.refresh_from_db()
    assert ends == ["PermissionDenied", "done"]
    assert cycle.sessions_held == 1
    assert Entry.objects.filter(name="sessions.SessionHeld").count() == 1


def test_holding_and_cancelling_leave_one_of_the_two():
    session = make.session(starts_in=-timedelta(hours=2))

    def hold():
        found = ModelSession.objects.get(pk=session.pk)
        services.hold_session(found, by=fresh(session.teacher))

    def cancel():
        found = ModelSession.objects.get(pk=session.pk)
        services.cancel_session(found, by=fresh(session.planned_by), reason="Banjir.")

    assert at_once(hold, cancel) == ["PermissionDenied", "done"]


def test_one_observer_on_two_phones_has_one_sheet_and_submits_it_once():
    sheet = make.observation()
    session, observer = sheet.session, sheet.observer

    def start():
        start_observation(ModelSession.objects.get(pk=session.pk), by=fresh(observer))

    def submit():
        submit_observation(Observation.objects.get(pk=sheet.pk), by=fresh(observer))

    assert at_once(start, start) == ["done", "done"]
    assert at_once(submit, submit) == ["PermissionDenied", "done"]
    assert Observation.objects.count() == 1
    assert Entry.objects.filter(name="observations.ObservationSubmitted").count() == 1


def test_thirty_people_check_in_at_once():
    group = make.group()
    people = [make.member(group) for _number in range(30)]
    session = make.session(of=group, starts_in=timedelta(minutes=-5))
    late_members = [make.member(group) for _number in range(3)]
    code = digits(session.pk, session.secret, timezone.now())

    def enter(person: User):
        found = ModelSession.objects.get(pk=session.pk)
        services.check_in_by_code(found, by=fresh(person), code=code, submission=uuid4())

    def tick():
        found = ModelSession.objects.get(pk=session.pk)
        words = {person.pk: "present" for person in people[:10]}
        nothing = dict.fromkeys(words, "")
        services.tick_attendance(
            found, by=fresh(session.planned_by), attendance=words, seen=nothing
        )

    acts = [lambda person=person: enter(person) for person in [*people, *late_members]]

    assert at_once(*acts, tick) == ["done"] * 34
    assert session.participations.filter(attendance="present").count() == 33
    assert CheckIn.objects.values("participation").distinct().count() == 33
    assert CheckIn.objects.count() == 33


def test_one_check_in_sent_thrice_at_once_counts_once():
    session = make.session(starts_in=timedelta(minutes=-5))
    walk_in, submission = make.member(session.group), uuid4()

    def send():
        found = ModelSession.objects.get(pk=session.pk)
        now = timezone.now()
        services.check_in(found, by=fresh(walk_in), method="qr", at=now, submission=submission)

    assert at_once(send, send, send) == ["done"] * 3
    assert CheckIn.objects.count() == 1
    assert Entry.objects.filter(name="sessions.CheckedIn").count() == 1


def test_many_guesses_at_once_are_not_more_than_five():
    session = make.session(starts_in=timedelta(minutes=-5))
    guesser = make.member(session.group)
    right = int(digits(session.pk, session.secret, timezone.now()))

    def guess(number: int):
        found = ModelSession.objects.get(pk=session.pk)
        code = f"{(right + number) % 10**6:06}"
        services.check_in_by_code(found, by=fresh(guesser), code=code, submission=uuid4())

    at_once(*(lambda number=number: guess(number) for number in range(1, 13)))

    assert CodeTries.objects.get().wrong == 5


def test_two_phones_that_make_a_calendar_at_once_get_one_address():
    person = make.person()

    ends = at_once(*[lambda: services.make_calendar_feed(by=fresh(person))] * 4)

    assert ends == ["done"] * 4
    assert person.calendar_feeds.open().count() == 1
