"""Every change to what is answered to a post."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from activity.services import changing, record
from sharing import rules
from sharing.events import PostCommented
from sharing.markdown import render_comment
from sharing.models import Comment, Post
from sharing.services.mentions import keep_mentions, mentions_in

if TYPE_CHECKING:
    from accounts.models import User


def write_comment(post: Post, *, by: User, body: str, submission: UUID | None = None) -> Comment:
    """Answer a post. Sent again with the same `submission`, it returns the first comment."""
    submission = submission or uuid4()
    with changing(post):
        rules.may_comment.require(by, post)
        if already := Comment.objects.filter(submission=submission, author=by).first():
            return already
        comment = Comment(post=post, author=by, body=body, submission=submission)
        comment.full_clean()
        mentions = mentions_in([body], seen_by=by)
        comment.body_html = render_comment(body, mentions)
        comment.save()
        keep_mentions(post, mentions, by=by, comment=comment)
        post.comment_count += 1
        post.save(update_fields=["comment_count"])
        record(PostCommented(comment_id=comment.pk), by=by)
    return comment
