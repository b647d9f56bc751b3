from celery import shared_task
from django.utils import timezone

from notifications import services


@shared_task
def send_mail() -> None:
    """Send the letters that are due."""
    services.send_due_letters()


@shared_task
def remind_of_owed() -> None:
    """Remind everyone of what falls due within a day."""
    services.remind_of_owed(timezone.now())
