from celery import shared_task

from sharing import services


@shared_task
def make_thumbnails() -> None:
    """Make the small pictures of files that have none yet."""
    services.make_thumbnails()
