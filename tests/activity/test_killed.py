"""A kill -9 in the middle of `relay` loses nothing and doubles nothing.

The handler of the app in slow/ rests after each notice, so that the kill falls between a notice
and the end of its transaction.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper

from activity.services import record, relay
from mgmp.celery import app
from notifications.events import TaskIsDue
from tests import make

SETTINGS = "tests.activity.slow.settings"
TEXTS = [f"Tugas {number}" for number in range(6)]


def owe() -> None:
    person = make.person()
    with transaction.atomic():
        for text in TEXTS:
            record(TaskIsDue(person_id=person.pk, text=text, url="/"), by=None)


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < give_up_at, "it never came to that"
        time.sleep(0.02)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_of_relay_loses_and_doubles_nothing(start_celery):
    owe()
    worker = start_celery(
        "worker", "--pool=solo", DJANGO_SETTINGS_MODULE=SETTINGS, RELAY_RESTS="0.3"
    )
    app.send_task("activity.tasks.relay")
    wait_until(lambda: len(told_in(connection)) >= 2)

    worker.kill()
    worker.wait()
    settled = len(told_in(connection))

    assert 2 <= settled < len(TEXTS)
    assert relay() == len(TEXTS) - settled
    assert told_in(connection) == TEXTS


@pytest.mark.django_db(transaction=True)
def test_embedded_beat_killed_in_the_middle_of_relay_loses_and_doubles_nothing(
    start_celery, tmp_path: Path
):
    owe()
    environment = {"DJANGO_SETTINGS_MODULE": SETTINGS, "REDIS_URL": ""}
    database = connection
    if connection.vendor == "sqlite":
        environment["DATABASE_URL"], database = copied_to(tmp_path / "embedded.sqlite3")
    beat = start_celery("beat", **environment, RELAY_RESTS="0.3")
    wait_until(lambda: len(told_in(database)) >= 2)

    beat.kill()
    beat.wait()

    assert 2 <= len(told_in(database)) < len(TEXTS)
    start_celery("beat", **environment)
    wait_until(lambda: not owed_in(database))
    assert told_in(database) == TEXTS
    database.close()


def copied_to(path: Path) -> tuple[str, DatabaseWrapper]:
    """Put all that is in this test's database, which is in memory, into a file others can open."""
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{path}", DatabaseWrapper({**connection.settings_dict, "NAME": str(path)})


def told_in(database: BaseDatabaseWrapper) -> list[str]:
    with database.cursor() as cursor:
        cursor.execute("SELECT text FROM notifications_notice ORDER BY text")
        return [text for (text,) in cursor.fetchall()]


def owed_in(database: BaseDatabaseWrapper) -> int:
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM activity_entry WHERE handled_at IS NULL")
        [(count,)] = cursor.fetchall()
    return int(count)
