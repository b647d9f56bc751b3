"""Who may read and change what is shared, and why not."""

from sharing.rules.comments import may_comment, visible_comments
from sharing.rules.files import visible_attachments
from sharing.rules.moderation import visible_reports
from sharing.rules.posts import (
    may_change_draft,
    may_edit_post,
    may_read_history,
    may_restore_post,
    may_share,
    may_withdraw_post,
    visible_drafts,
    visible_posts,
    visible_revisions,
)
from sharing.rules.reactions import visible_reactions

__all__ = [
    "may_change_draft",
    "may_comment",
    "may_edit_post",
    "may_read_history",
    "may_restore_post",
    "may_share",
    "may_withdraw_post",
    "visible_attachments",
    "visible_comments",
    "visible_drafts",
    "visible_posts",
    "visible_reactions",
    "visible_reports",
    "visible_revisions",
]
