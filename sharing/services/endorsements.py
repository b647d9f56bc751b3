"""What guru inti and instruktur recommend to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from activity.services import changing, record
from sharing import rules
from sharing.events import EndorsedPostChanged, EndorsementTakenBack, PostEndorsed
from sharing.models import Post

if TYPE_CHECKING:
    from accounts.models import User
    from sharing.models import Revision

_FIELDS = ("endorsed_at", "endorsed_by", "endorsed_version", "endorsed_before")
# What is recommended. Who may read a post, and by which topics it is found, may change freely.
_WORDS = frozenset({"kind", "title", "body", *Post.PARTS, "link", "files_added", "files_removed"})


def endorse_post(post: Post, *, by: User) -> Post:
    """Recommend a material or a good practice as it is now, by name and from today."""
    with changing(post):
        rules.may_endorse_post.require(by, post)
        post.endorsed_at, post.endorsed_by = timezone.now(), by
        post.endorsed_version, post.endorsed_before = post.version, None
        post.save(update_fields=_FIELDS)
        record(PostEndorsed(post_id=post.pk), by=by)
    return post


def take_back_endorsement(post: Post, *, by: User) -> Post:
    """Recommend the post no longer."""
    with changing(post):
        rules.may_take_back_endorsement.require(by, post)
        clear_endorsement(post)
        record(EndorsementTakenBack(post_id=post.pk), by=by)
    return post


def clear_endorsement(post: Post) -> None:
    """Have a post that the caller locked recommended by nobody."""
    # No rule, no event: they belong to what the caller does.
    post.endorsed_at = post.endorsed_by = post.endorsed_version = post.endorsed_before = None
    post.save(update_fields=_FIELDS)


def outdate_endorsement(post: Post, revision: Revision | None, *, by: User) -> None:
    """Keep in mind what was recommended when words or files of it change, and tell who did so.

    The post belongs to the caller, who locked it. Only the first change counts; a new version is
    one whatever it changed. The recommendation stays, and is one of the earlier words until it is
    given anew.
    """
    # No rule: it belongs to a change that was asked of one.
    if not (post.endorsed_at and revision) or post.endorsed_before_id:
        return
    if revision.is_new_version or _WORDS & set(revision.before):
        post.endorsed_before = revision
        post.save(update_fields=["endorsed_before"])
        record(EndorsedPostChanged(post_id=post.pk), by=by)
