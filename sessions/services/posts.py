"""Which posts belong to a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activity.services import changing, record
from sessions import rules
from sessions.events import PostLinkedToSession, PostUnlinkedFromSession
from sessions.models import ModelSession, SessionPost
from sharing.models import Post

if TYPE_CHECKING:
    from accounts.models import User


def link_post(session: ModelSession, post: Post, *, by: User) -> SessionPost:
    """Say that a post belongs to a session; said twice it is so once.

    Raises ValidationError for a session or a post that the person cannot read.
    """
    with changing(session, post):
        rules.may_link_post.require(by, session, post)
        sessions = ModelSession.objects.visible_to(by).filter(pk=session.pk)
        if not (sessions.exists() and Post.objects.visible_to(by).filter(pk=post.pk).exists()):
            raise ValidationError({"session": _("Sesi atau bahan ini tidak ditemukan.")})
        link, is_new = SessionPost.objects.get_or_create(
            session=session, post=post, defaults={"linked_by": by}
        )
        if is_new:
            record(PostLinkedToSession(session_id=session.pk, post_id=post.pk), by=by)
    return link


def unlink_post(link: SessionPost, *, by: User) -> None:
    """Say that a post does not belong to a session after all."""
    with changing(link.session):
        rules.may_unlink_post.require(by, link.session, link.post)
        gone, _rows = SessionPost.objects.filter(pk=link.pk).delete()
        if gone:
            event = PostUnlinkedFromSession(session_id=link.session_id, post_id=link.post_id)
            record(event, by=by)
