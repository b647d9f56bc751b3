from celery import shared_task

from accounts import services


@shared_task
def clear_sessions() -> None:
    """Forget sign-ins that ran out."""
    services.clear_sessions()
