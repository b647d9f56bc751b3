"""Calendars: a month and a week of sessions, and the addresses at which phones fetch them."""

from __future__ import annotations

import re
from calendar import MONDAY, Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from frontend.http import Request, go, number_in
from frontend.shell import shell_of
from groups.models import Group
from groups.rules import board_groups_of
from sessions import calendars, queries, services
from sessions.days import FRIDAY_PRAYER, Holiday, holidays_between
from sessions.models import CalendarFeed, ModelSession

Kind = ModelSession.Kind
# Beyond these years we know no holidays, and nobody plans.
YEARS = range(2000, 2100)
# A month of more sessions is cut: a page must stay light, and nobody reads three hundred lines.
MOST_IN_A_PAGE = 300
MOST_IN_A_CELL = 4
DAY = timedelta(days=1)
DAY_OF_WORK = 7, 16
CALENDAR = "text/calendar; charset=utf-8"
# How long it is remembered since when a feed has been what it is.
REMEMBERED_FOR = timedelta(days=30)


class Look(NamedTuple):
    """How a kind of session looks in a calendar: the letter of its stage, if any, and a word."""

    stage: str
    word: Promise


LOOKS = {
    Kind.LESSON: Look("m", gettext_lazy("Guru model")),
    Kind.WORKSHOP: Look("", gettext_lazy("Raker")),
    Kind.SHARING: Look("s", gettext_lazy("Berbagi")),
    Kind.THINK_PAIRS: Look("t", gettext_lazy("Think & Pairs")),
    Kind.REFLECTION: Look("r", gettext_lazy("Refleksi")),
}


@dataclass(frozen=True)
class Mark:
    """A session on one of its days."""

    session: ModelSession
    day: date

    @property
    def look(self) -> Look:
        return LOOKS[Kind(self.session.kind)]

    @property
    def begins(self) -> datetime | None:
        """When it begins; None on a day on which it goes on."""
        local = timezone.localtime(self.session.starts_at)
        return local if local.date() == self.day else None

    @property
    def place(self) -> str:
        return calendars.place_of(self.session)

    @property
    def hours(self) -> tuple[int, int]:
        """The first hour of this day that it fills, and the one after its last."""
        midnight = datetime.combine(self.day, time(), timezone.get_current_timezone())
        begun = max(self.session.starts_at - midnight, timedelta())
        left = min(self.session.ends_at - midnight, DAY)
        hour = timedelta(hours=1)
        return begun // hour, max(-(-left // hour), begun // hour + 1)


@dataclass
class Day:
    """A day of a calendar, with what is on it."""

    date: date
    is_today: bool
    is_outside: bool
    holidays: list[Holiday]
    marks: list[Mark]
    plan_url: str

    @property
    def shown(self) -> list[Mark]:
        """What has room in a cell of the month."""
        many = len(self.marks) > MOST_IN_A_CELL
        return self.marks[: MOST_IN_A_CELL - 1] if many else self.marks

    @property
    def more(self) -> int:
        return len(self.marks) - len(self.shown)

    @property
    def is_off(self) -> bool:
        return bool(self.holidays) or self.date.isoweekday() == 7  # noqa: PLR2004 -- Sunday

    @property
    def is_empty(self) -> bool:
        return not (self.marks or self.holidays)

    @property
    def prayer(self) -> tuple[time, time] | None:
        return FRIDAY_PRAYER.get(self.date.weekday())

    @property
    def week(self) -> str:
        return week_of(self.date)


@dataclass
class Slot:
    """Hours of one day in the week's table; sessions that overlap share them."""

    first: int
    last: int
    marks: list[Mark] = field(default_factory=list)
    prayer: tuple[time, time] | None = None

    @property
    def rows(self) -> int:
        return self.last - self.first


class Hour(NamedTuple):
    """A line of the week's table: the cells that begin at this hour."""

    at: time
    slots: list[Slot]


@dataclass(frozen=True)
class AddLinks:
    """Where a session is put into a calendar by hand."""

    file: str
    google: str


