"""The addresses at which phones fetch calendars, and what they fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.calendar_files import calendar_file
from frontend.http import Request, go, number_in
from frontend.shell import shell_of
from groups.models import Group
from sessions import calendars, queries, services
from sessions.models import CalendarFeed

# How long it is remembered since when a feed has been what it is.
REMEMBERED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Address:
    """A calendar that a person can have on the phone: of all groups, or of one."""

    group: Group | None
    feed: CalendarFeed | None
    url: str = ""

    @property
    def webcal(self) -> str:
        """The same, for the phone's own calendar to open."""
        return re.sub(r"^https?:", "webcal:", self.url)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feeds(request: Request) -> HttpResponse:
    """Which calendars can be on the phone; a POST makes the address of one."""
    if request.method == "POST":
        group = None
        if (pk := number_in(request.POST, "group")) is not None:
            group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
        services.make_calendar_feed(by=request.user, group=group)
        messages.success(request, _("Alamat kalender sudah siap. Salin ke kalender di HP."))
        return go(request, "calendar-feeds")
    feeds = CalendarFeed.objects.visible_to(request.user).open().select_related("group")
    of_group = {feed.group_id: feed for feed in feeds}
    groups = {group.pk: group for group in shell_of(request).groups}
    # A group that was left keeps its address until it is closed; there is nothing in it.
    groups |= {feed.group.pk: feed.group for feed in feeds if feed.group}
    addresses = [
        _address(request, group, of_group.get(group.pk if group else None))
        for group in [None, *groups.values()]
    ]
    return render(request, "sessions/calendar_feeds.html", {"addresses": addresses})


def _address(request: Request, group: Group | None, feed: CalendarFeed | None) -> Address:
    url = request.build_absolute_uri(feed.get_absolute_url()) if feed else ""
    return Address(group, feed, url)


@require_POST
def revoke_calendar_feed(request: Request, pk: int) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk)
    services.revoke_calendar_feed(feed, by=request.user)
    messages.success(request, _("Alamat ditutup. Kalender yang memakainya tidak diperbarui lagi."))
    return go(request, "calendar-feeds")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar at a secret address, as much of it as its owner may read now."""
    feed = queries.find_feed(token)
    if feed is None:
        raise Http404
    person, zone = feed.user, ZoneInfo(feed.user.time_zone)
    with translation.override(person.language), timezone.override(zone):
        occasions = queries.occasions_for(person, timezone.now(), group=feed.group)
        name = f"Smart MGMP: {feed.group}" if feed.group else "Smart MGMP"
        content = calendars.feed(occasions, name=name, zone=zone)
    digest = blake2b(content, digest_size=16).hexdigest()
    etag, since = quote_etag(digest), _since(feed, digest)
    answer = get_conditional_response(request, etag=etag, last_modified=since)
    if answer is None:
        answer = calendar_file(content, "smart-mgmp.ics", kept="inline")
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(since)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _since(feed: CalendarFeed, digest: str) -> int:
    """When this feed was first seen as it is, in seconds: never before it really changed."""
    key, now = f"calendar-feed:{feed.pk}", int(timezone.now().timestamp())
    known, since = cache.get(key, ("", now))
    if known != digest:
        since = now
        cache.set(key, (digest, since), REMEMBERED_FOR.total_seconds())
    return int(since)
