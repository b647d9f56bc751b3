"""Who may read posts and comments, who may share and withdraw, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Group
    from sharing.models import Post


def visible_posts(user: User | AnonymousUser) -> Q:
    """Its audience: the group, everyone who was let in, or anyone; withdrawn ones nobody."""
    audience = Q(audience="public")
    if isinstance(user, AnonymousUser):
        return audience & Q(withdrawn_at=None)
    if user.approved_at:
        audience |= Q(audience="district")
    return (audience | Q(group__in=groups_of(user))) & Q(withdrawn_at=None)


def visible_attachments(user: User | AnonymousUser) -> Q:
    """Whoever reads the post."""
    return _through_post(user)


def visible_comments(user: User | AnonymousUser) -> Q:
    """Whoever reads the post."""
    return _through_post(user)


def _through_post(user: User | AnonymousUser) -> Q:
    audience = Q(post__audience="public")
    if isinstance(user, AnonymousUser):
        return audience & Q(post__withdrawn_at=None)
    if user.approved_at:
        audience |= Q(post__audience="district")
    return (audience | Q(post__group__in=groups_of(user))) & Q(post__withdrawn_at=None)


@rule
def may_share(user: User, group: Group) -> Reasons:
    """Members of the group."""
    if group.pk not in groups_of(user):
        yield _("Hanya anggota kelompok yang dapat berbagi di sini.")


@rule
def may_edit_post(user: User, post: Post) -> Reasons:
    """Its author, until it is withdrawn."""
    if post.author_id != user.pk:
        yield _("Bahan ini hanya dapat diubah oleh penulisnya.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_withdraw_post(user: User, post: Post) -> Reasons:
    """Its author and the group's board."""
    if post.author_id != user.pk and post.group_id not in board_groups_of(user):
        yield _("Bahan ini hanya dapat ditarik oleh penulisnya atau pengurus.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_comment(user: User, post: Post) -> Reasons:
    """Everyone who was let in and can read it."""
    if not user.approved_at:
        yield _("Tanggapan dapat ditulis setelah Bapak/Ibu diterima di sebuah kelompok.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")
