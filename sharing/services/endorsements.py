"""What guru inti and instruktur recommend to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from activity.services import changing, record
from sharing import rules
from sharing.events import EndorsementTakenBack, PostEndorsed

if TYPE_CHECKING:
    from accounts.models import User
    from sharing.models import Post

_FIELDS = ("endorsed_at", "endorsed_by", "endorsed_version")


def endorse_post(post: Post, *, by: User) -> Post:
    """Recommend the newest version of a material or a good practice, by name and from today."""
    with changing(post):
        rules.may_endorse_post.require(by, post)
        post.endorsed_at, post.endorsed_by = timezone.now(), by
        post.endorsed_version = post.version
        post.save(update_fields=_FIELDS)
        record(PostEndorsed(post_id=post.pk), by=by)
    return post


def take_back_endorsement(post: Post, *, by: User) -> Post:
    """Recommend the post no longer."""
    with changing(post):
        rules.may_take_back_endorsement.require(by, post)
        post.endorsed_at = post.endorsed_by = post.endorsed_version = None
        post.save(update_fields=_FIELDS)
        record(EndorsementTakenBack(post_id=post.pk), by=by)
    return post
