from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from groups.roles import Role
from reinforcement import rules, services
from reinforcement.models import Feedback, FollowUp, PrivateNote, Reflection
from sessions.models import ModelSession
from sessions.services import hold_session
from tests import make

pytestmark = pytest.mark.django_db


def person(who: str, session: ModelSession) -> User:
    """Someone new in that relation to the session; the guru model is who she is."""
    group, school = session.group, session.teacher.school
    made = {
        "guru model": lambda: session.model_teacher,
        "co-observer": lambda: make.feedback(on=session).author,
        "draft-writer": lambda: make.feedback(on=session, given=False).author,
        "coordinator": lambda: make.chair(group),
        "guru inti": lambda: make.member(group, Role.CORE_TEACHER),
        "instruktur": lambda: make.member(group, Role.INSTRUCTOR),
        "participant": lambda: session.participations.get(role="participant").user,
        "member": lambda: make.member(group),
        "pengawas": lambda: make.supervisor(school),
        "pengawas elsewhere": lambda: make.supervisor(make.school()),
        "kepala sekolah": lambda: make.principal(school),
        "Dinas": make.officer,
        "stranger": make.person,
    }
    return made[who]()


def reads(user: User, row) -> bool:
    visible = type(row).objects.visible_to(User.objects.get(pk=user.pk))
    return bool(visible.contains(row))


OTHERS = [
    "co-observer",
    "coordinator",
    "pengawas",
    "pengawas elsewhere",
    "kepala sekolah",
    "Dinas",
    "member",
    "stranger",
]


@pytest.mark.parametrize(
    ("who", "draft", "given", "reflected", "two_days_on"),
    [
        ("author", True, True, True, True),
        ("guru model", False, False, True, True),
        ("shared with", False, False, True, True),
        *[(who, False, False, False, False) for who in OTHERS],
    ],
)
def test_who_reads_feedback(who, draft, given, reflected, two_days_on):
    session = make.session(held=True)
    author = make.member(session.group, Role.CORE_TEACHER)
    reader = {"author": author, "shared with": make.person()}.get(who) or person(who, session)

    feedback = make.feedback(on=session, by=author, given=False)
    assert reads(reader, feedback) is draft

    services.give_feedback(session, by=author)
    assert reads(reader, feedback) is given

    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        if who == "shared with":
            services.share_feedback(feedback, by=session.teacher, reader=reader)
        assert reads(reader, feedback) is two_days_on

    make.reflection(on=session)
    assert reads(reader, feedback) is reflected


@pytest.mark.parametrize(
    ("who", "draft", "given", "opened"),
    [
        ("author", True, True, True),
        ("guru model", False, False, True),
        ("shared with", False, False, False),
        *[(who, False, False, False) for who in OTHERS],
    ],
)
def test_who_reads_the_private_note(who, draft, given, opened):
    session = make.session(held=True)
    author = make.member(session.group, Role.CORE_TEACHER)
    reader = {"author": author, "shared with": make.person()}.get(who) or person(who, session)

    feedback = make.feedback(on=session, by=author, given=False)
    note = PrivateNote.objects.get(feedback=feedback)
    assert reads(reader, note) is draft

    services.give_feedback(session, by=author)
    assert reads(reader, note) is given

    make.reflection(on=session)
    if who == "shared with":
        services.share_feedback(feedback, by=session.teacher, reader=reader)
        assert reads(reader, feedback)
    assert reads(reader, note) is opened


@pytest.mark.parametrize("who", ["guru model", "draft-writer", "participant", *OTHERS])
def test_only_the_guru_model_reads_her_reflection(who):
    session = make.session(held=True)
    reader = person(who, session)

    reflection = make.reflection(on=session)

    assert reads(reader, reflection) is (who == "guru model")
    assert Reflection.objects.visible_to(session.teacher).contains(reflection)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("guru model", True),
        ("co-observer", True),
        ("draft-writer", False),
        ("pengawas", True),
        ("pengawas elsewhere", False),
        ("coordinator", False),
        ("participant", False),
        ("member", False),
        ("kepala sekolah", False),
        ("Dinas", False),
        ("stranger", False),
    ],
)
def test_who_reads_a_follow_up(who, expected):
    session = make.session(held=True)
    reader = person(who, session)

    follow_up = make.follow_up(on=session)

    assert reads(reader, follow_up) is expected
    assert FollowUp.objects.visible_to(session.teacher).contains(follow_up)


def why_not(verdict) -> list[str]:
    return [str(reason) for reason in verdict.reasons]


