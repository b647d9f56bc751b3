from celery import shared_task
from django.utils import timezone

from thinkpair import services


@shared_task
def nudge_silent_pairs() -> None:
    """Tell pairs, once each, that nobody of them wrote for long."""
    services.nudge_silent_pairs(timezone.now())
