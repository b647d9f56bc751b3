"""Fixtures for every test, and which tests a run leaves out for want of a database or a broker."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from dev.processes import start, stop
from tests import matrix
from tests.database import database_url
from tests.mail_server import MailServer, run_mail_server
from tests.matrix import World
from tests.settings import mailer

type StartCelery = Callable[..., subprocess.Popen[bytes]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, without calling it skipped, what the other run of the suite is for."""
    missing = set()
    if connection.vendor != "postgresql":
        missing |= {"postgres", "worker"}
    if not os.environ.get("REDIS_URL"):
        missing |= {"worker"}
    left_out = [item for item in items if missing & {mark.name for mark in item.iter_markers()}]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def _nothing_remembered(settings, tmp_path: Path):
    """Give each test an empty cache and an empty folder for files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A mail server on this machine, to which all mail of the test goes by SMTP."""
    with run_mail_server() as server:
        settings.MAILERS = {"default": mailer(server.url)}
        yield server


@pytest.fixture
def start_celery(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StartCelery]:
    """Start `celery -A mgmp …` on this test's database: `start_celery("worker", "--pool=solo")`.

    Keywords are environment variables, so `start_celery("beat", REDIS_URL="")` runs tasks itself.
    The answer is a `Popen`; what still runs at the end of the test is ended, its log printed.
    """
    request.getfixturevalue("transactional_db")
    children = []
    environment = {**os.environ, "DATABASE_URL": database_url(), "DATA_DIR": str(tmp_path)}
    with (tmp_path / "celery.log").open("w+b") as log:

        def start_one(*arguments: str, **changes: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "celery", "-A", "mgmp", *arguments]
            given = {name: text for name, text in (environment | changes).items() if text}
            child = start(command, env=given, log=log.fileno())
            children.append(child)
            return child

        try:
            yield start_one
        finally:
            stop(*children, by=signal.SIGKILL)
            log.seek(0)
            print(log.read().decode())  # noqa: T201 -- pytest shows it when the test failed


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,  # noqa: ARG001 -- it makes the database
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Give all tests of a module one world with everybody in it; see tests/matrix.py."""
    files = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), matrix.undone():
        yield matrix.build(files)
