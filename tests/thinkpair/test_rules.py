import pytest

from accounts.models import User
from groups.roles import Role
from tests import make
from thinkpair import rules, services
from thinkpair.models import Message, Pair, Thought, Thread

pytestmark = pytest.mark.django_db


def thread_that_is(state: str) -> Thread:
    """A thread of one pair; "lonely" has one thought only, which nobody can be paired with."""
    group = make.group()
    if state in {"think", "lonely"}:
        count = 2 if state == "think" else 1
        return make.thread(of=group, thinkers=[make.member(group) for _ in range(count)])
    thread = make.pair(of=group).thread
    if state == "closed":
        services.close_thread(thread, by=make.chair(group), conclusion="Tunggu tujuh detik.")
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


@pytest.mark.parametrize("state", ["think", "pair", "closed"])
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
    for state, expected in (("think", think), ("pair", pair), ("closed", closed)):
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
        services.close_thread(thread, by=make.chair(thread.group), conclusion="Selesai.")

    user = person(who, thread)

    assert reads(user, pair) is expected
    assert reads(user, message) is expected
    assert list(Message.objects.visible_to(user)) == [message] * expected
    assert list(Pair.objects.visible_to(user)) == [pair] * expected


def test_a_pair_does_not_read_the_other_pairs_of_its_thread():
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(4)])
    services.make_pairs(thread, by=make.chair(group))
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


THINKERS_ONLY = "Hanya anggota kelompok yang ikut berpikir."
TOO_LATE = "Waktu berpikir sendiri sudah lewat."


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("thinker", "think", []),
        ("member", "think", []),
        ("ketua", "think", []),
        ("thinker", "pair", [TOO_LATE]),
        ("member", "closed", [TOO_LATE]),
        ("stranger", "think", [THINKERS_ONLY]),
        ("pengawas", "think", [THINKERS_ONLY]),
        ("stranger", "pair", [THINKERS_ONLY, TOO_LATE]),
    ],
)
def test_who_may_think(who, state, expected):
    thread = thread_that_is(state)

    assert why_not(rules.may_think(person(who, thread), thread)) == expected


BOARD_ONLY = "Hanya pengurus kelompok yang dapat melakukan ini."
PAIRED = "Pasangan diskusi ini sudah dibagi."


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("ketua", "think", []),
        ("sekretaris", "think", []),
        ("ketua", "lonely", ["Tunggu sampai sedikitnya dua anggota menulis jawabannya."]),
        ("ketua", "pair", [PAIRED]),
        ("ketua", "closed", [PAIRED]),
        ("member", "think", [BOARD_ONLY]),
        ("thinker", "think", [BOARD_ONLY]),
        ("instruktur", "think", [BOARD_ONLY]),
        ("other ketua", "think", [BOARD_ONLY]),
        ("member", "pair", [BOARD_ONLY, PAIRED]),
    ],
)
def test_who_may_make_pairs(who, state, expected):
    thread = thread_that_is(state)

    assert why_not(rules.may_make_pairs(person(who, thread), thread)) == expected


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


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("ketua", "think", ["Bagi dulu pasangannya, lalu diskusi dapat ditutup."]),
        ("ketua", "pair", []),
        ("sekretaris", "pair", []),
        ("ketua", "closed", [OVER]),
        ("thinker", "pair", [BOARD_ONLY]),
        ("instruktur", "pair", [BOARD_ONLY]),
        ("other ketua", "closed", [BOARD_ONLY, OVER]),
    ],
)
def test_who_may_close_a_thread(who, state, expected):
    thread = thread_that_is(state)

    assert why_not(rules.may_close_thread(person(who, thread), thread)) == expected
