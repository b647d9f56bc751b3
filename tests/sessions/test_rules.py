from datetime import timedelta

import pytest

from accounts.models import User
from groups.roles import Role
from sessions import rules
from sessions.models import ModelSession, Participation
from tests import make

pytestmark = pytest.mark.django_db
STATES = {
    "planned": {},
    "begun": {"starts_in": -timedelta(minutes=10)},
    "held": {"held": True},
    "cancelled": {"cancelled": True},
}


def who_is(who: str, session: ModelSession) -> User:
    """The person of that name, fresh from the database."""
    outsiders = {
        "officer": make.officer,
        "newcomer": make.newcomer,
        "other chair": lambda: make.chair(make.group()),
        "supervisor": lambda: make.supervisor(session.teacher.school),
        "other supervisor": lambda: make.supervisor(make.school()),
        "principal": lambda: make.principal(session.teacher.school),
    }
    if who in outsiders:
        return outsiders[who]()
    found = {
        "guru model": session.teacher_id,
        "board": session.planned_by_id,
        "observer": session.participations.get(role="observer").user_id,
        "core teacher": make.member(session.group, Role.CORE_TEACHER).pk,
        "member": make.member(session.group).pk,
    }
    return User.objects.get(pk=found[who])


def session_in(state: str) -> ModelSession:
    group = make.group()
    return make.session(of=group, observers=[make.member(group)], **STATES[state])


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("guru model", True),
        ("board", True),
        ("observer", True),
        ("member", True),
        ("supervisor", True),
        ("other supervisor", False),
        ("principal", False),
        ("officer", False),
        ("other chair", False),
        ("newcomer", False),
    ],
)
def test_who_reads_a_session_and_its_people(who: str, reads: bool, state: str):
    session = session_in(state)
    user = who_is(who, session)

    assert ModelSession.objects.visible_to(user).contains(session) is reads
    assert Participation.objects.visible_to(user).filter(session=session).exists() is reads


def test_an_invited_person_from_outside_reads_that_session_alone():
    session, other = make.session(), make.session()
    guest = make.person()
    Participation.objects.create(session=session, user=guest, role="resource_person")

    assert list(ModelSession.objects.visible_to(guest)) == [session]
    assert {part.session for part in Participation.objects.visible_to(guest)} == {session}
    assert other not in ModelSession.objects.visible_to(guest)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("board", True),
        ("guru model", False),
        ("member", False),
        ("core teacher", False),
        ("other chair", False),
        ("officer", False),
    ],
)
def test_who_may_plan_a_session(who: str, may: bool):
    session = session_in("planned")

    assert bool(rules.may_plan_session(who_is(who, session), session.group)) is may


# For each rule and person: the states of the session in which it says yes.
ALLOWED = {
    ("may_change_session", "board"): {"planned", "begun"},
    ("may_change_session", "guru model"): {"planned", "begun"},
    ("may_change_session", "observer"): set(),
    ("may_change_session", "core teacher"): set(),
    ("may_change_session", "supervisor"): set(),
    ("may_change_session", "other chair"): set(),
    ("may_cancel_session", "board"): {"planned", "begun"},
    ("may_cancel_session", "guru model"): set(),
    ("may_cancel_session", "member"): set(),
    ("may_cancel_session", "other chair"): set(),
    ("may_hold_session", "board"): {"begun"},
    ("may_hold_session", "guru model"): {"begun"},
    ("may_hold_session", "observer"): set(),
    ("may_hold_session", "supervisor"): set(),
    ("may_hold_session", "other chair"): set(),
    ("may_invite", "board"): {"planned", "begun", "held"},
    ("may_invite", "guru model"): {"planned", "begun", "held"},
    ("may_invite", "observer"): set(),
    ("may_invite", "other chair"): set(),
    ("may_tick_attendance", "board"): {"begun", "held"},
    ("may_tick_attendance", "guru model"): set(),
    ("may_tick_attendance", "member"): set(),
    ("may_tick_attendance", "other chair"): set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("rule", "who"), ALLOWED)
def test_who_may_run_a_session(rule: str, who: str, state: str):
    session = session_in(state)

    verdict = getattr(rules, rule)(who_is(who, session), session)

    assert bool(verdict) is (state in ALLOWED[rule, who])
    assert all(str(reason).endswith(".") for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("state", "may"), [("planned", True), ("begun", True), ("held", False), ("cancelled", False)]
)
def test_the_invited_person_answers_while_the_session_is_planned(state: str, may: bool):
    session = session_in(state)
    part = session.participations.get(role="observer")

    assert bool(rules.may_answer_invitation(part.user, part)) is may
    assert not rules.may_answer_invitation(who_is("board", session), part)
    assert not rules.may_answer_invitation(who_is("guru model", session), part)


def test_an_invitation_is_not_answered_after_the_end():
    session = make.session(starts_in=-timedelta(hours=2))
    part = session.participations.latest("pk")

    assert list(rules.may_answer_invitation(part.user, part).reasons) == ["Sesi ini sudah lewat."]