def add_links(session: ModelSession, *, file: str = "") -> AddLinks:
    """Return the links of “Tambah ke kalender”; `file` is another address of the same file."""
    start, end = (at.astimezone(UTC) for at in (session.starts_at, session.ends_at))
    words = {
        "action": "TEMPLATE",
        "text": session.title,
        "dates": f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}",
        "details": calendars.about(session),
        "location": calendars.place_of(session),
    }
    return AddLinks(
        file=file or reverse("calendar-file", args=[session.pk]),
        google=f"https://calendar.google.com/calendar/render?{urlencode(words)}",
    )


# --- the month and the week


@require_safe
def calendar(request: Request) -> HttpResponse:
    """A month, by default the present one; with ?week=2026-W48 a week."""
    group = None
    if (pk := number_in(request.GET, "group")) is not None:
        group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    week = request.GET.get("week")
    if week is not None:
        return _week(request, _monday(week), group)
    month = request.GET.get("month")
    return _month(request, _first_of(month) if month else today.replace(day=1), group)


def _month(request: Request, first: date, group: Group | None) -> HttpResponse:
    dates = [
        day for week in Calendar(MONDAY).monthdatescalendar(first.year, first.month) for day in week
    ]
    days, is_cut = _days(request.user, dates, group, month=first.month)
    following = (first + 31 * DAY).replace(day=1)
    context = {
        "first": first,
        "days": days,
        "listed": [day for day in days if not day.is_outside and not day.is_empty],
        "weeks": [days[at : at + 7] for at in range(0, len(days), 7)],
        "is_cut": is_cut,
        "most": MOST_IN_A_PAGE,
        "before": f"{first - DAY:%Y-%m}",
        "after": f"{following:%Y-%m}",
        "this": f"{timezone.localdate():%Y-%m}",
        "month": f"{first:%Y-%m}",
        "week": week_of(_a_day_of(first)),
    }
    return render(request, "sessions/calendar_month.html", context | _around(request, group))


def _week(request: Request, monday: date, group: Group | None) -> HttpResponse:
    days, is_cut = _days(request.user, [monday + at * DAY for at in range(7)], group)
    context = {
        "first": monday,
        "last": monday + 6 * DAY,
        "number": monday.isocalendar().week,
        "days": days,
        "hours": _hours(days),
        "is_cut": is_cut,
        "most": MOST_IN_A_PAGE,
        "before": week_of(monday - 7 * DAY),
        "after": week_of(monday + 7 * DAY),
        "this": week_of(timezone.localdate()),
        "week": week_of(monday),
        "month": f"{monday + 3 * DAY:%Y-%m}",
    }
    return render(request, "sessions/calendar_week.html", context | _around(request, group))


def _around(request: Request, group: Group | None) -> dict[str, Any]:
    """What both views have around them."""
    return {
        "group": group,
        "groups": shell_of(request).groups,
        "plans": bool(board_groups_of(request.user)),
        "prayer": FRIDAY_PRAYER,
    }


def _days(
    user: User, dates: list[date], group: Group | None, *, month: int | None = None
) -> tuple[list[Day], bool]:
    """Return the days with what is on them, and whether there was more than a page holds."""
    zone = timezone.get_current_timezone()
    first, last = (datetime.combine(on, time(), zone) for on in (dates[0], dates[-1] + DAY))
    found = list(queries.sessions_between(user, first, last, group=group)[: MOST_IN_A_PAGE + 1])
    marks: defaultdict[date, list[Mark]] = defaultdict(list)
    for session in found[:MOST_IN_A_PAGE]:
        for day in _days_of(session):
            marks[day].append(Mark(session, day))
    holidays = holidays_between(dates[0], dates[-1])
    today = timezone.localdate()
    plan = _plan_url(user, group)
    days = [
        Day(
            date=on,
            is_today=on == today,
            is_outside=month is not None and on.month != month,
            holidays=holidays.get(on, []),
            marks=marks[on],
            plan_url=f"{plan}on={on}" if plan and on >= today else "",
        )
        for on in dates
    ]
    return days, len(found) > MOST_IN_A_PAGE


def _plan_url(user: User, group: Group | None) -> str:
    """Where a board plans; empty for who plans nothing here."""
    plans = board_groups_of(user)
    if group is None and plans:
        return f"{reverse('plan-session')}?"
    if group and group.pk in plans:
        return f"{reverse('plan-session')}?group={group.pk}&"
    return ""


