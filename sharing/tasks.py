from celery import shared_task

from sharing import library, services


@shared_task
def make_thumbnails() -> None:
    """Make the small pictures of files that have none yet."""
    services.make_thumbnails()


@shared_task
def erase_files() -> None:
    """Delete what was removed or withdrawn 30 days ago: the files, and what posts said before."""
    services.erase_files()


@shared_task
def fetch_previews() -> None:
    """Look at the pages behind the links that are due."""
    services.fetch_previews()


@shared_task
def forget_names() -> None:
    """Find nobody by a name that no author has any more."""
    library.forget_names()
