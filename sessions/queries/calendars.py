"""What calendars show of sessions: ours, and those of phones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from groups.models import Group
from sessions.calendars import Occasion
from sessions.models import CalendarFeed, ModelSession

# What is longer ago than this leaves the phone's calendar; the platform keeps it.
FEED_REACHES_BACK = timedelta(days=180)
MOST_IN_A_FEED = 1000


def sessions_between(
    user: User, first: datetime, last: datetime, *, group: Group | None = None
) -> QuerySet[ModelSession]:
    """Sessions that this person may read and that share a moment with that time, in order."""
    found = ModelSession.objects.visible_to(user).filter(starts_at__lt=last, ends_at__gt=first)
    if group:
        found = found.filter(group=group)
    return found.select_related("group", "teacher", "leader", "school").order_by("starts_at", "pk")


def find_feed(token: str) -> CalendarFeed | None:
    """Return the calendar at this secret address, as long as it is open and its owner active."""
    found = CalendarFeed.objects.open().filter(token=token, user__is_active=True)
    return found.select_related("user", "group").first()


def occasions_for(user: User, now: datetime, *, group: Group | None = None) -> list[Occasion]:
    """What a calendar of this person shows: half a year back, and all that is to come.

    A series of which the person may read every session is one occasion; of another the readable
    sessions stand each for itself, and nothing is said about the rest.
    """
    readable = ModelSession.objects.visible_to(user)
    if group:
        readable = readable.filter(group=group)
    since = now - FEED_REACHES_BACK
    lasting = readable.filter(ends_at__gt=since).exclude(series=None).values("series")
    found = readable.filter(Q(ends_at__gt=since) | Q(series__in=lasting))
    ordered = found.select_related("group", "teacher", "leader", "school", "series").order_by(
        "-starts_at"
    )
    sessions = list(reversed(ordered[:MOST_IN_A_FEED]))
    return _occasions(sessions, since=since)


def _occasions(sessions: Sequence[ModelSession], *, since: datetime) -> list[Occasion]:
    of_series: defaultdict[int, list[ModelSession]] = defaultdict(list)
    for session in sessions:
        if session.series_id:
            of_series[session.series_id].append(session)
    whole = ModelSession.objects.filter(series__in=of_series).values_list("series")
    sizes = dict(whole.annotate(size=Count("pk")))
    found, done = [], set()
    for session in sessions:
        together = of_series.get(session.series_id or 0, [])
        if session.series is None or len(together) != sizes[session.series.pk]:
            if session.ends_at > since:
                found.append(Occasion([session]))
        elif session.series.pk not in done:
            done.add(session.series.pk)
            found.append(Occasion(together, session.series))
    return found
