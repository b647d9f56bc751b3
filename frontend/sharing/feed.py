"""Berbagi: what was shared, newest first."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontend.http import Request, go, number_in, show
from frontend.paging import page_of
from frontend.sharing.finding import asked_group
from frontend.shell import shell_of
from groups.models import Cycle, Group
from groups.rules import board_groups_of
from sharing import services
from sharing.models import Post
from sharing.queries import count_waiting_reports, news_for, with_unread


@require_safe
def posts(request: Request) -> HttpResponse:
    groups, cycle = shell_of(request).groups, _cycle(request)
    group = asked_group(request, groups)
    asked = request.GET.get("audience", "")
    audience = asked if asked in (Post.Audience.DISTRICT, Post.Audience.PUBLIC) else ""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Post.Kind else ""
    found = Post.objects.visible_to(request.user).shared().for_list()
    since, mine = number_in(request.GET, "since"), request.GET.get("mine") == "1"
    if kind:
        found = found.filter(kind=kind)
    if audience:
        found = found.filter(audience=audience)
    if group:
        found = found.filter(group=group)
    if cycle:
        found = found.filter(cycle=cycle)
    if mine:
        found = found.filter(group__in=groups)
    if since is not None:
        found = found.filter(pk__gt=since)
    share_url = reverse("share-post")
    is_filtered = bool(audience or group or cycle or kind or mine or since is not None)
    page = page_of(with_unread(found, request.user), request)
    context = {
        "page": page,
        "filters": _filters(groups, group, cycle, audience, kind, mine=mine, since=since),
        "is_filtered": is_filtered,
        # Who looks at a part has not seen the rest.
        "newest": page.items[0].pk if page.items and page.is_first and not is_filtered else None,
        "has_unread": any(getattr(post, "is_unread", False) for post in page.items),
        "news": news_for(request.user, found, timezone.now()) if page.items else None,
        "reports": count_waiting_reports(request.user) if board_groups_of(request.user) else 0,
        "share_url": f"{share_url}?group={group.pk}" if group else share_url,
    }
    return show(request, "sharing/posts.html", context, part="rows")


@require_POST
def see_feed(request: Request) -> HttpResponse:
    """Keep that the feed was shown, so that next time it says what is new."""
    services.see_feed(number_in(request.POST, "newest") or 0, by=request.user)
    return HttpResponse(status=204) if request.htmx else go(request, "posts")


@require_POST
def read_feed(request: Request) -> HttpResponse:
    """Count everything that was shown as read."""
    services.read_feed(number_in(request.POST, "newest") or 0, by=request.user)
    messages.success(request, _("Semua bahan ditandai sudah dibaca."))
    return go(request, "posts")


@dataclass(frozen=True)
class Filter:
    url: str
    label: str
    is_current: bool


def _filters(
    groups: list[Group],
    group: Group | None,
    cycle: Cycle | None,
    audience: str,
    kind: str,
    *,
    mine: bool,
    since: int | None,
) -> list[Filter]:
    """The ways to narrow the feed, one at a time: a group, a cycle, a kind, or who may read."""
    url = reverse("posts")
    narrowed = group or cycle or audience or kind or mine or since is not None
    filters = [Filter(url, _("Semua"), is_current=not narrowed)]
    if since is not None:
        label = _("Sejak kunjungan terakhir")
        filters.append(Filter(f"{url}?since={since}", label, is_current=True))
    if len(groups) > 1:
        filters.append(Filter(f"{url}?mine=1", _("Semua kelompok saya"), mine))
    if cycle:
        filters.append(Filter(f"{url}?cycle={cycle.pk}", str(cycle), is_current=True))
    filters += [Filter(f"{url}?group={one.pk}", one.name, one == group) for one in groups]
    filters += [Filter(f"{url}?kind={one}", str(one.label), one == kind) for one in Post.Kind]
    for value, label in (
        (Post.Audience.DISTRICT, _("Semua guru")),
        (Post.Audience.PUBLIC, _("Umum")),
    ):
        filters.append(Filter(f"{url}?audience={value}", label, value == audience))
    return filters


def _cycle(request: Request) -> Cycle | None:
    asked = number_in(request.GET, "cycle")
    if asked is None:
        return None
    return Cycle.objects.visible_to(request.user).filter(pk=asked).first()