NOT_HERS = "Bagian ini hanya untuk guru model."
NOT_HELD = "Sesi ini belum dinyatakan terlaksana."
REFLECTED = "Refleksi sesi ini sudah ditulis."


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("guru model", "planned", [NOT_HELD]),
        ("guru model", "cancelled", [NOT_HELD]),
        ("guru model", "held", []),
        ("guru model", "reflected", [REFLECTED]),
        ("coordinator", "held", [NOT_HERS]),
        ("coordinator", "planned", [NOT_HERS, NOT_HELD]),
        ("pengawas", "held", [NOT_HERS]),
        ("participant", "held", [NOT_HERS]),
        ("stranger", "held", [NOT_HERS]),
    ],
)
def test_who_may_reflect(who, state, expected):
    session = session_that_is(state)

    assert why_not(rules.may_reflect(person(who, session), session)) == expected


def session_that_is(state: str) -> ModelSession:
    session = make.session(held=state in {"held", "reflected"}, cancelled=state == "cancelled")
    if state == "reflected":
        make.reflection(on=session)
    return session


OWN = "Guru model tidak memberi umpan balik kepada dirinya sendiri."
NOT_THERE = "Umpan balik ditulis oleh yang mengikuti sesi ini."


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("guru model", "held", [OWN]),
        ("participant", "held", []),
        ("participant", "planned", [NOT_HELD]),
        ("participant", "cancelled", [NOT_HELD]),
        ("guru inti", "held", []),
        ("instruktur", "held", []),
        ("pengawas", "held", []),
        ("pengawas", "planned", [NOT_HELD]),
        ("pengawas elsewhere", "held", [NOT_THERE]),
        ("member", "held", [NOT_THERE]),
        ("kepala sekolah", "held", [NOT_THERE]),
        ("Dinas", "held", [NOT_THERE]),
        ("stranger", "held", [NOT_THERE]),
        ("stranger", "planned", [NOT_THERE, NOT_HELD]),
    ],
)
def test_who_may_give_feedback(who, state, expected):
    session = session_that_is(state)

    assert why_not(rules.may_give_feedback(person(who, session), session)) == expected


@pytest.mark.parametrize(
    ("who", "given", "expected"),
    [
        ("author", False, []),
        ("author", True, ["Umpan balik ini sudah dikirim."]),
        ("guru model", False, ["Umpan balik ini hanya dapat diubah oleh penulisnya."]),
        ("coordinator", False, ["Umpan balik ini hanya dapat diubah oleh penulisnya."]),
        (
            "pengawas",
            True,
            [
                "Umpan balik ini hanya dapat diubah oleh penulisnya.",
                "Umpan balik ini sudah dikirim.",
            ],
        ),
    ],
)
def test_who_may_edit_feedback(who, given, expected):
    feedback = make.feedback(given=given)
    user = feedback.author if who == "author" else person(who, feedback.session)

    assert why_not(rules.may_edit_feedback(user, feedback)) == expected


NOT_YET_GIVEN = "Umpan balik ini belum dikirim."
NOT_YET_OPEN = "Umpan balik terbuka setelah refleksi ditulis atau 48 jam setelah sesi."
NOT_HER_THANKS = "Terima kasih disampaikan oleh guru model."
NOT_HER_SHARE = "Umpan balik hanya dapat dibagikan oleh guru model."


@pytest.mark.parametrize(
    ("who", "state", "thanking", "sharing"),
    [
        ("guru model", "draft", [NOT_YET_GIVEN], [NOT_YET_GIVEN]),
        ("guru model", "given", [NOT_YET_OPEN], [NOT_YET_OPEN]),
        ("guru model", "open", [], []),
        ("guru model", "thanked", ["Terima kasih sudah disampaikan."], []),
        ("author", "open", [NOT_HER_THANKS], [NOT_HER_SHARE]),
        ("coordinator", "open", [NOT_HER_THANKS], [NOT_HER_SHARE]),
        ("pengawas", "open", [NOT_HER_THANKS], [NOT_HER_SHARE]),
        ("stranger", "open", [NOT_HER_THANKS], [NOT_HER_SHARE]),
    ],
)
def test_who_may_thank_for_feedback_and_share_it(who, state, thanking, sharing):
    feedback = feedback_that_is(state)
    user = feedback.author if who == "author" else person(who, feedback.session)

    assert why_not(rules.may_thank(user, feedback)) == thanking
    assert why_not(rules.may_share_feedback(user, feedback)) == sharing


