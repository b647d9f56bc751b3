"""What a post said before it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sharing.models import Post, Revision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User

KEPT = ("kind", "title", "body", *Post.PARTS, "link", "audience", "grade")


def words_of(post: Post) -> dict[str, Any]:
    """All that people filled in, by name, as JSON keeps it: subject and phase by their codes."""
    words: dict[str, Any] = {name: getattr(post, name) for name in KEPT}
    words |= {"subject": post.subject_id, "phase": post.phase_id}
    return words | {"topics": [topic.name for topic in post.topics.all()]}


def first_words_of(post: Post) -> dict[str, Any]:
    """What `words_of` gave when the post was shared, whatever was changed in it since."""
    words = words_of(post)
    for revision in post.revisions.order_by("-pk"):
        words |= revision.before
    return words


def keep_revision(
    post: Post,
    *,
    by: User,
    before: Mapping[str, Any],
    added: Sequence[str] = (),
    removed: Sequence[str] = (),
    note: str = "",
    is_new_version: bool = False,
) -> Revision | None:
    """Keep the old values of what changed in a post that the caller locked; nothing if none did.

    `before` is what `words_of` gave, `added` and `removed` are names of files. Raises
    ValidationError for a new version in which nothing is new.
    """
    # No rule: it belongs to a change that was asked of one. No event: that change records its own.
    now = words_of(post)
    changed = {name: value for name, value in before.items() if value != now[name]}
    if added:
        changed["files_added"] = list(added)
    if removed:
        changed["files_removed"] = list(removed)
    if is_new_version and not changed:
        reason = _("Belum ada yang berubah: ubah dulu isi atau berkasnya.")
        raise ValidationError({"new_version": reason})
    if not changed:
        return None
    revision = Revision(
        post=post,
        version=post.version,
        by=by,
        note=note,
        is_new_version=is_new_version,
        before=changed,
    )
    revision.full_clean()
    revision.save()
    return revision
