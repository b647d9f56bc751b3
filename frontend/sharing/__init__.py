"""Berbagi: the feed, a post with its comments and files, and the forms to share and change."""

from frontend.sharing.answering import (
    answer_comment,
    comment,
    conversation,
    delete_comment,
    edit_comment,
)
from frontend.sharing.drafts import discard_draft, drafts
from frontend.sharing.editor import people_to_mention, preview_post
from frontend.sharing.endorsing import endorse_post, take_back_endorsement
from frontend.sharing.feed import posts, read_feed, see_feed
from frontend.sharing.files import attachment, small_attachment
from frontend.sharing.keeping import kept_posts, post_copy, still_readable
from frontend.sharing.library import library
from frontend.sharing.links import unlink_garden, unlink_session
from frontend.sharing.previews import link_picture
from frontend.sharing.reach import count_reach, reach
from frontend.sharing.reacting import (
    follow_post,
    mute_post,
    react,
    read_post,
    take_back_reaction,
)
from frontend.sharing.reading import post
from frontend.sharing.reports import decide_report, report_comment, report_post, reports
from frontend.sharing.versions import post_history
from frontend.sharing.withdrawing import change_audience, restore_post, withdraw_post
from frontend.sharing.writing import edit_post, save_draft, share_post

__all__ = [
    "answer_comment",
    "attachment",
    "change_audience",
    "comment",
    "conversation",
    "count_reach",
    "decide_report",
    "delete_comment",
    "discard_draft",
    "drafts",
    "edit_comment",
    "edit_post",
    "endorse_post",
    "follow_post",
    "kept_posts",
    "library",
    "link_picture",
    "mute_post",
    "people_to_mention",
    "post",
    "post_copy",
    "post_history",
    "posts",
    "preview_post",
    "reach",
    "react",
    "read_feed",
    "read_post",
    "report_comment",
    "report_post",
    "reports",
    "restore_post",
    "save_draft",
    "see_feed",
    "share_post",
    "small_attachment",
    "still_readable",
    "take_back_endorsement",
    "take_back_reaction",
    "unlink_garden",
    "unlink_session",
    "withdraw_post",
]
