from uuid import uuid4

import pytest

from tests import make
from thinkpair import services
from thinkpair.queries.arranging import proposals_of
from thinkpair.queries.fairness import fairness_of
from thinkpair.queries.matching import history_before

pytestmark = pytest.mark.django_db


def finished(group, people):
    thread = make.thread(of=group, thinkers=people)
    services.end_thinking(thread, by=make.chair(group))
    return thread


def close(thread):
    chair = make.chair(thread.group)
    services.begin_sharing(thread, by=chair)
    services.close_thread(thread, by=chair, conclusion="Selesai.")


def test_counts_rounds_in_which_each_took_part_and_whom_nobody_met():
    group = make.group()
    one, other, third = (make.member(group) for _ in range(3))
    thread = finished(group, [one, other])
    pair = thread.pairs.get()
    for words in ("Halo.", "Halo lagi."):
        services.say(pair, by=one, text=words, submission=uuid4())
    services.edit_card(pair, by=one, revision=0, problem="Diam.", attempt="Tunggu.")
    services.share_card(pair, by=one)
    close(thread)

    found = fairness_of(group)

    of = {share.person: share for share in found.shares}
    assert found.rounds == 1
    told = [(of[p].thought, of[p].paired, of[p].spoke, of[p].gave) for p in (one, other, third)]
    assert told == [(1, 1, 1, 1), (1, 1, 0, 1), (0, 0, 0, 0)]
    assert (of[one].partners, of[one].possible) == (1, len(found.shares) - 1)
    assert other not in of[one].unmet
    assert third in of[one].unmet
    names = [share.person.name for share in found.shares]
    assert names == sorted(names)


def test_who_talked_and_was_parted_has_met():
    group = make.group()
    thread = finished(group, [make.member(group) for _ in range(4)])
    room = thread.pairs.order_by("number")[0]
    one, other = room.people.order_by("pk")
    for person in (one, other):
        services.say(room, by=person, text="Halo.", submission=uuid4())
    services.mark_absent(thread, by=other, person=other)

    again = make.arranged(of=group, thinkers=[one, other])

    [proposal] = proposals_of(again)
    assert [set(meeting.people) for meeting in proposal.met] == [{one, other}]
    assert "belum lama ini berpasangan" in proposal.reason
    assert frozenset({one.pk, other.pk}) in history_before(again)[0]
    close(thread)
    of = {share.person: share for share in fairness_of(group).shares}
    assert other not in of[one].unmet
    assert (of[one].paired, of[other].paired, of[other].spoke) == (1, 1, 1)


def test_rounds_that_still_run_and_those_of_other_groups_count_nothing():
    group, elsewhere = make.group(), make.group()
    people = [make.member(group) for _ in range(2)]
    for person in people:
        make.also(person, elsewhere, "member")
    make.thread(of=group, thinkers=people)
    make.arranged(of=group, thinkers=people)
    finished(group, people)
    close(finished(elsewhere, people))

    found = fairness_of(group)

    assert found.rounds == 0
    assert {(s.thought, s.paired, s.partners) for s in found.shares} == {(0, 0, 0)}


@pytest.mark.parametrize("count", [2, 8])
def test_the_cost_is_the_same_for_few_and_many(django_assert_num_queries, count):
    group = make.group()
    thread = finished(group, [make.member(group) for _ in range(count)])
    close(thread)

    with django_assert_num_queries(6):
        assert len(fairness_of(group).shares) >= count
