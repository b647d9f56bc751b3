"""A phone in South Sulawesi, in Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from dev.served import served
from tests.database import database_url

type OpenAs = Callable[[User], Page]

# Playwright's loop runs in the thread of the test, where Django would see it and refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder, so that none runs in the suite without a browser."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Put SQLite's test data in a file: the threads of the server cannot share one in memory."""
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("e2e") / "mgmp.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium of this machine, without what it does by itself in the background."""
    quiet = ("no-first-run", "disable-background-networking", "disable-component-update")
    safe = ("no-sandbox", "disable-gpu", "disable-quic", "disable-sync")
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"),
        "args": [f"--{name}" for name in (*quiet, *safe)],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A small phone that speaks Indonesian."""
    return {
        **browser_context_args,
        "viewport": {"width": 360, "height": 740},
        "is_mobile": True,
        "has_touch": True,
        "locale": "id-ID",
        "timezone_id": "Asia/Makassar",
    }


@pytest.fixture
def platform(transactional_db: None, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001 -- its rows
    """The address of the platform, served as it is deployed, on this test's database."""
    with served({"DATABASE_URL": database_url(), "DATA_DIR": str(tmp_path)}) as server:
        yield server.address


@pytest.fixture
def open_as(
    browser: Browser, platform: str, browser_context_args: dict[str, Any]
) -> Iterator[OpenAs]:
    """A phone of one's own for each person, signed in: `open_as(chair)` gives its page."""
    contexts: list[BrowserContext] = []

    def open_one(person: User) -> Page:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        context = browser.new_context(**browser_context_args)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": platform}])
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
