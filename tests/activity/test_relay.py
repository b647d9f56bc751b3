"""What follows from a change is never lost and never done twice."""

import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from activity.events import Event, handlers
from activity.models import Entry
from activity.services import record, relay
from groups.models import Group
from tests import make


@dataclass(frozen=True, kw_only=True)
class BellRang(Event):
    """Something that only these tests know."""

    number: int


@pytest.fixture
def heard(monkeypatch) -> list[int]:
    """What the bell's one handler heard."""
    heard: list[int] = []
    monkeypatch.setitem(handlers, BellRang, [lambda event: heard.append(event.number)])
    return heard


def ring(*numbers: int) -> None:
    with transaction.atomic():
        for number in numbers:
            record(BellRang(number=number), by=None)


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError, match="belongs in the transaction"):
        record(BellRang(number=1), by=None)


@pytest.mark.django_db(transaction=True)
def test_change_that_is_undone_leaves_no_entry(heard):
    with transaction.atomic():
        record(BellRang(number=1), by=None)
        transaction.set_rollback(True)

    assert (relay(), heard) == (0, [])


@pytest.mark.django_db
def test_record_with_once_drops_the_second(heard):
    for _ in range(2):
        record(BellRang(number=1), by=None, once="bell-1")

    assert (relay(), heard) == (1, [1])


@pytest.mark.django_db
def test_relay_settles_each_entry_once_in_order(heard):
    ring(1, 2, 3)

    assert (relay(), relay(), heard) == (3, 0, [1, 2, 3])


@pytest.mark.django_db
def test_relay_goes_on_past_one_batch(heard):
    ring(*range(7))

    assert (relay(batch=3), heard) == (7, list(range(7)))


@pytest.mark.django_db
def test_handler_knows_who_did_it(monkeypatch):
    actor, actors = make.person(), []
    monkeypatch.setitem(handlers, BellRang, [lambda event: actors.append(event.actor_id)])
    record(BellRang(number=1), by=actor)
    record(BellRang(number=2), by=None)

    relay()

    assert actors == [actor.pk, None]


@pytest.mark.django_db
def test_failing_entry_undoes_what_it_began_and_holds_up_no_other(monkeypatch):
    def fall_over_at_one(event):
        make.group()
        if event.number == 1:
            raise OSError

    monkeypatch.setitem(handlers, BellRang, [fall_over_at_one])
    ring(1, 2, 3)

    assert relay() == 2

    assert Group.objects.count() == 2
    assert list(Entry.objects.filter(handled_at=None).values_list("data", "attempts")) == [
        ({"number": 1}, 1)
    ]


@pytest.mark.django_db
def test_full_batches_of_failing_entries_hold_up_no_other(monkeypatch):
    heard: list[int] = []

    def fall_over_below_ten(event):
        if event.number < 10:
            raise OSError
        heard.append(event.number)

    monkeypatch.setitem(handlers, BellRang, [fall_over_below_ten])
    ring(*range(12))

    assert (relay(batch=5), heard) == (2, [10, 11])


@pytest.mark.django_db
def test_failing_entry_is_tried_after_1_2_4_minutes_then_daily(monkeypatch):
    def fall_over(_event):
        raise OSError

    monkeypatch.setitem(handlers, BellRang, [fall_over])
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ring(1)
        for _ in range(13):
            relay()
            entry = Entry.objects.get()
            waits.append((entry.retry_at - timezone.now()) // timedelta(minutes=1))
            clock.move_to(entry.retry_at - timedelta(seconds=1))
            relay()
            clock.move_to(entry.retry_at)

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440]
    assert Entry.objects.get().attempts == 13


@pytest.mark.django_db
def test_entry_that_failed_is_settled_when_the_cause_is_gone(monkeypatch, heard):
    hear = handlers[BellRang]
    monkeypatch.setitem(handlers, BellRang, [lambda _event: 1 / 0])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ring(1)
        relay()
        monkeypatch.setitem(handlers, BellRang, hear)
        clock.shift(timedelta(minutes=1))

        assert (relay(), relay(), heard) == (1, 0, [1])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_settle_each_entry_once(heard):
    ring(*range(40))
    settled, both = [], threading.Barrier(2)

    def relay_with_the_other():
        both.wait()
        settled.append(relay(batch=7))
        connection.close()

    relays = [threading.Thread(target=relay_with_the_other) for _ in range(2)]
    for each in relays:
        each.start()
    for each in relays:
        each.join()

    assert (sum(settled), sorted(heard)) == (40, list(range(40)))
