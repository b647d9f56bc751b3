from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from groups.roles import Role
from observations import rules
from observations.models import Focus, Indicator, Instrument, Observation, Photo
from sessions.models import ModelSession
from sessions.services import open_early, start_clock
from tests import make

pytestmark = pytest.mark.django_db


def two_observers() -> ModelSession:
    """A held session with two observers, not open to its guru model yet."""
    group = make.group()
    return make.session(of=group, observers=[make.member(group), make.member(group)], held=True)


def reader(who: str, observation: Observation) -> User:
    """The person of that name; the second observer submits her own sheet first when so named."""
    session = observation.session
    others = session.participations.observers().exclude(user=observation.observer)
    if who == "other observer who submitted":
        make.observation(of=session, observer=others.get().user, submitted=True)
    if who == "other observer with a draft":
        make.observation(of=session, observer=others.get().user)
    found = {
        "observer": lambda: observation.observer,
        "guru model": lambda: session.teacher,
        "other observer": lambda: others.get().user,
        "other observer with a draft": lambda: others.get().user,
        "other observer who submitted": lambda: others.get().user,
        "board": lambda: session.planned_by,
        "core teacher": lambda: make.member(session.group, Role.CORE_TEACHER),
        "member": lambda: make.member(session.group),
        "supervisor": lambda: make.supervisor(session.teacher.school),
        "principal": lambda: make.principal(session.teacher.school),
        "officer": make.officer,
        "stranger": make.person,
    }
    return User.objects.get(pk=found[who]().pk)


# Who reads: a draft; a submitted sheet before, and after the session opened to the guru model.
READERS = {
    "observer": (True, True, True),
    "guru model": (False, False, True),
    "other observer": (False, False, False),
    "other observer with a draft": (False, False, False),
    "other observer who submitted": (False, True, True),
    "board": (False, False, False),
    "core teacher": (False, False, False),
    "member": (False, False, False),
    "supervisor": (False, False, False),
    "principal": (False, False, False),
    "officer": (False, False, False),
    "stranger": (False, False, False),
}


@pytest.mark.parametrize("who", READERS)
def test_who_reads_an_observation(who: str):
    session = two_observers()
    observer = session.participations.observers().earliest("pk").user
    draft = make.observation(of=session, observer=observer)
    user = reader(who, draft)

    def reads() -> bool:
        return Observation.objects.visible_to(user).contains(draft)

    found = [reads()]
    make.observation(of=session, observer=observer, submitted=True)
    found.append(reads())
    open_early(session, timezone.now())
    found.append(reads())

    assert tuple(found) == READERS[who]


def test_guru_model_reads_no_draft_also_when_the_session_is_open_to_her():
    draft = make.observation()
    open_early(draft.session, timezone.now())

    assert not Observation.objects.visible_to(draft.session.teacher).exists()


def test_a_supervisor_who_observed_reads_the_other_sheets_of_that_session():
    session = two_observers()
    make.observation(of=session, submitted=True)
    supervisor = make.supervisor(session.teacher.school)
    make.observation(of=session, observer=supervisor, submitted=True)

    assert Observation.objects.visible_to(supervisor).count() == 2


def test_everyone_signed_in_reads_instruments():
    make.indicator()
    stranger = make.person()

    assert Instrument.objects.visible_to(stranger).count() == 4
    assert Indicator.objects.visible_to(stranger).count() == 22
    assert Focus.objects.visible_to(stranger).count() == 0


STATES = {
    "planned": {},
    "begun": {"starts_in": -timedelta(minutes=10)},
    "held": {"held": True},
    "cancelled": {"cancelled": True},
}
ALLOWED = {
    ("may_choose_focus", "guru model"): {"planned", "begun"},
    ("may_choose_focus", "board"): {"planned", "begun"},
    ("may_choose_focus", "observer"): set(),
    ("may_choose_focus", "core teacher"): set(),
    ("may_choose_focus", "supervisor"): set(),
    ("may_choose_focus", "stranger"): set(),
    ("may_observe", "observer"): {"begun", "held"},
    ("may_observe", "core teacher"): {"begun", "held"},
    ("may_observe", "supervisor"): {"begun", "held"},
    ("may_observe", "guru model"): set(),
    ("may_observe", "board"): set(),
    ("may_observe", "member"): set(),
    ("may_observe", "principal"): set(),
    ("may_observe", "officer"): set(),
    ("may_observe", "stranger"): set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("rule", "who"), ALLOWED)
