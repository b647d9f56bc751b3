"""Who may read, share, change and withdraw posts, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Group
    from sharing.models import Draft, Post


def visible_posts(user: User | AnonymousUser) -> Q:
    """Its author, and its audience: the group, everyone who was let in, or anyone.

    A withdrawn one only its author and the group's board, who can restore it. The author reads it
    for good, also after leaving the group; what others answered belongs to those who are left.
    """
    return readers(user)


def visible_drafts(user: User) -> Q:
    """Their author."""
    return Q(author=user)


def visible_revisions(user: User | AnonymousUser) -> Q:
    """Who reads the post, if a new version was named; the other changes its author and the board.

    Who endorsed what was changed since reads the one change that tells what it was. The old words
    of a post may be what was wrong with it: `may_read_history` says who reads them.
    """
    if isinstance(user, AnonymousUser):
        return readers(user, through="post__") & Q(is_new_version=True)
    changers = Q(post__author=user) | Q(post__group__in=board_groups_of(user))
    endorser = Q(post__endorsed_by=user, post__endorsed_before=F("pk"))
    return readers(user, through="post__") & (Q(is_new_version=True) | changers | endorser)


def readers(user: User | AnonymousUser, through: str = "") -> Q:
    """Who reads the post that `through` leads to, e.g. “post__”; see `visible_posts`."""
    shared = Q((f"{through}withdrawn_at", None))
    if isinstance(user, AnonymousUser):
        return audience_of(user, through) & shared
    board = Q((f"{through}group__in", board_groups_of(user)))
    own = Q((f"{through}author", user))
    return own | audience_of(user, through) & shared | board & ~shared


def audience_of(user: User | AnonymousUser, through: str = "") -> Q:
    """Whether this person is in the audience of the post that `through` leads to."""
    circle = Q((f"{through}audience", "public"))
    if isinstance(user, AnonymousUser):
        return circle
    if user.approved_at:
        circle |= Q((f"{through}audience", "district"))
    return circle | Q((f"{through}group__in", groups_of(user)))


def is_left_out(user: User, post: Post) -> bool:
    """Whether the post is for a group that this person is not in, who may be its author still."""
    return post.audience == "group" and post.group_id not in groups_of(user)


@rule
def may_share(user: User, group: Group) -> Reasons:
    """Members of the group."""
    if group.pk not in groups_of(user):
        yield _("Hanya anggota kelompok yang dapat berbagi di sini.")


@rule
def may_change_draft(user: User, draft: Draft) -> Reasons:
    """Its author."""
    if draft.author_id != user.pk:
        yield _("Draf hanya dapat diubah oleh penulisnya.")


@rule
def may_edit_post(user: User, post: Post) -> Reasons:
    """Its author, until it is withdrawn."""
    if post.author_id != user.pk:
        yield _("Bahan ini hanya dapat diubah oleh penulisnya.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_read_history(user: User, post: Post) -> Reasons:
    """Its author and the group's board read what a post said before; who endorsed that, that."""
    if post.endorsed_before_id and post.endorsed_by_id == user.pk:
        return
    if post.author_id != user.pk and post.group_id not in board_groups_of(user):
        yield _("Riwayat perubahan hanya dapat dibaca oleh penulisnya dan pengurus.")
