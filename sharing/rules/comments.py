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
from sharing.rules.posts import audience_of, is_left_out

EDITABLE_FOR = timedelta(minutes=15)


def visible_comments(user: User | AnonymousUser) -> Q:
    """The audience of the post; of a withdrawn one its author and the board.

    An author who left the group reads no answers to a post that is the group's or is withdrawn.
    """
    shared = Q(post__withdrawn_at=None)
    circle = audience_of(user, through="post__")
    if isinstance(user, AnonymousUser):
        return circle & shared
    own = Q(post__author=user, post__group__in=groups_of(user))
    board = Q(post__group__in=board_groups_of(user))
    return circle & shared | (own | board) & ~shared


@rule
def may_comment(user: User, post: Post) -> Reasons:
    """Everyone who was let in and is in its audience."""
    if is_left_out(user, post):
        yield _("Hanya anggota kelompok ini yang membaca dan menulis tanggapan.")
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
