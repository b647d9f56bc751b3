from celery import shared_task

from observations import services


@shared_task
def discard_stale_pieces() -> None:
    """Delete the pieces of photos that no phone went on with for 30 days."""
    services.discard_stale_pieces()
