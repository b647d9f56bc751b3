"""Load the demo district: three groups, one finished cycle, running ones, two gardens."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from demo import finished, gardens, meetings, others, running, visits
from demo.cast import Cast
from demo.clock import Calendar
from notifications.models import Notice

READ_AFTER_DAYS = 6


@transaction.atomic
def load() -> bool:
    """Fill an empty database. False, and nothing done, when there are people already."""
    if User.objects.exists():
        return False
    calendar = Calendar(timezone.localdate())
    cast = Cast(calendar)
    science = finished.play(cast, calendar)
    running.play(cast, calendar, science)
    others.play(cast, calendar)
    gardens.play(cast, calendar)
    meetings.play(cast, calendar, science)
    visits.play(cast, calendar)
    _read_old_notices(calendar)
    _give_addresses()
    return True


def _read_old_notices(calendar: Calendar) -> None:
    """People have read what came in before this week."""
    old = Notice.objects.filter(at__lt=calendar.at(-READ_AFTER_DAYS, 0))
    old.update(read_at=calendar.at(-READ_AFTER_DAYS, 0))
    for person in User.objects.all():
        person.unread_notices = person.notices.unread().count()
        person.save(update_fields=["unread_notices"])


def _give_addresses() -> None:
    """Only now, so that no letter of the past is sent; the domain belongs to nobody."""
    for username in ("ketua", "guru", "model"):
        User.objects.filter(username=username).update(email=f"{username}@mgmp.example")
