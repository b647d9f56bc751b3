"""S: what is told of posts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from activity.events import on
from notifications.models import Notice
from notifications.services import tell
from sharing.events import PostCommented
from sharing.models import Comment


@on(PostCommented)
def tell_author_of_comment(event: PostCommented) -> None:
    comment = Comment.objects.select_related("author", "post__author").get(pk=event.comment_id)
    post = comment.post
    if comment.author_id == post.author_id or post.withdrawn_at:
        return
    tell(
        [post.author],
        Notice.Kind.SHARING,
        lambda: _("%(person)s menanggapi “%(post)s”.") % {"person": comment.author, "post": post},
        url=post.get_absolute_url(),
        once_unread=True,
    )
