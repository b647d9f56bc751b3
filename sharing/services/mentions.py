"""Colleagues that words name with an @."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import User
from activity.services import record
from sharing.events import ColleaguesMentioned
from sharing.markdown import Mentions, usernames_in
from sharing.models import Comment, Mention, Post

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MENTIONS = 20


def mentions_in(texts: Sequence[str], *, seen_by: User) -> Mentions:
    """Return whom these words may name: people who were let in and whom their author can see.

    Of more than twenty names the rest stays text. Give it to the functions that render.
    """
    names = sorted(set().union(*map(usernames_in, texts)))
    if not names:
        return Mentions()
    found = User.objects.visible_to(seen_by).filter(
        username__in=names, approved_at__isnull=False, is_active=True
    )
    return Mentions(
        {
            person.username: (person.name or person.username, person.get_absolute_url())
            for person in found.order_by("username")[:MOST_MENTIONS]
        }
    )


def keep_mentions(
    post: Post, mentions: Mentions, *, by: User, comment: Comment | None = None
) -> list[Mention]:
    """Keep whom rendered words named, each once, and tell those who were not named there before.

    Who is no longer named stays kept, so that nobody is told again when words go and come back.
    """
    # No rule: it belongs to a change that was asked of one.
    if not mentions.used:
        return []
    named = User.objects.filter(username__in=mentions.used).exclude(pk=by.pk)
    known = Mention.objects.filter(post=post, comment=comment).values("person")
    new = list(named.exclude(pk__in=known).order_by("pk"))
    if not new:
        return []
    kept = Mention.objects.bulk_create(
        Mention(post=post, comment=comment, person=person) for person in new
    )
    record(
        ColleaguesMentioned(
            post_id=post.pk,
            comment_id=comment.pk if comment else None,
            person_ids=[person.pk for person in new],
        ),
        by=by,
    )
    return kept
