"""Every change to posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.services import changing, record
from groups.models import Stage
from groups.services import count_in_cycle
from sharing import rules
from sharing.events import PostEdited, PostRestored, PostShared, PostWithdrawn
from sharing.markdown import render_post
from sharing.models import Attachment, Post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files import File

    from accounts.models import User
    from groups.models import Cycle, Group
from sharing.services.files import attach, checked_files, drop_file


class Words(TypedDict, total=False):
    title: str
    body: str
    link: str
    audience: str


def share_post(
    group: Group,
    *,
    by: User,
    cycle: Cycle | None = None,
    files: Iterable[File[bytes]] = (),
    consent: bool = False,
    submission: UUID | None = None,
    **words: Unpack[Words],
) -> Post:
    """Share with the words' audience, in the group's open cycle unless another one is named.

    `consent` says that no pupil can be recognised in the pictures without the parents' consent;
    pictures need it. Sent again with the same `submission`, it returns the post of the first time.
    Raises ValidationError when words or files are not right; nothing is kept then.
    """
    submission = submission or uuid4()
    with changing(group):
        rules.may_share.require(by, group)
        if already := Post.objects.filter(submission=submission, author=by).first():
            return already
        if cycle and cycle.group_id != group.pk:
            raise ValidationError(_("Siklus ini bukan siklus kelompok itu."), code="cycle")
        post = Post(
            group=group,
            cycle=cycle or group.cycles.open().first(),
            author=by,
            submission=submission,
        )
        _write(post, words)
        checked = checked_files(files, beside=0, consent=consent)
        post.save()
        attach(post, checked)
        count_in_cycle(post.cycle_id, Stage.SHARING)
        record(PostShared(post_id=post.pk), by=by)
    return post


def edit_post(
    post: Post,
    *,
    by: User,
    files: Iterable[File[bytes]] = (),
    drop: Iterable[Attachment] = (),
    consent: bool = False,
    **words: Unpack[Words],
) -> Post:
    """Change the words of a post, add files to it and take away those in `drop`."""
    with changing(post):
        rules.may_edit_post.require(by, post)
        _write(post, words)
        post.edited_at = timezone.now()
        dropped = post.attachments.filter(pk__in=[attachment.pk for attachment in drop])
        beside = post.attachments.count() - dropped.count()
        checked = checked_files(files, beside=beside, consent=consent)
        post.save(update_fields=[*words, "body_html", "edited_at"])
        for attachment in dropped:
            drop_file(post, attachment)
        attach(post, checked)
        record(PostEdited(post_id=post.pk), by=by)
    return post


def withdraw_post(post: Post, *, by: User) -> Post:
    """Let nobody read the post any more, and do not count it. `restore_post` undoes this."""
    with changing(post):
        rules.may_withdraw_post.require(by, post)
        post.withdrawn_at = timezone.now()
        post.save(update_fields=["withdrawn_at"])
        count_in_cycle(post.cycle_id, Stage.SHARING, -1)
        record(PostWithdrawn(post_id=post.pk), by=by)
    return post


def restore_post(post: Post, *, by: User) -> Post:
    """Let the post be read and counted again."""
    with changing(post):
        rules.may_restore_post.require(by, post)
        post.withdrawn_at = None
        post.save(update_fields=["withdrawn_at"])
        count_in_cycle(post.cycle_id, Stage.SHARING)
        record(PostRestored(post_id=post.pk), by=by)
    return post


def _write(post: Post, words: Words) -> None:
    for name, text in words.items():
        setattr(post, name, text)
    post.full_clean()
    post.body_html = render_post(post.body)
