"""Berbagi: the feed, a post with its comments and files, and the forms to share and change."""

from frontend.sharing.comments import comment
from frontend.sharing.drafts import discard_draft, drafts, save_draft
from frontend.sharing.editor import people_to_mention, preview_post
from frontend.sharing.feed import posts
from frontend.sharing.files import attachment, small_attachment
from frontend.sharing.library import library
from frontend.sharing.links import unlink_garden, unlink_session
from frontend.sharing.moderation import restore_post, withdraw_post
from frontend.sharing.previews import link_picture
from frontend.sharing.reach import count_reach, reach
from frontend.sharing.reading import post
from frontend.sharing.versions import post_history
from frontend.sharing.writing import edit_post, share_post

__all__ = [
    "attachment",
    "comment",
    "count_reach",
    "discard_draft",
    "drafts",
    "edit_post",
    "library",
    "link_picture",
    "people_to_mention",
    "post",
    "post_history",
    "posts",
    "preview_post",
    "reach",
    "restore_post",
    "save_draft",
    "share_post",
    "small_attachment",
    "unlink_garden",
    "unlink_session",
    "withdraw_post",
]
