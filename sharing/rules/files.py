"""Who may read the files of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User
from sharing.rules.posts import readers


def visible_attachments(user: User | AnonymousUser) -> Q:
    """Whoever reads the post; one that was taken away nobody."""
    return readers(user, through="post__") & Q(removed_at=None)
