"""What readers say without words, and which posts they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activity.services import changing, record
from sharing import rules
from sharing.events import PostThanked, PostUsed
from sharing.models import Post, Reaction, Subscription

if TYPE_CHECKING:
    from accounts.models import User

_COUNTED = {Reaction.Kind.USED: "use_count", Reaction.Kind.THANKS: "thank_count"}
_EVENTS = {Reaction.Kind.USED: PostUsed, Reaction.Kind.THANKS: PostThanked}


def react(post: Post, kind: Reaction.Kind, *, by: User) -> Post:
    """Say that one used the post in class, or thank for it. A second time changes nothing."""
    with changing(post):
        rules.may_react.require(by, post)
        _reaction, is_new = Reaction.objects.get_or_create(post=post, person=by, kind=kind)
        if is_new:
            _count(post, kind, 1)
            # The log names nobody: who it was stands in the reaction alone.
            record(_EVENTS[kind](post_id=post.pk), by=None)
    return post


def take_back_reaction(post: Post, kind: Reaction.Kind, *, by: User) -> Post:
    """Take back what `react` said. Where nothing was said, nothing changes."""
    # No event: nobody is told, and it was no more than a number.
    with changing(post):
        rules.may_react.require(by, post)
        gone, _by_model = Reaction.objects.filter(post=post, person=by, kind=kind).delete()
        if gone:
            _count(post, kind, -1)
    return post


def follow_post(post: Post, *, by: User) -> Post:
    """Be told of new answers to the post from now on."""
    # No event: what somebody follows is nobody's business.
    return _subscribe(post, by, is_muted=False)


def mute_post(post: Post, *, by: User) -> Post:
    """Be told of no more answers to the post, not even as its author, but of those that name one.

    Who is named is spoken to; what the board or the Dinas decides on a post is told, too.
    """
    # No event: as `follow_post`.
    return _subscribe(post, by, is_muted=True)


def follow_unasked(post: Post, person: User) -> None:
    """Let who wrote beneath a post follow it, unless they muted it."""
    Subscription.objects.bulk_create(
        [Subscription(post=post, person=person)], ignore_conflicts=True
    )


def _subscribe(post: Post, person: User, *, is_muted: bool) -> Post:
    with changing(post):
        rules.may_follow.require(person, post)
        Subscription.objects.update_or_create(
            post=post, person=person, defaults={"is_muted": is_muted}
        )
    return post


def _count(post: Post, kind: Reaction.Kind, by: int) -> None:
    """Keep the number on a post that is locked by the caller."""
    name = _COUNTED[kind]
    setattr(post, name, getattr(post, name) + by)
    post.save(update_fields=[name])
