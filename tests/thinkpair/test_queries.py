from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from activity.owed import end_of
from tests import make
from thinkpair import queries, services

pytestmark = pytest.mark.django_db


def owed(user: User, *, after: timedelta = timedelta(0)) -> list[str]:
    now = timezone.now() + after
    with time_machine.travel(now):
        found = queries.owed_by(User.objects.get(pk=user.pk), now)
        return [f"{one.key} {one.verb}" for one in found]


def test_a_member_owes_a_thought_until_it_is_written():
    group = make.group()
    member, thread = make.member(group), make.thread(of=group)
    make.thread()

    [debt] = queries.owed_by(member, timezone.now())
    assert (debt.key, debt.stage, debt.due_at) == (
        f"think:{thread.pk}",
        "t",
        end_of(thread.think_until),
    )

    services.think(thread, by=member, text="Saya menunggu.")
    assert owed(member) == []


def test_a_pair_owes_its_talk_then_its_answer():
    pair = make.pair()
    one, other = pair.people.all()
    assert owed(one) == [f"talk:{pair.pk} Bicara dengan pasangan"]

    make.message(in_=pair, by=one)
    assert owed(one) == [f"talk:{pair.pk} Bagikan kartu bersama"]
    assert owed(other) == [f"talk:{pair.pk} Bicara dengan pasangan"]

    make.card(of=pair, by=other)
    assert owed(one) == owed(other) == []


def test_a_board_makes_pairs_and_closes_when_the_day_has_passed():
    group = make.group()
    chair = make.chair(group)
    thread = make.thread(of=group, thinkers=[chair, make.member(group)])
    a_week = timedelta(days=7)
    assert owed(chair) == []
    assert owed(chair, after=a_week) == [f"make-pairs:{thread.pk} Bagi pasangan"]

    services.make_pairs(thread, by=chair)
    make.card(of=thread.pairs.get(), by=chair)
    assert owed(chair) == []
    assert owed(chair, after=a_week) == [f"close-thread:{thread.pk} Simpulkan diskusi"]

    services.close_thread(thread, by=chair, conclusion="Selesai.")
    assert owed(chair, after=a_week) == []


@pytest.mark.parametrize("count", [1, 5])
def test_what_is_owed_costs_two_queries_however_much_it_is(count, django_assert_num_queries):
    group = make.group()
    user = make.member(group)
    for _ in range(count):
        make.thread(of=group)
    queries.owed_by(user, timezone.now())

    with django_assert_num_queries(2):
        found = queries.owed_by(user, timezone.now())

    assert len(found) == count


def test_progress_counts_members_thoughts_pairs_and_answers():
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(4)])
    assert queries.progress_of(thread) == queries.Progress(
        members=5, thoughts=4, pairs=0, answers=0
    )

    services.make_pairs(thread, by=make.chair(group))
    pair = thread.pairs.earliest("pk")
    card = make.card(of=pair)

    assert queries.progress_of(thread) == queries.Progress(
        members=6, thoughts=4, pairs=2, answers=1
    )
    assert queries.shared_cards(thread) == [card]
