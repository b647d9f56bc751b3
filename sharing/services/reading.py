"""How far a person has read. Nobody else is told, so nothing of it is in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sharing.models import FeedVisit, Post, PostRead

if TYPE_CHECKING:
    from accounts.models import User


def see_feed(newest: int, *, by: User) -> FeedVisit:
    """Keep that the feed was shown up to the post of the id `newest`.

    The first time there is nothing to catch up with: what is older counts as read. Looking again
    within the same visit leaves the line where it was.
    """
    # No rule: everyone keeps marks of the own alone. No event: they are nobody's business.
    with transaction.atomic():
        return _see(by, newest)


def read_feed(newest: int, *, by: User) -> FeedVisit:
    """Count every post up to the id `newest` as read, not what another device showed since."""
    # No rule: as `see_feed`. No event: as there.
    with transaction.atomic():
        visit = _see(by, newest)
        visit.read_up_to = max(visit.read_up_to, _newest_visible(by, newest))
        visit.save(update_fields=["read_up_to"])
        PostRead.objects.filter(person=by, post__lte=visit.read_up_to).delete()
    return visit


def read_post(post: Post, *, by: User) -> None:
    """Count one post as read. A second time changes nothing."""
    # No rule: as `see_feed`. No event: as there. Until the feed was seen nothing is new.
    if FeedVisit.objects.filter(person=by, read_up_to__lt=post.pk).exists():
        PostRead.objects.bulk_create([PostRead(person=by, post=post)], ignore_conflicts=True)


def _see(person: User, newest: int) -> FeedVisit:
    now = timezone.now()
    seen = _newest_visible(person, newest)
    first = {"read_up_to": seen, "seen_up_to": seen, "seen_before": seen, "seen_at": now}
    visit, is_new = FeedVisit.objects.select_for_update().get_or_create(
        person=person, defaults=first
    )
    if not is_new:
        visit.seen_before = visit.known_before(now)
        visit.seen_up_to = max(visit.seen_up_to, seen)
        visit.seen_at = now
        visit.save(update_fields=["seen_before", "seen_up_to", "seen_at"])
    return visit


def _newest_visible(person: User, newest: int) -> int:
    """The newest post up to an id that this person may read, so that no id is taken on trust."""
    visible = Post.objects.visible_to(person).filter(pk__lte=newest)
    return visible.aggregate(Max("pk"))["pk__max"] or 0
