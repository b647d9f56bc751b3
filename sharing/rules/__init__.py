"""Who may read and change what is shared, and why not."""

from sharing.rules.comments import (
    EDITABLE_FOR,
    may_comment,
    may_delete_comment,
    may_edit_comment,
    visible_comments,
)
from sharing.rules.files import visible_attachments
from sharing.rules.moderation import (
    ENDORSED_KINDS,
    decided_reports,
    may_change_audience,
    may_decide_report,
    may_endorse_post,
    may_report_comment,
    may_report_post,
    may_restore_post,
    may_take_back_endorsement,
    may_withdraw_post,
    narrower,
    visible_reports,
)
from sharing.rules.posts import (
    may_change_draft,
    may_edit_post,
    may_read_history,
    may_share,
    visible_drafts,
    visible_posts,
    visible_revisions,
)
from sharing.rules.reactions import (
    may_follow,
    may_react,
    visible_reactions,
    visible_subscriptions,
)

__all__ = [
    "EDITABLE_FOR",
    "ENDORSED_KINDS",
    "decided_reports",
    "may_change_audience",
    "may_change_draft",
    "may_comment",
    "may_decide_report",
    "may_delete_comment",
    "may_edit_comment",
    "may_edit_post",
    "may_endorse_post",
    "may_follow",
    "may_react",
    "may_read_history",
    "may_report_comment",
    "may_report_post",
    "may_restore_post",
    "may_share",
    "may_take_back_endorsement",
    "may_withdraw_post",
    "narrower",
    "visible_attachments",
    "visible_comments",
    "visible_drafts",
    "visible_posts",
    "visible_reactions",
    "visible_reports",
    "visible_revisions",
    "visible_subscriptions",
]
