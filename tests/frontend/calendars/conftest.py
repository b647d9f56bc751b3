"""It is a Tuesday in November, and there is a group with a member."""

from __future__ import annotations

import pytest
import time_machine

from accounts.models import User
from groups.models import Group
from tests import make
from tests.frontend.calendars.november import NOW


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def group() -> Group:
    return make.group()


@pytest.fixture
def member(group) -> User:
    return make.member(group)
