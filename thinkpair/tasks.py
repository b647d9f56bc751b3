from celery import shared_task
from django.utils import timezone

from thinkpair import services


@shared_task
def nudge_silent_pairs() -> None:
    """Tell pairs, once each, that nobody of them wrote for long."""
    services.nudge_silent_pairs(timezone.now())


@shared_task
def move_on() -> None:
    """Move on every thread whose phase has ended."""
    services.move_on(timezone.now())
