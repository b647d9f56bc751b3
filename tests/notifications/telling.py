"""What was told meanwhile."""

from accounts.models import User
from activity.models import Entry
from activity.services import relay
from notifications.models import Notice


def quiet() -> None:
    """Forget what led here, so that only what comes next is told."""
    Entry.objects.all().delete()


def told() -> dict[User, str]:
    """Who was told what; nobody was told twice."""
    relay()
    assert not Entry.objects.filter(handled_at=None).exists(), "a handler failed"
    notices = Notice.objects.select_related("recipient").order_by("pk")
    found = {notice.recipient: notice.text for notice in notices}
    assert len(found) == len(notices)
    return found


def links() -> set[str]:
    return set(Notice.objects.values_list("url", flat=True))
