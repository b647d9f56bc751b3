"""What follows in the library from what happened elsewhere."""

from __future__ import annotations

from accounts.events import ProfileEdited
from activity.events import on
from sharing.library import index_posts
from sharing.models import Post


@on(ProfileEdited)
def find_posts_by_the_new_name(event: ProfileEdited) -> None:
    """A name that somebody gave up finds nothing any more."""
    index_posts(Post.objects.filter(author=event.user_id))
