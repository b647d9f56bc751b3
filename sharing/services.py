"""Every change to posts, their files and comments."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypedDict, Unpack
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.files import FileFacts, check_upload
from activity.services import changing, record
from groups.models import Stage
from groups.services import count_in_cycle
from sharing import rules
from sharing.events import PostCommented, PostEdited, PostRestored, PostShared, PostWithdrawn
from sharing.markdown import render_comment, render_post
from sharing.models import Attachment, Comment, Post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files import File

    from accounts.models import User
    from groups.models import Cycle, Group

MOST_FILES = 5


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
        checked = _checked(files, beside=0, consent=consent)
        post.save()
        _attach(post, checked)
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
        checked = _checked(files, beside=beside, consent=consent)
        post.save(update_fields=[*words, "body_html", "edited_at"])
        for attachment in dropped:
            _drop(post, attachment)
        _attach(post, checked)
        record(PostEdited(post_id=post.pk), by=by)
    return post


def attach_file(post: Post, file: File[bytes], *, by: User, consent: bool = False) -> Attachment:
    """Add one file to a post. A picture needs `consent`, as in `share_post`."""
    with changing(post):
        rules.may_edit_post.require(by, post)
        checked = _checked([file], beside=post.attachments.count(), consent=consent)
        [attachment] = _attach(post, checked)
        record(PostEdited(post_id=post.pk), by=by)
    return attachment


def remove_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file away from its post."""
    with changing(attachment.post):
        rules.may_edit_post.require(by, attachment.post)
        # Asked under the lock: of two at once the second finds it gone, and counts nothing.
        if attachment.post.attachments.filter(pk=attachment.pk).exists():
            _drop(attachment.post, attachment)
            record(PostEdited(post_id=attachment.post_id), by=by)


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


def write_comment(post: Post, *, by: User, body: str, submission: UUID | None = None) -> Comment:
    """Answer a post. Sent again with the same `submission`, it returns the first comment."""
    submission = submission or uuid4()
    with changing(post):
        rules.may_comment.require(by, post)
        if already := Comment.objects.filter(submission=submission, author=by).first():
            return already
        comment = Comment(post=post, author=by, body=body, submission=submission)
        comment.full_clean()
        comment.body_html = render_comment(body)
        comment.save()
        post.comment_count += 1
        post.save(update_fields=["comment_count"])
        record(PostCommented(comment_id=comment.pk), by=by)
    return comment


def _write(post: Post, words: Words) -> None:
    for name, text in words.items():
        setattr(post, name, text)
    post.full_clean()
    post.body_html = render_post(post.body)


def _checked(files: Iterable[File[bytes]], *, beside: int, consent: bool) -> list[FileFacts]:
    """Look at every file before the first one is stored."""
    given = list(files)
    if len(given) + beside > MOST_FILES:
        reason = _("Paling banyak %(most)s berkas untuk satu bahan.")
        raise ValidationError({"attachments": ValidationError(reason, params={"most": MOST_FILES})})
    checked, refusals = [], []
    for file in given:
        try:
            checked.append(check_upload(file))
        except ValidationError as refusal:
            refusals.append(refusal)
    if refusals:
        raise ValidationError({"attachments": refusals})
    if any(facts.is_image for facts in checked) and not consent:
        raise ValidationError(
            {"consent": _("Foto hanya dapat dibagikan bila murid di dalamnya sudah diizinkan.")}
        )
    return checked


def _attach(post: Post, checked: Iterable[FileFacts]) -> list[Attachment]:
    attached = [
        Attachment.objects.create(
            post=post,
            file=facts.content,
            name=facts.name,
            content_type=facts.content_type,
            size=facts.size,
            has_consent=facts.is_image,
        )
        for facts in checked
    ]
    for attachment in attached:
        _count(post, attachment.size)
    return attached


def _drop(post: Post, attachment: Attachment) -> None:
    """Delete the row now, and the stored file once that is certain."""
    delete = partial(attachment.file.storage.delete, str(attachment.file))
    _count(post, -attachment.size, files=-1)
    attachment.delete()
    transaction.on_commit(delete)


def _count(post: Post, size: int, *, files: int = 1) -> None:
    """Keep the counts of a post that is locked by the caller."""
    post.file_count += files
    post.file_bytes += size
    post.save(update_fields=["file_count", "file_bytes"])
