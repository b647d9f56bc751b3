"""Who may read and write answers to a post, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule

if TYPE_CHECKING:
    from accounts.models import User
    from sharing.models import Post
from sharing.rules.posts import readers


def visible_comments(user: User | AnonymousUser) -> Q:
    """Whoever reads the post."""
    return readers(user, through="post__")


@rule
def may_comment(user: User, post: Post) -> Reasons:
    """Everyone who was let in and can read it."""
    if not user.approved_at:
        yield _("Tanggapan dapat ditulis setelah Bapak/Ibu diterima di sebuah kelompok.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")
