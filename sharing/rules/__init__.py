"""Who may read and change what is shared, and why not."""

from sharing.rules.comments import may_comment, visible_comments
from sharing.rules.files import visible_attachments
from sharing.rules.posts import (
    may_edit_post,
    may_restore_post,
    may_share,
    may_withdraw_post,
    visible_posts,
)

__all__ = [
    "may_comment",
    "may_edit_post",
    "may_restore_post",
    "may_share",
    "may_withdraw_post",
    "visible_attachments",
    "visible_comments",
    "visible_posts",
]
