"""Posts, their files, and what is answered to them."""

from sharing.models.comments import Comment
from sharing.models.files import Attachment
from sharing.models.posts import Post

__all__ = ["Attachment", "Comment", "Post"]
