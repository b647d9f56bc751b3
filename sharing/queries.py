"""Readings of posts that are too large for a queryset method."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from groups.models import Membership
from groups.rules import groups_of
from sharing.models import LinkPreview, Post, Reach

# An @ and so many letters begin to offer people.
LEAST_LETTERS = 2
_SHARED = ~Q(reach__channel=Reach.Channel.VISIT)


def most_shared(user: User, month: date) -> QuerySet[Post]:
    """The posts for all teachers or for anyone that were shared on in a month, most first.

    `month` is its first day. Each carries `shares` and `visits`, the numbers of that month.
    """
    of_month = Q(reach__month=month)
    beyond_the_group = Post.objects.visible_to(user).shared().exclude(audience=Post.Audience.GROUP)
    return (
        beyond_the_group.filter(of_month)
        .annotate(
            shares=Coalesce(Sum("reach__times", filter=of_month & _SHARED), 0),
            visits=Coalesce(Sum("reach__times", filter=of_month & ~_SHARED), 0),
        )
        .filter(shares__gt=0)
        .select_related("author__school", "group")
        .order_by("-shares", "-visits", "-pk")
    )


def channels_of(month: date) -> list[tuple[str, int]]:
    """How often posts were shared on in a month by each channel, most first; no visits."""
    counted = (
        Reach.objects.filter(month=month)
        .exclude(channel=Reach.Channel.VISIT)
        .exclude(post__audience=Post.Audience.GROUP)
        .values("channel")
        .annotate(all=Sum("times"), posts=Count("post"))
        .order_by(F("all").desc(), "channel")
    )
    return [(str(Reach.Channel(row["channel"]).label), row["all"]) for row in counted]


def people_to_mention(user: User, words: str, *, most: int = 8) -> QuerySet[User]:
    """Colleagues whose name or username begins so, members of the user's groups first.

    Nobody for fewer than two letters, and nobody for whom was not let in.
    """
    sought = words.strip().removeprefix("@")
    if len(sought) < LEAST_LETTERS or not user.approved_at:
        return User.objects.none()
    near = Membership.objects.filter(user=OuterRef("pk"), group__in=groups_of(user))
    begins = Q(username__istartswith=sought) | Q(name__istartswith=sought)
    return (
        User.objects.visible_to(user)
        .filter(begins | Q(name__icontains=f" {sought}"))
        .exclude(pk=user.pk)
        .annotate(is_near=Exists(near))
        .select_related("school")
        .order_by("-is_near", "name", "pk")[:most]
    )


def preview_of(post: Post) -> LinkPreview | None:
    """What the page behind a post's link says of itself, if that is known.

    It has no readers of its own: whoever reads the post reads it.
    """
    if not post.link:
        return None
    known = LinkPreview.objects.filter(url=post.link, fetched_at__isnull=False)
    return known.exclude(title="").first()
