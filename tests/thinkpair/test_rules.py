from datetime import timedelta

import pytest

from accounts.models import User
from groups.roles import Role
from tests import make
from thinkpair import rules, services
from thinkpair.models import Message, Pair, Thought, Thread

pytestmark = pytest.mark.django_db


def thread_that_is(state: str) -> Thread:
    """A thread of one pair, in that phase."""
    group = make.group()
    if state in {"think", "arrange"}:
        thinkers = [make.member(group) for _ in range(2)]
        thread = make.thread(of=group, thinkers=thinkers, is_arranged=state == "arrange")
        return thread if state == "think" else make.pair_everyone(thread)
    thread = make.pair(of=group).thread
    if state == "share":
        services.begin_sharing(thread, by=make.chair(group))
    if state == "closed":
        make.end_thread(thread)
    return thread


def person(who: str, thread: Thread) -> User:
    group = thread.group
    made = {
        "thinker": lambda: thread.thoughts.earliest("pk").author,
        "partner": lambda: thread.thoughts.latest("pk").author,
        "member": lambda: make.member(group),
        "ketua": lambda: make.chair(group),
        "sekretaris": lambda: make.member(group, Role.SECRETARY),
        "instruktur": lambda: make.member(group, Role.INSTRUCTOR),
        "other ketua": lambda: make.chair(make.group()),
        "pengawas": lambda: make.supervisor(thread.author.school),
        "kepala sekolah": lambda: make.principal(thread.author.school),
        "Dinas": make.officer,
        "stranger": make.person,
    }
    return made[who]()


def reads(user: User, row) -> bool:
    visible = type(row).objects.visible_to(User.objects.get(pk=user.pk))
    return bool(visible.contains(row))


MEMBERS = ["thinker", "partner", "member", "ketua", "sekretaris", "instruktur"]
OUTSIDERS = ["other ketua", "pengawas", "kepala sekolah", "Dinas", "stranger"]


@pytest.mark.parametrize("state", ["think", "arrange", "pair", "share", "closed"])
@pytest.mark.parametrize(
    ("who", "expected"), [(who, True) for who in MEMBERS] + [(who, False) for who in OUTSIDERS]
)
def test_who_reads_a_thread(who, expected, state):
    thread = thread_that_is(state)

    assert reads(person(who, thread), thread) is expected


@pytest.mark.parametrize(
    ("who", "think", "pair", "closed"),
    [
        ("thinker", True, True, True),
        ("partner", False, True, True),
        *[(who, False, False, False) for who in MEMBERS[2:] + OUTSIDERS],
    ],
)
def test_who_reads_a_thought(who, think, pair, closed):
    states = {"think": think, "arrange": think, "pair": pair, "share": pair, "closed": closed}
    for state, expected in states.items():
        thread = thread_that_is(state)
        thought = Thought.objects.filter(thread=thread).earliest("pk")

        assert reads(person(who, thread), thought) is expected


@pytest.mark.parametrize("state", ["pair", "closed"])
@pytest.mark.parametrize(
    ("who", "expected"),
    [("thinker", True), ("partner", True), *[(w, False) for w in MEMBERS[2:] + OUTSIDERS]],
)
def test_a_pair_and_its_talk_are_read_by_the_pair_and_nobody_else(who, expected, state):
    thread = thread_that_is("pair")
    pair = thread.pairs.get()
    message = make.message(in_=pair, by=person("thinker", thread))
    if state == "closed":
        make.end_thread(thread)

    user = person(who, thread)

    assert reads(user, pair) is expected
    assert reads(user, message) is expected
    assert list(Message.objects.visible_to(user)) == [message] * expected
    assert list(Pair.objects.visible_to(user)) == [pair] * expected


def test_a_pair_does_not_read_the_other_pairs_of_its_thread():
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(4)])
    services.end_thinking(thread, by=make.chair(group))
    one, other = thread.pairs.order_by("number")
    message = make.message(in_=one, by=one.people.first())

    for outsider in other.people.all():
        assert not reads(outsider, one)
        assert not reads(outsider, message)
        assert not any(reads(outsider, thought) for thought in one.thoughts.all())
        assert list(Pair.objects.visible_to(outsider)) == [other]


def why_not(verdict) -> list[str]:
    return [str(reason) for reason in verdict.reasons]


@pytest.mark.parametrize("who", MEMBERS + OUTSIDERS)
def test_who_may_open_a_thread(who):
    thread = thread_that_is("think")

    expected = (
        [] if who in MEMBERS else ["Hanya anggota kelompok yang dapat membuka diskusi di sini."]
    )
    assert why_not(rules.may_open_thread(person(who, thread), thread.group)) == expected