def test_who_may_choose_a_focus_and_observe(rule: str, who: str, state: str):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], **STATES[state])
    user = reader(who, Observation(session=session, observer=observer))

    verdict = getattr(rules, rule)(user, session)

    assert bool(verdict) is (state in ALLOWED[rule, who])
    assert all(str(reason).endswith(".") for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("who", "edits_draft", "edits_submitted"),
    [
        ("observer", True, False),
        ("guru model", False, False),
        ("other observer who submitted", False, False),
        ("board", False, False),
        ("supervisor", False, False),
    ],
)
def test_who_edits_and_submits_an_observation(who: str, edits_draft, edits_submitted):
    session = two_observers()
    observer = session.participations.observers().earliest("pk").user
    draft = make.observation(of=session, observer=observer)
    user = reader(who, draft)
    found = bool(rules.may_edit_observation(user, draft))
    submits = bool(rules.may_submit_observation(user, draft))
    submitted = make.observation(of=session, observer=observer, submitted=True)

    assert (found, submits) == (edits_draft, edits_draft)
    assert bool(rules.may_edit_observation(user, submitted)) is edits_submitted
    assert not rules.may_submit_observation(user, submitted)


def test_nobody_submits_before_the_session_was_held():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=5))
    draft = make.observation(of=session, observer=observer)

    verdict = rules.may_submit_observation(observer, draft)

    assert [str(reason) for reason in verdict.reasons] == ["Sesi ini belum dinyatakan terlaksana."]


@pytest.mark.parametrize(
    ("who", "corrects"),
    [
        ("observer", True),
        ("guru model", False),
        ("other observer who submitted", False),
        ("board", False),
        ("core teacher", False),
        ("supervisor", False),
        ("stranger", False),
    ],
)
def test_who_corrects_a_sheet_and_sends_its_photos(who: str, corrects: bool):
    session = two_observers()
    observer = session.participations.observers().earliest("pk").user
    draft = make.observation(of=session, observer=observer)
    user = reader(who, draft)
    of_draft = Photo(observation=draft)
    before = (
        bool(rules.may_correct_observation(user, draft)),
        bool(rules.may_send_photo(user, of_draft)),
    )
    sent = make.observation(of=session, observer=observer, submitted=True)
    of_sent = Photo(observation=sent)
    after = (
        bool(rules.may_correct_observation(user, sent)),
        bool(rules.may_send_photo(user, of_sent)),
    )
    sent.submitted_at = timezone.now() - timedelta(days=31)

    assert before == (False, corrects)
    assert after == (corrects, corrects)
    assert not rules.may_correct_observation(user, sent)
    assert not rules.may_send_photo(user, of_sent)


@pytest.mark.parametrize("who", READERS)
def test_who_reads_a_photo(who: str):
    session = two_observers()
    observer = session.participations.observers().earliest("pk").user
    draft = make.observation(of=session, observer=observer)
    photo = make.photo(of=draft)
    user = reader(who, draft)

    def reads() -> bool:
        return Photo.objects.visible_to(user).contains(photo)

    found = [reads()]
    make.observation(of=session, observer=observer, submitted=True)
    found.append(reads())
    open_early(session, timezone.now())
    found.append(reads())
    Photo.objects.update(stored_at=None)

    assert tuple(found) == READERS[who]
    assert reads() is (who == "observer")


def test_sheet_opens_with_the_lesson_clock_where_that_started_early():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=timedelta(minutes=10))

    before = bool(rules.may_observe(observer, session))
    start_clock(session, by=session.teacher)
    session.refresh_from_db()

    assert (before, bool(rules.may_observe(observer, session))) == (False, True)
