"""A calendar of sessions: a month, or a week."""

from __future__ import annotations

import re
from calendar import MONDAY, Calendar
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.calendar_days import DAY, MOST_IN_A_PAGE, days_for, hours_of, week_of
from frontend.http import Request, number_in
from frontend.shell import shell_of
from groups.models import Group
from groups.rules import board_groups_of
from sessions.days import FRIDAY_PRAYER

# Beyond these years we know no holidays, and nobody plans.
YEARS = range(2000, 2100)


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
    days, is_cut = days_for(request.user, dates, group, month=first.month)
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
    days, is_cut = days_for(request.user, [monday + at * DAY for at in range(7)], group)
    context = {
        "first": monday,
        "last": monday + 6 * DAY,
        "number": monday.isocalendar().week,
        "days": days,
        "hours": hours_of(days),
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


def _a_day_of(month: date) -> date:
    """The day of a month that its week view shows: today, or the first."""
    today = timezone.localdate()
    return today if (today.year, today.month) == (month.year, month.month) else month
