"""S: what is told of posts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from activity.events import on
from notifications.models import Notice
from notifications.services import tell
from sharing.events import ColleaguesMentioned, PostCommented
from sharing.models import Comment, Post


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


@on(ColleaguesMentioned)
def tell_colleagues_of_mention(event: ColleaguesMentioned) -> None:
    """Tell each who may read the post by now; whom words name is no reason to read them."""
    post = Post.objects.select_related("author").get(pk=event.post_id)
    comment = None
    if event.comment_id:
        comment = Comment.objects.select_related("author").get(pk=event.comment_id)
    if post.withdrawn_at or (comment and comment.deleted_at):
        return
    writer = comment.author if comment else post.author
    named = User.objects.filter(pk__in=event.person_ids).order_by("pk")
    tell(
        [one for one in named if Post.objects.visible_to(one).filter(pk=post.pk).exists()],
        Notice.Kind.SHARING,
        lambda: (
            _("%(person)s menyebut Bapak/Ibu di “%(post)s”.") % {"person": writer, "post": post}
        ),
        url=post.get_absolute_url(),
    )
