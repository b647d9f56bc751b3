"""Every change to what is answered to a post."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.services import changing, record
from activity.submissions import require_same
from sharing import rules
from sharing.events import CommentDeleted, CommentEdited, PostCommented
from sharing.markdown import render_comment
from sharing.models import Comment, Post
from sharing.services.mentions import keep_mentions, mentions_in
from sharing.services.moderation import require_reason
from sharing.services.reactions import follow_unasked

if TYPE_CHECKING:
    from accounts.models import User

# So long that its author reads it whole in the notice.
MOST_REASON = 200


def write_comment(
    post: Post,
    *,
    by: User,
    body: str,
    parent: Comment | None = None,
    submission: UUID | None = None,
) -> Comment:
    """Answer a post, or with a `parent` an answer to it; one to an answer stands beneath the first.

    Who writes follows the post. Sent again with the same `submission`, it returns the first
    comment; with other words it raises ValidationError.
    """
    submission = submission or uuid4()
    with changing(post):
        rules.may_comment.require(by, post)
        first = parent.parent_id or parent.pk if parent else None
        if already := Comment.objects.filter(submission=submission, author=by).first():
            made = {"body": already.body, "post": already.post_id, "parent": already.parent_id}
            require_same(made, {"body": body, "post": post.pk, "parent": first})
            return already
        if parent and parent.post_id != post.pk:
            raise ValidationError({"parent": _("Tanggapan itu bukan pada bahan ini.")})
        comment = Comment(post=post, parent_id=first, author=by, body=body, submission=submission)
        comment.full_clean()
        mentions = mentions_in([body], seen_by=by)
        comment.body_html = render_comment(body, mentions)
        comment.save()
        keep_mentions(post, mentions, by=by, comment=comment)
        _count(post, 1)
        follow_unasked(post, by)
        record(PostCommented(comment_id=comment.pk), by=by)
    return comment


def edit_comment(comment: Comment, *, by: User, body: str) -> Comment:
    """Put other words in the place of those that were just written."""
    with changing(comment.post, comment):
        rules.may_edit_comment.require(by, comment)
        comment.body = body
        comment.full_clean()
        mentions = mentions_in([body], seen_by=by)
        comment.body_html = render_comment(body, mentions)
        comment.edited_at = timezone.now()
        comment.save(update_fields=["body", "body_html", "edited_at"])
        keep_mentions(comment.post, mentions, by=by, comment=comment)
        record(CommentEdited(comment_id=comment.pk), by=by)
    return comment


def delete_comment(comment: Comment, *, by: User, because: str = "") -> Comment:
    """Take the words away for good. That there was something stays, and so do answers to it.

    Who deletes another's words says why: the author is told.
    """
    with changing(comment.post, comment):
        rules.may_delete_comment.require(by, comment)
        erase(comment, by=by, because=because)
    return comment


def erase(comment: Comment, *, by: User, because: str = "") -> None:
    """Delete the words of a comment that the caller has locked, after its post."""
    # No rule: whoever deletes, or removes what was reported, was asked by the caller.
    because = because.strip()
    if by.pk != comment.author_id:
        _check_reason(because)
    comment.body = comment.body_html = ""
    comment.deleted_at, comment.deleted_by = timezone.now(), by
    comment.save(update_fields=["body", "body_html", "deleted_at", "deleted_by"])
    comment.mentions.all().delete()
    _count(comment.post, -1)
    record(CommentDeleted(comment_id=comment.pk, because=because), by=by)


def _check_reason(because: str) -> None:
    require_reason(because, "withdrawn_because")
    if len(because) > MOST_REASON:
        most = _("Alasan paling banyak %(most)s huruf.") % {"most": MOST_REASON}
        raise ValidationError({"withdrawn_because": most}, code="max_length")


def _count(post: Post, by: int) -> None:
    """Keep the number on a post that is locked by the caller."""
    post.comment_count += by
    post.save(update_fields=["comment_count"])
