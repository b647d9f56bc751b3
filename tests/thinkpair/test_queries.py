from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
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
        thread.think_ends_at,
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


def test_a_board_opens_rooms_and_closes():
    group = make.group()
    chair, member = make.chair(group), make.member(group)
    thread = make.thread(of=group, thinkers=[chair, member], is_arranged=True)
    assert owed(chair) == []

    services.end_thinking(thread, by=chair)
    assert owed(chair) == [f"arrange:{thread.pk} Buka ruang pasangan"]
    assert owed(member) == []

    services.open_pairs(thread, by=chair)
    pair = thread.pairs.get()
    services.edit_card(pair, by=chair, revision=0, problem="Sepi.", attempt="Tunggu.")
    services.share_card(pair, by=chair)
    assert owed(chair) == []

    services.begin_sharing(thread, by=chair)
    pick = f"pick:{thread.pk} Pilih kartu"
    assert owed(chair) == [pick, f"close-thread:{thread.pk} Simpulkan diskusi"]
    assert owed(member) == [pick]

    pair.card.reactions.create(person=member, kind="vote")
    assert owed(member) == []

    services.close_thread(thread, by=chair, conclusion="Selesai.")
    assert owed(chair) == []


def test_who_was_at_the_session_owes_and_the_rest_of_the_group_does_not():
    session = make.session(starts_in=timedelta(hours=-1))
    guest, member = make.person(), make.member(session.group)
    session.participations.create(user=guest, role="participant", attendance="present")

    thread = make.thread(of=session.group, scope="session", session=session)

    assert owed(guest) == [f"think:{thread.pk} Tulis jawaban"]
    assert owed(member) == []


@pytest.mark.parametrize("count", [1, 5])
def test_what_is_owed_costs_three_queries_however_much_it_is(count, django_assert_num_queries):
    group = make.group()
    user = make.member(group)
    for _ in range(count):
        make.thread(of=group)
    queries.owed_by(user, timezone.now())

    with django_assert_num_queries(3):
        found = queries.owed_by(user, timezone.now())

    assert len(found) == count


def test_progress_counts_pairs_and_answers_and_no_thoughts():
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(4)])
    assert queries.progress_of(thread) == queries.Progress(pairs=0, answers=0)

    services.end_thinking(thread, by=make.chair(group))
    pair = thread.pairs.earliest("pk")
    card = make.card(of=pair)

    assert queries.progress_of(thread) == queries.Progress(pairs=2, answers=1)
    assert list(queries.shared_cards(thread)) == [card]
