"""Who took part in the stages of a cycle: people are counted, and nobody's words are told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from groups import services as groups
from groups.models import Cycle, Membership
from groups.roles import Role
from sessions import services as sessions
from tests import make
from thinkpair import services
from thinkpair.models import Thread
from thinkpair.turnout import (
    lessons_of,
    turnout_by_school,
    turnout_of,
    yet_to_observe,
    yet_to_teach,
)

pytestmark = pytest.mark.django_db
NOTHING = dict.fromkeys("smart", 0)


def big_group(cycle: Cycle, count: int = 6) -> list[User]:
    """So many members of one school each."""
    return [make.member(cycle.group) for _ in range(count)]


def names(people) -> set[User]:
    return set(people)


def test_a_new_cycle_has_all_of_them_yet_to_teach_and_to_observe():
    cycle = make.cycle()
    members = big_group(cycle)
    make.member(make.cycle().group)

    found = turnout_of(cycle)

    assert (found.members, found.schools) == (6, 6)
    assert found.stages == NOTHING
    assert (found.yet_to_teach, found.yet_to_observe) == (6, 6)
    assert names(yet_to_teach(cycle)) == names(yet_to_observe(cycle)) == set(members)


def test_each_stage_counts_people_not_things():
    cycle = make.cycle()
    teacher, observer, sharer, thinker, *_others = big_group(cycle)
    for _ in range(2):
        make.post(of=cycle.group, by=sharer)
    lesson = make.session(of=cycle.group, teacher=teacher, observers=[observer], held=True)
    make.observation(of=lesson, observer=observer, submitted=True)
    make.feedback(on=lesson, by=observer)
    for _ in range(2):
        make.thread(of=cycle.group, thinkers=[thinker])
        Thread.objects.update(phase="pair")

    found = turnout_of(cycle)

    assert found.stages == {"s": 1, "m": 1, "a": 1, "r": 1, "t": 1}
    assert teacher not in yet_to_teach(cycle)
    assert observer in yet_to_teach(cycle)
    assert observer not in yet_to_observe(cycle)
    assert teacher in yet_to_observe(cycle)


def test_what_is_another_cycles_withdrawn_a_draft_or_of_a_meeting_is_not_counted():
    before = make.cycle()
    members = big_group(before)
    make.post(of=before.group, by=members[0])
    held = make.session(of=before.group, teacher=members[1], observers=[members[2]], held=True)
    make.observation(of=held, observer=members[2], submitted=True)
    make.feedback(on=held, by=members[2])
    make.thread(of=before.group, thinkers=[members[3]])
    Thread.objects.update(phase="pair")
    chair = make.chair(before.group)
    before.refresh_from_db()
    groups.close_cycle(before, by=chair, reflection="Cukup.")

    now = make.cycle(of=before.group)
    make.withdrawn_post(of=now.group)
    lesson = make.session(of=now.group, teacher=members[4], observers=[members[5]], held=True)
    make.observation(of=lesson, observer=members[5])
    make.feedback(on=lesson, by=members[5], given=False)
    make.meeting(of=now.group, leader=members[0], held=True)

    assert turnout_of(before).stages == {"s": 1, "m": 1, "a": 1, "r": 1, "t": 1}
    assert turnout_of(now).stages == NOTHING | {"m": 1}


def test_a_visit_of_a_supervisor_is_no_lesson_of_the_cycle():
    cycle = make.cycle()
    visited, *_others = big_group(cycle)
    visit = make.visit(to=visited, starts_in=timedelta(minutes=-30))
    sessions.hold_session(visit, by=visit.leader)
    make.feedback(on=visit, by=visit.leader)
    make.follow_up(on=visit)
    make.visit(to=visited)

    found = turnout_of(cycle)

    assert found.stages == NOTHING
    assert (found.yet_to_teach, found.going_to_teach, found.promised) == (6, 0, 0)
    assert lessons_of(cycle) == []


def test_reflecting_alone_is_nobodys_to_count_but_a_promise_is():
    cycle = make.cycle()
    teacher, *_others = big_group(cycle)
    lesson = make.session(of=cycle.group, teacher=teacher, held=True)
    other = make.session(of=cycle.group, held=True)
    make.reflection(on=other)
    assert turnout_of(cycle).stages["r"] == 0

    make.follow_up(on=lesson)

    assert turnout_of(cycle).stages["r"] == 1


def test_who_has_a_lesson_ahead_need_not_be_asked_unless_it_is_cancelled():
    cycle = make.cycle()
    members = big_group(cycle)
    ahead = make.session(of=cycle.group, teacher=members[0], observers=[members[1]])
    make.session(of=cycle.group, teacher=members[2], observers=[members[3]], cancelled=True)

    found = turnout_of(cycle)
    assert (found.going_to_teach, found.going_to_observe) == (1, 1)
    assert names(yet_to_teach(cycle)).isdisjoint({members[0]})
    assert names(yet_to_observe(cycle)).isdisjoint({members[1]})
    assert {members[1], members[2], members[3]} <= names(yet_to_teach(cycle))
    assert {members[0], members[2], members[3]} <= names(yet_to_observe(cycle))
    assert found.yet_to_teach == yet_to_teach(cycle).count() == found.members - 1

    sessions.cancel_session(ahead, by=make.chair(cycle.group), reason="Jalan putus.")
    assert members[0] in yet_to_teach(cycle)
    assert members[1] in yet_to_observe(cycle)


def test_who_left_the_group_is_not_counted():
    cycle = make.cycle()
    members = big_group(cycle)
    make.post(of=cycle.group, by=members[0])
    yesterday = Membership.objects.get(user=members[0]).starts_on + timedelta(days=1)
    Membership.objects.filter(user=members[0]).update(ends_on=yesterday)

    found = turnout_of(cycle)

    assert (found.members, found.stages["s"]) == (5, 0)


@pytest.mark.parametrize(("count", "told"), [(4, None), (5, 1)])
def test_a_group_of_fewer_than_five_hides_who_fed_back_and_who_thought(count, told):
    cycle = make.cycle()
    members = big_group(cycle, count - 2)
    chair = make.chair(cycle.group)
    thinker = members[0]
    opened = services.open_thread(
        cycle.group,
        by=chair,
        submission="7c9e6679-7425-40de-944b-e07fc1f90ae7",
        title="Murid diam",
        problem="Sepi.",
        think_ends_at=timezone.now() + timedelta(days=1),
        pair_ends_at=timezone.now() + timedelta(days=2),
        share_ends_at=timezone.now() + timedelta(days=3),
    )
    services.think(opened, by=thinker, text="Menunggu.")
    make.member(cycle.group)
    thinking = turnout_of(cycle).stages["t"]
    Thread.objects.update(phase="closed")

    found = turnout_of(cycle)

    assert found.members == count
    assert thinking == (told and 0)
    assert found.stages == {"s": 0, "m": 0, "a": 0, "r": told and 0, "t": told}


def test_schools_are_counted_apart_and_small_ones_keep_their_secrets():
    cycle = make.cycle()
    large, small, smaller = make.school(), make.school(), make.school()
    of_large = [make.member(cycle.group, at=large) for _ in range(5)]
    [of_small, *_rest] = [make.member(cycle.group, at=small) for _ in range(3)]
    of_smaller = [make.member(cycle.group, at=smaller) for _ in range(2)]
    lesson = make.session(of=cycle.group, teacher=of_large[0], observers=[of_small], held=True)
    make.observation(of=lesson, observer=of_small, submitted=True)
    make.feedback(on=lesson, by=of_small)
    make.feedback(on=lesson, by=of_large[1])
    make.post(of=cycle.group, by=of_smaller[0])

    found = {row.school: row for row in turnout_by_school(cycle)}

    assert found[large.name].stages == {"s": 0, "m": 1, "a": 0, "r": 1, "t": 0}
    assert found[small.name].stages == {"s": 0, "m": 0, "a": 1, "r": None, "t": None}
    assert found[smaller.name].stages == {"s": 1, "m": 0, "a": 0, "r": None, "t": None}
    assert [found[school.name].members for school in (large, small, smaller)] == [5, 3, 2]


def test_one_small_school_alone_cannot_be_reckoned_from_the_whole():
    cycle = make.cycle()
    schools = [make.school() for _ in range(3)]
    for school, count in zip(schools, (2, 5, 7), strict=True):
        for _ in range(count):
            make.member(cycle.group, at=school)

    found = {row.school: row.stages["r"] for row in turnout_by_school(cycle)}

    assert found == {schools[0].name: None, schools[1].name: None, schools[2].name: 0}


def test_who_names_no_school_comes_last():
    cycle = make.cycle()
    stray = make.member(cycle.group)
    User.objects.filter(pk=stray.pk).update(school=None)
    at = make.member(cycle.group).school

    assert [row.school for row in turnout_by_school(cycle)] == [at.name, ""]
    assert turnout_of(cycle).schools == 1


def test_a_lesson_shows_who_came_and_what_came_of_it():
    cycle = make.cycle()
    watching = [make.member(cycle.group) for _ in range(2)]
    guide = make.member(cycle.group, Role.CORE_TEACHER)
    lesson = make.session(of=cycle.group, observers=watching, held=True)
    chair = make.chair(cycle.group)
    sessions.tick_attendance(
        lesson, by=chair, attendance={watching[0].pk: "present", watching[1].pk: "sick"}
    )
    make.observation(of=lesson, observer=watching[0], submitted=True)
    make.observation(of=lesson, observer=watching[1])
    make.feedback(on=lesson, by=guide)
    make.session(of=cycle.group, cancelled=True)
    make.meeting(of=cycle.group, held=True)

    [found] = lessons_of(cycle)

    assert found.session == lesson
    assert (found.present, found.invited) == (1, lesson.participations.count())
    assert (found.session.sheets_submitted, found.observers) == (1, 2)
    assert (found.session.feedback_given, found.voices) == (1, 3)


def test_follow_ups_are_counted_only_where_that_tells_of_five_teachers():
    cycle = make.cycle()
    lessons = [make.session(of=cycle.group, held=True) for _ in range(10)]
    counts = [turnout_of(cycle).promised]
    for lesson in lessons:
        make.follow_up(on=lesson)
        counts.append(turnout_of(cycle).promised)

    assert counts == [0, *[None] * 4, 5, *[None] * 4, 10]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much_there_is(count, django_assert_num_queries):
    cycle = make.cycle()
    for _ in range(count):
        lesson = make.session(of=cycle.group, observers=[make.member(cycle.group)], held=True)
        make.feedback(on=lesson)

    with django_assert_num_queries(2):
        turnout_of(cycle)
    with django_assert_num_queries(1):
        assert len(turnout_by_school(cycle)) >= count
    with django_assert_num_queries(3):
        assert len(lessons_of(cycle)) == count
