"""Every change to what is shared, one module for each noun."""

from sharing.services.comments import delete_comment, edit_comment, write_comment
from sharing.services.drafts import discard_draft, save_draft
from sharing.services.endorsements import endorse_post, take_back_endorsement
from sharing.services.erasing import erase_files
from sharing.services.files import attach_file, check_files, remove_attachment
from sharing.services.mentions import keep_mentions, mentions_in
from sharing.services.moderation import change_audience, restore_post, withdraw_post
from sharing.services.posts import Words, edit_post, move_post, share_post
from sharing.services.previews import fetch_previews, want_preview
from sharing.services.reach import count_reach
from sharing.services.reactions import follow_post, mute_post, react, take_back_reaction
from sharing.services.reading import read_feed, read_post, see_feed
from sharing.services.reports import decide_report, report_comment, report_post
from sharing.services.thumbnails import make_thumbnails
from sharing.services.topics import topics_named

__all__ = [
    "Words",
    "attach_file",
    "change_audience",
    "check_files",
    "count_reach",
    "decide_report",
    "delete_comment",
    "discard_draft",
    "edit_comment",
    "edit_post",
    "endorse_post",
    "erase_files",
    "fetch_previews",
    "follow_post",
    "keep_mentions",
    "make_thumbnails",
    "mentions_in",
    "move_post",
    "mute_post",
    "react",
    "read_feed",
    "read_post",
    "remove_attachment",
    "report_comment",
    "report_post",
    "restore_post",
    "save_draft",
    "see_feed",
    "share_post",
    "take_back_endorsement",
    "take_back_reaction",
    "topics_named",
    "want_preview",
    "withdraw_post",
    "write_comment",
]