def _days_of(session: ModelSession) -> Iterable[date]:
    """Every day that a session touches; one that ends at midnight leaves the next day alone."""
    day = timezone.localdate(session.starts_at)
    last = timezone.localdate(session.ends_at - timedelta(seconds=1))
    while day <= last:
        yield day
        day += DAY


def _hours(days: list[Day]) -> list[Hour]:
    """The lines of the week's table, from seven to four or as long as there is something."""
    slots = [_slots(day) for day in days]
    first = min([DAY_OF_WORK[0], *(slot.first for of_day in slots for slot in of_day)])
    last = max([DAY_OF_WORK[1], *(slot.last for of_day in slots for slot in of_day)])
    lines: defaultdict[int, list[Slot]] = defaultdict(list)
    for of_day in slots:
        for slot in _with_gaps(of_day, first, last):
            lines[slot.first].append(slot)
    return [Hour(time(hour), lines[hour]) for hour in range(first, last)]


def _slots(day: Day) -> list[Slot]:
    """What fills the hours of a day: sessions, and on Friday the prayer."""
    slots = [Slot(*mark.hours, [mark]) for mark in day.marks]
    if day.prayer:
        begin, end = day.prayer
        slots.append(Slot(begin.hour, end.hour + bool(end.minute), prayer=day.prayer))
    joined: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: slot.first):
        if joined and slot.first < joined[-1].last:
            joined[-1].last = max(joined[-1].last, slot.last)
            joined[-1].marks += slot.marks
            joined[-1].prayer = joined[-1].prayer or slot.prayer
        else:
            joined.append(slot)
    return joined


def _with_gaps(slots: list[Slot], first: int, last: int) -> Iterable[Slot]:
    """The slots of a day, and an empty one for each hour between them."""
    ends = [Slot(first, first), *slots, Slot(last, last)]
    for before, slot in pairwise(ends):
        yield from (Slot(hour, hour + 1) for hour in range(before.last, slot.first))
        if slot.rows:
            yield slot


def _first_of(month: str) -> date:
    """The first of a month like 2026-11. What is no month does not exist."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", month)
    if found is None or int(found[1]) not in YEARS or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004
        raise Http404
    return date(int(found[1]), int(found[2]), 1)


def _monday(week: str) -> date:
    """The Monday of a week like 2026-W48."""
    found = re.fullmatch(r"(\d{4})-W(\d{2})", week)
    if found is None or int(found[1]) not in YEARS:
        raise Http404
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        raise Http404 from None


def week_of(day: date) -> str:
    """The week of a day as an address has it, e.g. 2026-W48."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def _a_day_of(month: date) -> date:
    """The day of a month that its week view shows: today, or the first."""
    today = timezone.localdate()
    return today if (today.year, today.month) == (month.year, month.month) else month


# --- what phones fetch


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
        answer = _calendar_file(content, "smart-mgmp.ics", kept="inline")
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


@require_safe
def session_calendar(request: Request, pk: int) -> HttpResponse:
    """One session as a file, to put into a calendar."""
    found = ModelSession.objects.visible_to(request.user)
    session = get_object_or_404(found.select_related("group", "teacher", "leader", "school"), pk=pk)
    return calendar_file_of(session)


def calendar_file_of(session: ModelSession) -> HttpResponse:
    """The file of one session, for whoever may have it."""
    zone = ZoneInfo(timezone.get_current_timezone_name())
    content = calendars.file(session, zone=zone)
    return _calendar_file(content, f"sesi-{session.pk}.ics", kept="attachment")


def _calendar_file(content: bytes, name: str, *, kept: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=CALENDAR,
        headers={"Content-Disposition": f'{kept}; filename="{name}"'},
    )


@require_safe
def series_next(request: Request, pk: int) -> HttpResponse:
    """To the page of a series' session that runs or comes next, else of its last one."""
    found = ModelSession.objects.visible_to(request.user).filter(series=pk)
    ahead = found.filter(ends_at__gte=timezone.now()).order_by("starts_at").first()
    session = ahead or found.order_by("-starts_at").first()
    if session is None:
        raise Http404
    return go(request, session)


# --- the addresses


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