def feedback_that_is(state: str) -> Feedback:
    feedback = make.feedback(given=state != "draft")
    if state in {"open", "thanked"}:
        make.reflection(on=feedback.session)
    if state == "thanked":
        services.thank_for_feedback(feedback, by=feedback.session.teacher)
    return Feedback.objects.get(pk=feedback.pk)


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        (
            "guru model",
            "planned",
            [NOT_HELD, "Tulis refleksi lebih dulu, lalu pilih satu tindak lanjut."],
        ),
        ("guru model", "held", ["Tulis refleksi lebih dulu, lalu pilih satu tindak lanjut."]),
        ("guru model", "reflected", []),
        (
            "guru model",
            "promised",
            ["Masih ada tindak lanjut yang berjalan. Selesaikan atau ganti lebih dulu."],
        ),
        ("coordinator", "reflected", [NOT_HERS]),
        ("pengawas", "reflected", [NOT_HERS]),
        ("participant", "reflected", [NOT_HERS]),
    ],
)
def test_who_may_promise(who, state, expected):
    session = session_that_is("held" if state == "promised" else state)
    if state == "promised":
        make.follow_up(on=session)

    assert why_not(rules.may_promise(person(who, session), session)) == expected


NOT_HER_PROMISE = "Tindak lanjut hanya dapat diubah oleh guru model."


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("guru model", "open", []),
        ("guru model", "done", ["Tindak lanjut ini sudah berakhir: selesai."]),
        ("guru model", "changed", ["Tindak lanjut ini sudah berakhir: diganti."]),
        ("guru model", "dropped", ["Tindak lanjut ini sudah berakhir: dihentikan."]),
        ("coordinator", "open", [NOT_HER_PROMISE]),
        ("co-observer", "open", [NOT_HER_PROMISE]),
        ("pengawas", "open", [NOT_HER_PROMISE]),
        ("pengawas", "done", [NOT_HER_PROMISE, "Tindak lanjut ini sudah berakhir: selesai."]),
        ("Dinas", "open", [NOT_HER_PROMISE]),
    ],
)
def test_who_may_end_a_follow_up(who, state, expected):
    follow_up = follow_up_that_is(state)

    user = person(who, follow_up.session)

    assert why_not(rules.may_end_follow_up(user, follow_up)) == expected


def follow_up_that_is(state: str) -> FollowUp:
    follow_up = make.follow_up()
    make.end(follow_up, state)
    return FollowUp.objects.get(pk=follow_up.pk)


@pytest.mark.parametrize("state", ["open", "done", "dropped"])
@pytest.mark.parametrize(
    ("lesson", "running", "ended"),
    [
        ("next", True, True),
        ("next, held", True, True),
        ("cancelled", False, False),
        ("earlier", False, False),
        ("of another teacher", False, False),
        ("after the next", True, False),
    ],
)
def test_observers_of_her_next_lesson_read_what_she_promised(lesson, running, ended, state):
    follow_up = make.follow_up()
    group, teacher = follow_up.session.group, follow_up.session.teacher
    observer = make.member(group)
    if lesson == "after the next":
        make.session(of=group, teacher=teacher, starts_in=timedelta(hours=-1), held=True)
    make.session(
        of=group,
        teacher=make.member(group) if lesson == "of another teacher" else teacher,
        observers=[observer],
        starts_in=timedelta(days=-9 if lesson == "earlier" else 9),
        cancelled=lesson == "cancelled",
    )

    make.end(follow_up, state)
    later = timedelta(days=10 if lesson == "next, held" else 0)

    with time_machine.travel(timezone.now() + later):
        if later:
            hold_session(teacher.taught_sessions.latest("starts_at"), by=teacher)
        assert reads(observer, follow_up) is (running if state == "open" else ended)
        assert reads(teacher, follow_up)


@pytest.mark.parametrize("who", ["participant", "coordinator", "guru inti", "member"])
def test_those_who_do_not_observe_her_next_lesson_read_no_promise(who):
    follow_up = make.follow_up()
    coming = make.session(of=follow_up.session.group, teacher=follow_up.session.teacher)
    part = coming.participations.filter(role="participant").latest("pk")

    reader = part.user if who == "participant" else person(who, coming)

    assert not reads(reader, follow_up)
    assert reads(follow_up.session.teacher, follow_up)


def test_promise_after_a_visit_is_not_for_colleagues_who_observe_her_next_lesson():
    visit = make.visit(starts_in=timedelta(hours=-2))
    hold_session(visit, by=visit.leader)
    follow_up = make.follow_up(on=visit)
    group = visit.teacher.memberships.get().group
    observer = make.member(group)
    make.session(of=group, teacher=visit.teacher, observers=[observer])

    assert not reads(observer, follow_up)
    assert reads(visit.leader, follow_up)
