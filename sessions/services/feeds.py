"""Making and closing the secret addresses at which phones fetch calendars."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from activity.services import changing, record
from groups.models import Group
from sessions import rules
from sessions.events import CalendarFeedMade, CalendarFeedRevoked
from sessions.models import CalendarFeed


@transaction.atomic
def make_calendar_feed(*, by: User, group: Group | None = None) -> CalendarFeed:
    """Give the address of a calendar with all of the person's sessions, or those of one group.

    There is one at a time: asked again, it is the one that is open already.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    rules.may_make_calendar_feed.require(by, group)
    if made := by.calendar_feeds.open().filter(group=group).first():
        return made
    feed = CalendarFeed.objects.create(user=by, group=group)
    record(CalendarFeedMade(feed_id=feed.pk), by=by)
    return feed


def revoke_calendar_feed(feed: CalendarFeed, *, by: User) -> CalendarFeed:
    """Close an address at once and for good; a new one may be made."""
    with changing(feed):
        rules.may_revoke_calendar_feed.require(by, feed)
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        record(CalendarFeedRevoked(feed_id=feed.pk), by=by)
    return feed
