"""What celery beat is told to start exists; else only its log would say that it does not."""

import pytest
from django.conf import settings

from mgmp import celery_app


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_every_scheduled_task_exists(name: str):
    celery_app.autodiscover_tasks(force=True)

    assert settings.CELERY_BEAT_SCHEDULE[name]["task"] in celery_app.tasks


def test_tasks_run_by_themselves_only_without_a_broker():
    assert bool(settings.REDIS_URL) is not settings.CELERY_TASK_ALWAYS_EAGER
