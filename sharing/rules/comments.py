"""Who may read and write answers to a post, and why not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from sharing.models import Comment, Post
from sharing.rules.posts import readers

EDITABLE_FOR = timedelta(minutes=15)


def visible_comments(user: User | AnonymousUser) -> Q:
    """Whoever reads the post; of a withdrawn one only who is in its group, not a former member."""
    if isinstance(user, AnonymousUser):
        return readers(user, through="post__")
    in_group = Q(post__group__in=groups_of(user))
    return readers(user, through="post__") & (Q(post__withdrawn_at=None) | in_group)


@rule
def may_comment(user: User, post: Post) -> Reasons:
    """Everyone who was let in and can read it."""
    if not user.approved_at:
        yield _("Tanggapan dapat ditulis setelah Bapak/Ibu diterima di sebuah kelompok.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_edit_comment(user: User, comment: Comment) -> Reasons:
    """Its author, for a quarter of an hour: later, others may have answered to its words."""
    if comment.author_id != user.pk:
        yield _("Tanggapan ini hanya dapat diubah oleh penulisnya.")
    if comment.deleted_at:
        yield _("Tanggapan ini sudah dihapus.")
    elif timezone.now() > comment.at + EDITABLE_FOR:
        yield _("Tanggapan hanya dapat diubah dalam 15 menit setelah dikirim.")
    if comment.post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_delete_comment(user: User, comment: Comment) -> Reasons:
    """Its author and the board of the post's group."""
    if comment.author_id != user.pk and comment.post.group_id not in board_groups_of(user):
        yield _("Tanggapan ini hanya dapat dihapus oleh penulisnya atau pengurus.")
    if comment.deleted_at:
        yield _("Tanggapan ini sudah dihapus.")
