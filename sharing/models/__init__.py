"""Posts, their files, what is answered to them, and what readers make of them."""

from sharing.models.comments import Comment
from sharing.models.files import Attachment, LinkPreview
from sharing.models.moderation import Report, Revision
from sharing.models.posts import Draft, Post, Topic
from sharing.models.reach import Reach
from sharing.models.reactions import Mention, Reaction, Subscription
from sharing.models.reading import FeedVisit, PostRead
from sharing.models.search import Document, NamePiece

__all__ = [
    "Attachment",
    "Comment",
    "Document",
    "Draft",
    "FeedVisit",
    "LinkPreview",
    "Mention",
    "NamePiece",
    "Post",
    "PostRead",
    "Reach",
    "Reaction",
    "Report",
    "Revision",
    "Subscription",
    "Topic",
]
