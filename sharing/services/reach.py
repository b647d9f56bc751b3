"""How far posts go: numbers that the platform keeps of them, and nothing of who it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sharing.models import Post, Reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def count_reach(post: Post, channel: Reach.Channel, *, visitor: User | AnonymousUser) -> None:
    """Count one visit to a post, or one sharing on by `channel`, in this month.

    What its author does is not counted, nor what happens to a post that is the group's alone.
    Nobody is asked or remembered, so nobody is followed either; a number can be driven up by who
    wants to. It decides nothing, and there is nothing to be won by it.
    """
    if post.author_id == visitor.pk or post.audience == Post.Audience.GROUP:
        return
    total = "visit_count" if channel == Reach.Channel.VISIT else "share_count"
    with transaction.atomic():
        month, _new = Reach.objects.get_or_create(post=post, month=_this_month(), channel=channel)
        Reach.objects.filter(pk=month.pk).update(times=F("times") + 1)
        Post.objects.filter(pk=post.pk).update(**{total: F(total) + 1})


def _this_month() -> date:
    """Its first day, in the platform's time zone and not in the visitor's."""
    return timezone.localdate(timezone=timezone.get_default_timezone()).replace(day=1)
