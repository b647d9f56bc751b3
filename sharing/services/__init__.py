"""Every change to what is shared, one module for each noun."""

from sharing.services.comments import write_comment
from sharing.services.drafts import discard_draft, save_draft
from sharing.services.erasing import erase_files
from sharing.services.files import attach_file, remove_attachment
from sharing.services.mentions import keep_mentions, mentions_in
from sharing.services.posts import Words, edit_post, restore_post, share_post, withdraw_post
from sharing.services.previews import fetch_previews, want_preview
from sharing.services.reach import count_reach
from sharing.services.thumbnails import make_thumbnails
from sharing.services.topics import topics_named

__all__ = [
    "Words",
    "attach_file",
    "count_reach",
    "discard_draft",
    "edit_post",
    "erase_files",
    "fetch_previews",
    "keep_mentions",
    "make_thumbnails",
    "mentions_in",
    "remove_attachment",
    "restore_post",
    "save_draft",
    "share_post",
    "topics_named",
    "want_preview",
    "withdraw_post",
    "write_comment",
]
