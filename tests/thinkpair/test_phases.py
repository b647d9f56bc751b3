"""Threads move on by themselves when their time has come."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make
from thinkpair import services
from thinkpair.models import Thought, Thread

pytestmark = pytest.mark.django_db


def pass_on(thread: Thread, by: timedelta) -> str:
    """Let time pass and the clock look, twice at once; which phase is it then?"""
    with time_machine.travel(timezone.now() + by):
        services.move_on(timezone.now())
        services.move_on(timezone.now())
    thread.refresh_from_db()
    return thread.phase


def thinking(count: int, **choices) -> Thread:
    group = make.group()
    return make.thread(of=group, thinkers=[make.member(group) for _ in range(count)], **choices)


def test_a_thread_over_days_goes_through_its_phases_and_ends_without_a_conclusion():
    thread = thinking(4)

    assert pass_on(thread, timedelta(days=2)) == "think"
    assert pass_on(thread, timedelta(days=3, minutes=1)) == "pair"
    assert thread.pairs.count() == 2
    assert pass_on(thread, timedelta(days=6, minutes=1)) == "share"
    assert pass_on(thread, timedelta(days=9, minutes=1)) == "closed"
    assert thread.conclusion == ""


def test_rooms_of_proposed_pairs_open_by_themselves_after_a_day():
    thread = thinking(2, is_arranged=True)

    assert pass_on(thread, timedelta(days=3, minutes=1)) == "arrange"
    assert not Thought.objects.exclude(pair=None).exists()
    assert pass_on(thread, timedelta(days=3, hours=23)) == "arrange"
    assert pass_on(thread, timedelta(days=4, minutes=2)) == "pair"
    assert Thought.objects.exclude(pair=None).count() == 2


def test_a_phase_that_begins_late_still_lasts_a_day():
    thread = thinking(2)

    assert pass_on(thread, timedelta(days=30)) == "pair"
    assert thread.pair_ends_at > timezone.now() + timedelta(days=30, hours=23)
    assert thread.share_ends_at >= thread.pair_ends_at + timedelta(days=1)


def test_in_a_meeting_each_phase_has_its_minutes_from_when_it_begins():
    thread = thinking(2, think_minutes=3, pair_minutes=7, share_minutes=10)

    services.end_thinking(thread, by=make.chair(thread.group))

    left = thread.pair_ends_at - timezone.now()
    assert timedelta(minutes=6, seconds=50) < left <= timedelta(minutes=7)
    assert thread.share_ends_at - thread.pair_ends_at == timedelta(minutes=10)


def test_with_fewer_than_two_thoughts_it_waits_a_day_once_then_ends_and_counts_nowhere():
    group = make.group()
    cycle = make.cycle(of=group)
    thread = make.thread(of=group, thinkers=[make.member(group)])

    assert pass_on(thread, timedelta(days=3, minutes=1)) == "think"
    assert thread.extended_at is not None
    assert pass_on(thread, timedelta(days=4, minutes=2)) == "closed"
    cycle.refresh_from_db()
    assert (thread.paired_at, thread.pairs.count(), cycle.talks_closed) == (None, 0, 0)


def test_the_board_may_end_thinking_whoever_has_thought_and_pays_for_it_with_time():
    """A refusal would tell a board that has thought itself whether another has, too."""
    group = make.group()
    chair = make.chair(group)
    thread = make.thread(of=group, thinkers=[chair])
    now = timezone.now()

    services.end_thinking(thread, by=chair)

    thread.refresh_from_db()
    assert (thread.phase, thread.extended_at is not None) == ("think", True)
    assert now + timedelta(hours=23) < thread.think_ends_at < now + timedelta(hours=25)
    assert thread.think_ends_at < thread.pair_ends_at < thread.share_ends_at
    services.end_thinking(thread, by=chair)
    assert (thread.phase, thread.pairs.count()) == ("closed", 0)


def test_one_thread_that_fails_holds_up_no_other(monkeypatch, caplog):
    broken, fine = thinking(2), thinking(2)

    def fail_once(thread: Thread) -> None:
        if thread.pk == broken.pk:
            raise RuntimeError("broken")
        services.propose_pairs(thread)

    monkeypatch.setattr("thinkpair.services.phases.propose_pairs", fail_once)
    moved = pass_on(fine, timedelta(days=3, minutes=1))
    broken.refresh_from_db()

    assert (moved, broken.phase) == ("pair", "think")
    assert "could not be moved on" in caplog.text
