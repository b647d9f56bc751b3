"""Who may read shared cards and do what with them, and why not."""

import pytest

from accounts.models import User
from tests import make
from tests.thinkpair.walls import card as new_card
from tests.thinkpair.walls import wall, wall_cards, writer
from thinkpair import rules, services
from thinkpair.models import Card, Trial

pytestmark = pytest.mark.django_db

INSIDE = ["writer", "member", "ketua"]
OUTSIDE = ["other ketua", "pengawas", "Dinas", "stranger", "left"]


def person(who: str, card: Card) -> User:
    group = card.pair.thread.group
    made = {
        "writer": lambda: writer(card),
        "member": lambda: make.member(group),
        "ketua": lambda: make.chair(group),
        "other ketua": lambda: make.chair(make.group()),
        "pengawas": lambda: make.supervisor(writer(card).school),
        "Dinas": make.officer,
        "stranger": make.person,
        "left": lambda: left(make.member(group)),
    }
    return User.objects.get(pk=made[who]().pk)


def left(user: User) -> User:
    user.memberships.all().delete()
    return user


def card_that_is(state: str) -> Card:
    """A card on a wall in that phase; “unshared” and “merged” while results are shared."""
    phase = "share" if state in {"unshared", "merged"} else state
    thread = wall(cards=2, phase=phase)
    if state == "unshared":
        return new_card(thread, shared=False)
    first, second = wall_cards(thread)
    if state == "merged":
        services.merge_cards(second, by=make.chair(thread.group), cards=[first])
    return Card.objects.get(pk=first.pk)


@pytest.mark.parametrize("state", ["pair", "share", "closed", "merged", "unshared"])
def test_who_reads_a_card_and_its_trials(state):
    card = card_that_is(state)
    trial = Trial.objects.create(card=card, person=make.member(card.pair.thread.group))

    for who in INSIDE + OUTSIDE:
        user = person(who, card)
        shared = who in INSIDE and state != "unshared"

        assert Card.objects.visible_to(user).contains(card) is (shared or who == "writer"), who
        assert Trial.objects.visible_to(user).contains(trial) is shared, who


NOT_IN = "Hanya yang ikut dalam diskusi ini yang dapat melakukan ini."
EARLY = "Kelompok belum sampai pada tahap berbagi hasil."
BOARD = "Hanya pengurus kelompok yang dapat melakukan ini."
OVER = "Diskusi ini sudah selesai."


def why_not(verdict) -> list[str]:
    return [str(reason) for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("state", "reasons"),
    [
        ("pair", [EARLY]),
        ("share", []),
        ("closed", []),
        ("unshared", ["Kartu ini belum dibagikan ke kelompok."]),
        ("merged", ["Kartu ini sudah digabung dengan kartu lain."]),
    ],
)
def test_who_may_agree_vote_and_try(state, reasons):
    card = card_that_is(state)
    for who in INSIDE + OUTSIDE:
        user = person(who, card)
        expected = reasons if who in INSIDE else [NOT_IN, *reasons]

        assert why_not(rules.may_agree(user, card)) == expected, who
        assert why_not(rules.may_try_card(user, card)) == expected, who
        late = [OVER] if state == "closed" else []
        assert why_not(rules.may_vote(user, card)) == expected + late, who
        assert why_not(rules.may_take_back_vote(user, card)) == expected + late, who


@pytest.mark.parametrize("state", ["pair", "share", "closed"])
def test_who_may_merge_and_pick(state):
    card = card_that_is(state)
    thread, early = card.pair.thread, [EARLY] if state == "pair" else []
    for who in INSIDE + OUTSIDE:
        user = person(who, card)
        expected = early if who == "ketua" else [BOARD, *early]

        assert why_not(rules.may_merge_cards(user, thread)) == expected, who
        assert why_not(rules.may_pick_cards(user, thread)) == expected, who


def test_who_may_carry_a_card_on():
    card = card_that_is("closed")
    for who in INSIDE + OUTSIDE:
        user = person(who, card)

        assert bool(rules.may_promise_of_card(user, card)) is (who in INSIDE), who
        assert bool(rules.may_make_post_of_card(user, card)) is (who == "writer"), who
        assert bool(rules.may_make_theme_of_card(user, card)) is (who == "ketua"), who


def test_who_was_at_the_session_reads_the_wall_of_its_thread_and_may_agree():
    session = make.session(held=True)
    thread = wall(of=session.group)
    thread.scope, thread.session = "session", session
    thread.save()
    [card] = wall_cards(thread)
    guest, absent = make.person(), make.person()
    session.participations.create(user=guest, attendance="present")
    session.participations.create(user=absent, attendance="absent")

    assert Card.objects.visible_to(guest).contains(card)
    assert rules.may_agree(guest, card)
    assert not Card.objects.visible_to(absent).contains(card)
    assert not rules.may_agree(absent, card)
