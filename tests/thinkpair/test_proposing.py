import pytest

from tests import make
from thinkpair import services
from thinkpair.models import Absence, Pair, Thought, Thread

pytestmark = pytest.mark.django_db


def thinking(group, people, **changes) -> Thread:
    thread = make.thread(of=group, thinkers=people)
    Thread.objects.filter(pk=thread.pk).update(**changes)
    thread.refresh_from_db()
    return thread


def pairs_of(thread) -> set[frozenset[int]]:
    return {frozenset(pair.people.values_list("pk", flat=True)) for pair in thread.pairs.all()}


def test_end_thinking_repeats_nobody_of_earlier_threads():
    group = make.group()
    people = [make.member(group) for _ in range(4)]
    chair = make.chair(group)

    rounds = [services.end_thinking(thinking(group, people), by=chair) for _ in range(3)]

    assert len(set().union(*(pairs_of(thread) for thread in rounds))) == 6


def test_end_thinking_of_another_groups_thread_asks_nothing_of_this_ones():
    group, elsewhere = make.group(), make.group()
    people = [make.member(group) for _ in range(2)]
    for person in people:
        make.also(person, elsewhere, "member")
    services.end_thinking(thinking(group, people), by=make.chair(group))

    thread = services.end_thinking(thinking(elsewhere, people), by=make.chair(elsewhere))

    assert thread.pairs.get().reasons == ["schools", "new"]


def test_end_thinking_puts_who_solved_it_with_who_struggles():
    group = make.group()
    people = [make.member(group) for _ in range(4)]
    thread = thinking(group, people)
    for person, standing in zip(people, ["solved"] * 2 + ["struggling"] * 2, strict=True):
        Thought.objects.filter(author=person).update(standing=standing)

    services.end_thinking(thread, by=make.chair(group))

    assert all("complement" in pair.reasons for pair in thread.pairs.all())


def test_end_thinking_leaves_out_the_hindered():
    group = make.group()
    people = [make.member(group) for _ in range(3)]
    thread = thinking(group, people)
    Absence.objects.create(thread=thread, person=people[0], by=people[0])

    services.end_thinking(thread, by=make.chair(group))

    assert pairs_of(thread) == {frozenset(person.pk for person in people[1:])}


def test_end_thinking_at_a_session_takes_all_who_are_there():
    group = make.group()
    session = make.session(of=group, held=True)
    there, silent, away = (make.member(group) for _ in range(3))
    for person in (there, silent):
        session.participations.update_or_create(user=person, defaults={"attendance": "present"})
    session.participations.update_or_create(user=away, defaults={"attendance": "absent"})
    thread = make.thread(of=group, scope="session", session=session)
    services.think(thread, by=there, text="Tunggu.")

    services.end_thinking(thread, by=make.chair(group))

    assert pairs_of(thread) == {frozenset((there.pk, silent.pk, thread.session.teacher_id))}


def test_arranged_pairs_and_thoughts_are_nobodys_to_read_until_the_rooms_open():
    group = make.group()
    people = [make.member(group) for _ in range(2)]
    thread = thinking(group, people, is_arranged=True)

    services.end_thinking(thread, by=make.chair(group))

    assert thread.phase == "arrange"
    assert thread.pairs.count() == 1
    assert not Pair.objects.visible_to(people[0]).exists()
    assert [t.author for t in Thought.objects.visible_to(people[0])] == [people[0]]
