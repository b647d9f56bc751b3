"""The lesson clock, the questions, and what a live page is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from observations.services import save_observation, start_observation
from sessions import live, rules, services
from sessions.models import AgendaItem, ModelSession, Participation, Question
from sessions.services import bump_live
from tests import make

pytestmark = pytest.mark.django_db
SOON = {"starts_in": timedelta(minutes=20)}
BEGUN = {"starts_in": -timedelta(minutes=10)}


def version(session: ModelSession) -> int:
    return ModelSession.objects.get(pk=session.pk).live_version


def events() -> list[str]:
    names = Entry.objects.order_by("pk").values_list("name", flat=True)
    return [name.removeprefix("sessions.") for name in names]


def ask(session: ModelSession, by: User, text: str = "Berapa lama daun direndam?") -> Question:
    return services.ask_question(session, by=by, text=text, submission=uuid4())


def test_bump_live_counts_on_for_that_session_alone():
    session, other = make.session(), make.session()

    bump_live(session.pk)
    bump_live(session.pk)

    assert (version(session), version(other)) == (2, 0)


def test_start_clock_moves_minute_0_for_everyone_and_the_end_with_it():
    session = make.session(**BEGUN)
    before = version(session)

    services.start_clock(session, by=session.teacher)

    session.refresh_from_db()
    now = timezone.now()
    assert session.clock_started_by == session.teacher
    assert session.minute_at(now) == 0
    assert session.counts_until - session.counts_from == timedelta(minutes=80)
    assert session.minute_at(now + timedelta(minutes=85)) is None
    assert version(session) == before + 1
    assert events()[-1] == "ClockStarted"


def test_start_clock_twice_starts_once():
    session = make.session(**BEGUN)
    services.start_clock(session, by=session.teacher)
    started_at = session.clock_started_at

    with pytest.raises(ValidationError):
        services.start_clock(session, by=session.planned_by)

    session.refresh_from_db()
    assert session.clock_started_at == started_at
    assert events().count("ClockStarted") == 1


def test_correct_clock_keeps_the_reason_in_the_log():
    session = make.session(**BEGUN)
    services.start_clock(session, by=session.teacher)
    earlier = session.counts_from - timedelta(minutes=5)

    services.correct_clock(
        session, by=session.planned_by, started_at=earlier, reason="Lupa menekan tombol."
    )

    session.refresh_from_db()
    assert session.minute_at(timezone.now()) == 5
    assert session.clock_started_by == session.planned_by
    entry = Entry.objects.latest("pk")
    assert entry.data == {
        "session_id": session.pk,
        "minutes": -5,
        "reason": "Lupa menekan tombol.",
    }


@pytest.mark.parametrize(
    ("minutes", "reason"), [(-5, "  "), (5, "Salah tekan."), (-60, "Salah tekan.")]
)
def test_correct_clock_refuses_what_cannot_be_and_changes_nothing(minutes: int, reason: str):
    session = make.session(**BEGUN)
    services.start_clock(session, by=session.teacher)
    was = session.clock_started_at

    with pytest.raises(ValidationError):
        services.correct_clock(
            session,
            by=session.teacher,
            started_at=timezone.now() + timedelta(minutes=minutes),
            reason=reason,
        )

    session.refresh_from_db()
    assert session.clock_started_at == was


def test_a_clock_that_was_not_started_cannot_be_corrected():
    session = make.session(**BEGUN)

    with pytest.raises(ValidationError):
        services.correct_clock(
            session, by=session.teacher, started_at=timezone.now(), reason="Salah."
        )


def test_notes_of_observers_are_stamped_by_the_lesson_clock():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], **BEGUN)
    make.indicator()
    sheet = start_observation(session, by=observer)

    def stamped() -> list[int]:
        sheet.refresh_from_db()
        from_now = [{"minute": None, "text": "Meja 5 bertanya."}]
        save_observation(sheet, by=observer, answers={}, notes=from_now)
        return list(sheet.notes.values_list("minute", flat=True))

    by_plan = stamped()
    services.start_clock(session, by=session.teacher)
    by_clock = stamped()

    assert (by_plan, by_clock) == ([10], [0])


def test_ask_question_twice_asks_once():
    session = make.session(**BEGUN)
    asker = session.participations.first().user
    submission = uuid4()
    before = version(session)

    for _twice in range(2):
        services.ask_question(session, by=asker, text=" Mengapa? ", submission=submission)

    assert [str(one) for one in session.questions.all()] == ["Mengapa?"]
    assert version(session) == before + 1
    assert events().count("QuestionAsked") == 1


def test_one_person_asks_at_most_20_questions():
    session = make.session(**BEGUN)
    asker = session.participations.first().user
    for _n in range(20):
        ask(session, asker)

    with pytest.raises(ValidationError):
        ask(session, asker)

    assert session.questions.count() == 20


def test_mark_answered_keeps_the_first_moment():
    session = make.session(**BEGUN)
    leader = session.planned_by
    question = ask(session, session.teacher)

    services.mark_answered(question, by=leader)
    first = question.answered_at
    services.mark_answered(question, by=leader)

    question.refresh_from_db()
    assert question.answered_at == first
    assert events().count("QuestionAnswered") == 1


def test_remove_question_by_somebody_else_changes_nothing():
    session = make.session(**BEGUN)
    question = ask(session, session.teacher)

    with pytest.raises(PermissionDenied):
        services.remove_question(question, by=session.planned_by)
    assert session.questions.count() == 1

    services.remove_question(question, by=session.teacher)
    assert session.questions.count() == 0
    assert events()[-1] == "QuestionRemoved"


# For each rule and person: the states of the session in which it says yes.
STATES = {
    "far": {},
    "soon": SOON,
    "begun": BEGUN,
    "held": {"held": True},
    "cancelled": {"cancelled": True},
    "closed": {"held": True},
}
OPEN = {"far", "soon", "begun", "held"}
RUNNING = {"soon", "begun", "held"}
ALLOWED = {
    ("may_run_clock", "board"): RUNNING,
    ("may_run_clock", "guru model"): RUNNING,
    ("may_run_clock", "leader"): RUNNING,
    ("may_run_clock", "note taker"): set(),
    ("may_run_clock", "member"): set(),
    ("may_run_clock", "pengawas"): set(),
    ("may_run_clock", "other board"): set(),
    ("may_ask", "board"): OPEN,
    ("may_ask", "guru model"): OPEN,
    ("may_ask", "leader"): OPEN,
    ("may_ask", "member"): OPEN,
    ("may_ask", "pengawas"): set(),
    ("may_ask", "newcomer"): set(),
    ("may_ask", "other board"): set(),
    ("may_write_minutes", "board"): OPEN,
    ("may_write_minutes", "note taker"): OPEN,
    ("may_write_minutes", "guru model"): set(),
    ("may_write_minutes", "leader"): set(),
    ("may_write_minutes", "member"): set(),
    ("may_write_minutes", "pengawas"): set(),
    ("may_write_minutes", "other board"): set(),
    ("may_close_session", "board"): {"begun", "held"},
    ("may_close_session", "guru model"): set(),
    ("may_close_session", "leader"): set(),
    ("may_close_session", "note taker"): set(),
    ("may_close_session", "other board"): set(),
    ("may_reopen_session", "board"): {"closed"},
    ("may_reopen_session", "guru model"): set(),
    ("may_reopen_session", "member"): set(),
    ("may_reopen_session", "other board"): set(),
}


def session_in(state: str) -> ModelSession:
    group = make.group()
    leader, note_taker = make.member(group), make.member(group)
    session = make.session(of=group, **STATES[state])
    ModelSession.objects.filter(pk=session.pk).update(leader=leader, note_taker=note_taker)
    session = ModelSession.objects.get(pk=session.pk)
    if state == "closed":
        services.close_session(session, by=session.planned_by)
    return session


def who_is(who: str, session: ModelSession) -> User:
    invited = session.participations.exclude(
        user__in=[session.leader_id, session.note_taker_id, session.planned_by_id]
    )
    if who == "member" and not invited.exists():
        person = make.member(session.group)
        Participation.objects.create(session=session, user=person)
    found = {
        "board": lambda: session.planned_by,
        "guru model": lambda: session.teacher,
        "leader": lambda: session.leader,
        "note taker": lambda: session.note_taker,
        "member": lambda: invited.first().user,
        "pengawas": lambda: make.supervisor(session.teacher.school),
        "newcomer": make.newcomer,
        "other board": lambda: make.chair(make.group()),
    }
    return User.objects.get(pk=found[who]().pk)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("rule", "who"), ALLOWED)
def test_who_may_do_what_while_a_session_goes_on(rule: str, who: str, state: str):
    session = session_in(state)

    verdict = getattr(rules, rule)(who_is(who, session), session)

    assert bool(verdict) is (state in ALLOWED[rule, who])
    assert all(str(reason).endswith(".") for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("who", "answers", "removes"),
    [
        ("board", True, False),
        ("guru model", True, False),
        ("leader", True, False),
        ("note taker", True, False),
        ("author", False, True),
        ("pengawas", False, False),
        ("other board", False, False),
    ],
)
@pytest.mark.parametrize("state", ["open", "answered", "closed"])
def test_who_may_answer_and_remove_a_question(who: str, answers: bool, removes: bool, state: str):
    session = session_in("begun")
    author = who_is("member", session)
    question = ask(session, author)
    if state == "answered":
        services.mark_answered(question, by=session.planned_by)
    if state == "closed":
        services.close_session(session, by=session.planned_by)
    question = Question.objects.get(pk=question.pk)
    user = author if who == "author" else who_is(who, session)

    assert bool(rules.may_answer_question(user, question)) is (answers and state != "closed")
    assert bool(rules.may_remove_question(user, question)) is (removes and state == "open")


def test_a_token_proves_who_asks_of_which_session_for_five_minutes():
    session = make.session()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = live.token_for(session, session.teacher)
        found = live.read_token(token)
        clock.shift(timedelta(minutes=5, seconds=1))

        with pytest.raises(signing.SignatureExpired):
            live.read_token(token)

    assert (found.session_pk, found.user_pk) == (session.pk, session.teacher_id)
    with pytest.raises(signing.BadSignature):
        live.read_token(token[:-2] + "xx")


def test_the_agenda_follows_the_lesson_clock():
    session = make.session(**BEGUN)
    for position, minutes in enumerate((10, 50)):
        AgendaItem.objects.create(
            session=session, position=position, title=f"Acara {position}", minutes=minutes
        )
    services.start_clock(session, by=session.teacher)

    turns = live.state_of(session).agenda

    assert [turn.item.title for turn in turns] == ["Acara 0", "Acara 1"]
    assert turns[0].starts_at == session.clock_started_at
    assert turns[1].starts_at == turns[0].ends_at == turns[0].starts_at + timedelta(minutes=10)


@pytest.mark.parametrize("people", [1, 30])
def test_the_state_is_read_in_six_queries_whatever_is_in_it(people: int, django_assert_num_queries):
    group = make.group()
    for _n in range(people):
        make.member(group)
    session = make.session(of=group, **BEGUN)
    session.participations.update(attendance="present")
    for part in session.participations.all():
        ask(session, part.user)
    services.take_pen(session, by=session.planned_by)
    AgendaItem.objects.create(
        session=session, position=1, title="Buka kelas", minutes=80, speaker=session.teacher
    )

    with django_assert_num_queries(6):
        state = live.state_of(session)
        words = [str(one.author) for one in state.questions] + [
            str(part.user) for part in state.present
        ]

    assert len(state.present) == people + 1
    assert words
