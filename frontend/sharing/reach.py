"""GELISHA: sharing posts on beyond the group, and what the Dinas sees of that."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import is_district_officer
from frontend.http import Request
from frontend.sharing.finding import post_for
from sharing import services
from sharing.models import Post, Reach
from sharing.queries import channels_of, most_shared

SHOWN = 50
# Nothing was shared here before.
FIRST_YEAR = 2026


@dataclass(frozen=True)
class Way:
    """One way to send a post on: its channel, its name, and the address that does it."""

    channel: str
    label: str
    url: str


def ways_to_share(post: Post, url: str) -> list[Way]:
    """The apps that a post's address can be handed to by a plain link. None learns who reads."""
    title_and_url = {"url": url, "text": post.title}
    asked = {
        Reach.Channel.WHATSAPP: ("https://wa.me/", {"text": f"{post.title}\n{url}"}),
        Reach.Channel.TELEGRAM: ("https://t.me/share/url", title_and_url),
        Reach.Channel.FACEBOOK: ("https://www.facebook.com/sharer/sharer.php", {"u": url}),
        Reach.Channel.X: ("https://x.com/intent/post", title_and_url),
    }
    return [
        Way(channel, str(channel.label), f"{address}?{urlencode(words)}")
        for channel, (address, words) in asked.items()
    ]


# The browser reports by itself when a page is left; it sends no form, so there is no token.
@csrf_exempt
@login_not_required
@require_POST
def count_reach(request: Request, pk: int) -> HttpResponse:
    """Count a visit to a post, or that it was shared on. Its author's own do not count."""
    channel = request.POST.get("channel", "")
    post = post_for(request, pk)
    if channel not in Reach.Channel or not _came_from_our_page(request):
        return HttpResponse(_("Ini tidak dapat dihitung."), status=400)
    services.count_reach(post, Reach.Channel(channel), visitor=request.user)
    return HttpResponse(status=204)


def _came_from_our_page(request: Request) -> bool:
    """Whether a browser that says where a request comes from says that it is ours."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


@require_safe
def reach(request: Request) -> HttpResponse:
    """What was shared on most in a month, for the Dinas: numbers of posts, never of people."""
    if not is_district_officer(request.user):
        raise Http404
    this_month = timezone.localdate(timezone=timezone.get_default_timezone()).replace(day=1)
    month = _asked_month(request) or this_month
    context = {
        "month": date_format(month, "F Y"),
        "before": f"{_month_before(month):%Y-%m}",
        "after": f"{_month_after(month):%Y-%m}" if month < this_month else "",
        "posts": most_shared(request.user, month)[:SHOWN],
        "channels": channels_of(month),
    }
    return render(request, "sharing/reach.html", context)


def _asked_month(request: Request) -> date | None:
    """The month in `?month=2026-11`, none when there is no such month."""
    try:
        month = parse_date(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None
    return month if month and month.year >= FIRST_YEAR else None


def _month_before(month: date) -> date:
    return month.replace(month=month.month - 1) if month.month > 1 else date(month.year - 1, 12, 1)


def _month_after(month: date) -> date:
    return month.replace(month=month.month + 1) if month.month < 12 else date(month.year + 1, 1, 1)  # noqa: PLR2004 -- December
