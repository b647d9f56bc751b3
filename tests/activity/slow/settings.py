"""The settings under test, with a handler that rests and a beat that does not wait."""

from tests.settings import *  # noqa: F403 -- all of it, then what differs
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.activity.slow"]
CELERY_BEAT_SCHEDULE = {"relay-activity": {"task": "activity.tasks.relay", "schedule": 0.2}}