THINKERS_ONLY = "Hanya yang ikut diskusi ini yang berpikir di sini."
SEATED = "Pasangan Bapak/Ibu sudah dibagi. Jawaban tidak diubah lagi."
TOO_LATE = "Waktu berpikir sendiri sudah lewat."


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("thinker", "think", []),
        ("member", "think", []),
        ("ketua", "think", []),
        ("thinker", "arrange", [SEATED]),
        ("member", "arrange", []),
        ("thinker", "pair", [SEATED]),
        ("member", "pair", []),
        ("member", "share", [TOO_LATE]),
        ("member", "closed", [TOO_LATE]),
        ("stranger", "think", [THINKERS_ONLY]),
        ("pengawas", "think", [THINKERS_ONLY]),
        ("stranger", "share", [THINKERS_ONLY, TOO_LATE]),
    ],
)
def test_who_may_think(who, state, expected):
    thread = thread_that_is(state)

    assert why_not(rules.may_think(person(who, thread), thread)) == expected


PHASES = ("think", "arrange", "pair", "share", "closed")
BOARD_ONLY = "Hanya pengurus kelompok yang dapat melakukan ini."
PAIR_ONLY = "Hanya anggota pasangan ini yang dapat menulis di sini."
OVER = "Diskusi ini sudah selesai."


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("thinker", "pair", []),
        ("partner", "pair", []),
        ("thinker", "closed", [OVER]),
        ("member", "pair", [PAIR_ONLY]),
        ("ketua", "pair", [PAIR_ONLY]),
        ("stranger", "closed", [PAIR_ONLY, OVER]),
    ],
)
def test_who_may_talk_in_a_pair(who, state, expected):
    thread = thread_that_is(state)

    assert why_not(rules.may_talk(person(who, thread), thread.pairs.get())) == expected


SHARE_FIRST = "Mulai berbagi hasil dulu, lalu diskusi dapat ditutup."
NOT_THINKING = "Waktu berpikir sendiri sudah lewat."
NOT_IN_PAIRS = "Hasil dibagikan setelah berpasangan."


@pytest.mark.parametrize(
    ("may", "allowed", "refusals"),
    [
        (rules.may_end_thinking, {"think"}, dict.fromkeys(PHASES, NOT_THINKING)),
        (rules.may_begin_sharing, {"pair"}, dict.fromkeys(PHASES, NOT_IN_PAIRS)),
        (
            rules.may_close_thread,
            {"share"},
            dict.fromkeys(PHASES, SHARE_FIRST) | {"closed": OVER},
        ),
        (
            rules.may_add_time,
            {"think", "pair", "share"},
            {
                "arrange": "Buka dulu ruang pasangannya, lalu tambah waktunya.",
                "closed": OVER,
            },
        ),
        (
            rules.may_conclude_thread,
            set(),
            dict.fromkeys(PHASES, "Simpulan ditulis saat diskusi ditutup.")
            | {"closed": "Simpulan diskusi ini sudah ditulis."},
        ),
    ],
)
def test_the_board_alone_moves_a_thread_on_each_way_in_its_phase(may, allowed, refusals):
    for state in PHASES:
        thread = thread_that_is(state)
        expected = [] if state in allowed else [refusals[state]]

        for who in ("ketua", "sekretaris"):
            assert why_not(may(person(who, thread), thread)) == expected
        for who in ("thinker", "member", "instruktur", "other ketua", "Dinas"):
            assert why_not(may(person(who, thread), thread)) == [BOARD_ONLY, *expected]


def test_a_thread_that_ended_by_itself_may_be_concluded():
    thread = thread_that_is("closed")
    Thread.objects.update(conclusion="")
    thread.refresh_from_db()

    assert why_not(rules.may_conclude_thread(person("ketua", thread), thread)) == []


def test_a_thread_for_a_session_is_for_those_who_were_there():
    session = make.session(starts_in=timedelta(hours=-1))
    guest, member = make.person(), make.member(session.group)
    absent = make.person()
    thread = make.thread(of=session.group, scope="session", session=session)
    for user, attendance in ((guest, "late"), (absent, "absent")):
        session.participations.create(user=user, role="participant", attendance=attendance)

    assert [reads(user, thread) for user in (guest, member, absent)] == [True, True, False]
    assert why_not(rules.may_think(guest, thread)) == []
    assert why_not(rules.may_think(member, thread)) == [THINKERS_ONLY]
    assert list(thread.takes_part()) == list(thread.people_to_pair()) == [session.teacher, guest]
