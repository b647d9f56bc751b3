"""Who may react to a post and follow it, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule

if TYPE_CHECKING:
    from accounts.models import User
    from sharing.models import Post
from sharing.rules.posts import is_left_out


def visible_reactions(user: User) -> Q:
    """One's own; of all others there is only a number."""
    return Q(person=user)


def visible_subscriptions(user: User) -> Q:
    """One's own: who follows what is nobody else's business."""
    return Q(person=user)


@rule
def may_react(user: User, post: Post) -> Reasons:
    """Everyone who was let in and can read it, but not its author."""
    if not user.approved_at:
        yield _("Reaksi dapat diberikan setelah Bapak/Ibu diterima di sebuah kelompok.")
    if post.author_id == user.pk:
        yield _("Ini bahan Bapak/Ibu sendiri.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_follow(user: User, post: Post) -> Reasons:
    """Everyone who was let in and may read its answers."""
    if is_left_out(user, post):
        yield _("Hanya anggota kelompok ini yang diberi tahu tentang tanggapan.")
    if not user.approved_at:
        yield _("Bahan dapat diikuti setelah Bapak/Ibu diterima di sebuah kelompok.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")
