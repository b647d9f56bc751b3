"""Taking a post away and bringing it back, and who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.services import changing, record
from groups.models import Stage
from groups.services import count_in_cycle
from sharing import rules
from sharing.events import AudienceChanged, PostRestored, PostWithdrawn
from sharing.models import Post
from sharing.services.revisions import keep_revision, words_of

if TYPE_CHECKING:
    from accounts.models import User


def withdraw_post(post: Post, *, by: User, because: str = "") -> Post:
    """Let nobody read the post any more, and do not count it. `restore_post` undoes this.

    The author may say why; anybody else must, since the author is told.
    """
    with changing(post):
        rules.may_withdraw_post.require(by, post)
        take_away(post, by=by, because=because)
    return post


def take_away(post: Post, *, by: User, because: str) -> None:
    """Withdraw a post that the caller has locked and decided to withdraw.

    One that its author withdrew before is taken over: the author cannot bring it back then.
    """
    # No rule: whoever withdraws, or removes what was reported, was asked by the caller.
    if by.pk != post.author_id:
        require_reason(because, "withdrawn_because")
    was_counted = post.withdrawn_at is None
    post.withdrawn_at, post.withdrawn_by = timezone.now(), by
    post.withdrawn_because = because.strip()
    others = {field.name for field in Post._meta.fields} - {"withdrawn_because"}
    post.clean_fields(exclude=others)
    post.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    if was_counted:
        count_in_cycle(post.cycle_id, Stage.SHARING, -1)
    record(PostWithdrawn(post_id=post.pk), by=by)


def require_reason(because: str, field: str) -> None:
    """Raise ValidationError on that field when nobody says why another's words are touched."""
    if not because.strip():
        words = _("Tulis alasannya; penulis akan membacanya.")
        raise ValidationError({field: words}, code="required")


def restore_post(post: Post, *, by: User) -> Post:
    """Let the post be read and counted again."""
    with changing(post):
        rules.may_restore_post.require(by, post)
        post.withdrawn_at = post.withdrawn_by = None
        post.withdrawn_because = ""
        post.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        count_in_cycle(post.cycle_id, Stage.SHARING)
        record(PostRestored(post_id=post.pk), by=by)
    return post


def change_audience(post: Post, audience: str, *, by: User, because: str = "") -> Post:
    """Say anew who may read the post. The author is told when somebody else did, and `because`.

    A board that makes the circle smaller must say why; its author cannot widen it beyond that then.
    """
    with changing(post):
        if audience not in Post.Audience:
            raise ValidationError({"audience": _("Pilih siapa yang dapat membaca.")})
        if audience == post.audience:
            return post
        rules.may_change_audience.require(by, post, audience)
        before, because = words_of(post), because.strip()
        if by.pk != post.author_id:
            _keep_choice_of_author(post, audience, because)
        post.audience = audience
        post.save(update_fields=["audience", "narrowed_from", "narrowed_to"])
        keep_revision(post, by=by, before=before, note=because)
        record(AudienceChanged(post_id=post.pk, because=because), by=by)
    return post


def _keep_choice_of_author(post: Post, audience: str, because: str) -> None:
    """Keep in mind from where the board narrows and how far, until all is as the author chose."""
    if audience in rules.narrower(post):
        require_reason(because, "because")
        post.narrowed_from = post.narrowed_from or post.audience
    elif audience == post.narrowed_from:
        post.narrowed_from = post.narrowed_to = ""
        return
    post.narrowed_to = audience
