"""Berbagi: what was shared, newest first."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.http import Request, number_in, show
from frontend.paging import page_of
from frontend.sharing.finding import asked_group
from frontend.shell import shell_of
from groups.models import Cycle, Group
from sharing.models import Post


@require_safe
def posts(request: Request) -> HttpResponse:
    groups, cycle = shell_of(request).groups, _cycle(request)
    group = asked_group(request, groups)
    asked = request.GET.get("audience", "")
    audience = asked if asked in (Post.Audience.DISTRICT, Post.Audience.PUBLIC) else ""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Post.Kind else ""
    found = Post.objects.visible_to(request.user).shared().for_list()
    if kind:
        found = found.filter(kind=kind)
    if audience:
        found = found.filter(audience=audience)
    if group:
        found = found.filter(group=group)
    if cycle:
        found = found.filter(cycle=cycle)
    share_url = reverse("share-post")
    context = {
        "page": page_of(found, request),
        "filters": _filters(groups, group, cycle, audience, kind),
        "is_filtered": bool(audience or group or cycle or kind),
        "share_url": f"{share_url}?group={group.pk}" if group else share_url,
    }
    return show(request, "sharing/posts.html", context, part="rows")


@dataclass(frozen=True)
class Filter:
    url: str
    label: str
    is_current: bool


def _filters(
    groups: list[Group], group: Group | None, cycle: Cycle | None, audience: str, kind: str
) -> list[Filter]:
    """The ways to narrow the feed, one at a time: a group, a cycle, a kind, or who may read."""
    url = reverse("posts")
    filters = [Filter(url, _("Semua"), is_current=not (group or cycle or audience or kind))]
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
