"""What a post belongs to: its cycle, the sessions it is for, the gardens it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from frontend.http import Request, go, number_in
from frontend.times import short_day
from groups.models import Cycle, Group
from groups.rules import groups_of
from kesraku import rules as garden_rules
from kesraku import services as gardens
from kesraku.models import Garden, GardenPost
from sessions import rules as session_rules
from sessions import services as sessions
from sessions.models import ModelSession, SessionPost
from sharing.models import Post

# Sessions that a post may be for are offered that long before and after their day.
AROUND = timedelta(days=60)
MOST = 30
MOST_CYCLES = 12


def links_of(post: Post, reader: User | AnonymousUser) -> dict[str, Any]:
    """The cycle, sessions and gardens of a post that this person may read, for its page."""
    of_gardens = GardenPost.objects.visible_to(reader).filter(post=post)
    found: dict[str, Any] = {
        "garden_links": [
            (link, _may_unlink(reader, link.garden, post))
            for link in of_gardens.select_related("garden__school").order_by("pk")[:MOST]
        ]
    }
    if isinstance(reader, AnonymousUser):
        return found
    if post.cycle_id:
        found["cycle"] = Cycle.objects.visible_to(reader).filter(pk=post.cycle_id).first()
    of_sessions = SessionPost.objects.visible_to(reader).filter(post=post)
    found["session_links"] = [
        (link, bool(session_rules.may_unlink_post(reader, link.session, post)))
        for link in of_sessions.select_related("session").order_by("pk")[:MOST]
    ]
    return found


def _may_unlink(reader: User | AnonymousUser, garden: Garden, post: Post) -> bool:
    if isinstance(reader, AnonymousUser):
        return False
    return bool(garden_rules.may_unlink_post(reader, garden, post))


def posts_of_session(user: User, session: ModelSession) -> dict[str, Any]:
    """What `sharing/_linked_posts.html` shows on the page of a session."""
    links = SessionPost.objects.visible_to(user).filter(session=session)
    return {
        "posts": _posts_of(links),
        "may_share": session.group_id in groups_of(user),
        "share_url": f"{reverse('share-post')}?session={session.pk}&group={session.group_id}",
    }


def posts_of_garden(user: User | AnonymousUser, garden: Garden) -> dict[str, Any]:
    """What `sharing/_linked_posts.html` shows for a garden; strangers see public posts."""
    links = GardenPost.objects.visible_to(user).filter(garden=garden)
    return {
        "posts": _posts_of(links),
        "may_share": not isinstance(user, AnonymousUser) and bool(groups_of(user)),
        "share_url": f"{reverse('share-post')}?garden={garden.pk}",
    }


def _posts_of(links: QuerySet[SessionPost] | QuerySet[GardenPost]) -> list[Post]:
    """The posts behind the newest links, without those that were withdrawn. One query."""
    shown = links.filter(post__withdrawn_at=None).select_related("post__author")
    return [link.post for link in shown.order_by("-pk")[:MOST]]


def sessions_to_name(
    request: Request, groups: list[Group], *, beside: Post | None = None
) -> dict[str, ModelSession]:
    """Recent and coming sessions of the groups, and the one that the address or form names.

    Those that the post `beside` belongs to already are passed over.
    """
    now = timezone.now()
    named = number_in(request.GET, "session") or number_in(request.POST, "session")
    near = Q(group__in=groups, starts_at__range=(now - AROUND, now + AROUND))
    found = ModelSession.objects.visible_to(request.user).exclude(status="cancelled")
    linked = SessionPost.objects.visible_to(request.user).filter(post=beside).values("session")
    rows = found.filter(near).exclude(pk__in=linked).order_by("-starts_at")[:MOST]
    return _by_pk([*rows, *(found.filter(pk=named) if named else ())])


def gardens_to_name(request: Request, *, beside: Post | None = None) -> dict[str, Garden]:
    """Gardens of the own school that grow, and the one that the address or form names.

    Those that the post `beside` is about already are passed over.
    """
    named = number_in(request.GET, "garden") or number_in(request.POST, "garden")
    found = Garden.objects.visible_to(request.user).with_school()
    linked = GardenPost.objects.visible_to(request.user).filter(post=beside).values("garden")
    growing: QuerySet[Garden] = found.growing().filter(school=request.user.school_id)
    own = growing.exclude(pk__in=linked)
    return _by_pk([*own.order_by("name")[:MOST], *(found.filter(pk=named) if named else ())])


def cycles_to_name(user: User, groups: list[Group], *, of: Post | None = None) -> dict[str, Cycle]:
    """The newest cycles of the groups, and the one that the post `of` is in."""
    found = Cycle.objects.visible_to(user).filter(group__in=groups).select_related("group")
    newest = found.order_by("-starts_on", "-pk")[:MOST_CYCLES]
    own = found.filter(pk=of.cycle_id) if of and of.cycle_id else ()
    return {str(cycle.pk): cycle for cycle in [*newest, *own]}


def cycle_label(cycle: Cycle) -> str:
    """Its number and theme with its group, where there are cycles of several."""
    return _("%(cycle)s (%(group)s)") % {"cycle": cycle, "group": cycle.group.name}


def session_label(session: ModelSession) -> str:
    return _("%(session)s, %(day)s") % {
        "session": session.title,
        "day": short_day(session.starts_at),
    }


def garden_label(garden: Garden) -> str:
    return _("%(garden)s, %(school)s") % {"garden": garden.name, "school": garden.school.name}


def link_named(post: Post, *, by: User, words: Mapping[str, Any]) -> None:
    """Link a post with the session and the garden that its form named, if any."""
    if session := words.get("session"):
        sessions.link_post(session, post, by=by)
    if garden := words.get("garden"):
        gardens.link_post(garden, post, by=by)


@require_POST
def unlink_session(request: Request, pk: int) -> HttpResponse:
    found = SessionPost.objects.visible_to(request.user).select_related("session", "post")
    link = get_object_or_404(found, pk=pk)
    sessions.unlink_post(link, by=request.user)
    messages.success(request, _("Bahan ini tidak lagi terhubung dengan sesi itu."))
    return go(request, link.post)


@require_POST
def unlink_garden(request: Request, pk: int) -> HttpResponse:
    found = GardenPost.objects.visible_to(request.user).select_related("garden", "post")
    link = get_object_or_404(found, pk=pk)
    gardens.unlink_post(link, by=request.user)
    messages.success(request, _("Bahan ini tidak lagi terhubung dengan kebun itu."))
    return go(request, link.post)


def _by_pk[Row: (ModelSession, Garden)](rows: list[Row]) -> dict[str, Row]:
    return {str(row.pk): row for row in rows}
