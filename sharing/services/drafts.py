"""What somebody began to write and has not shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activity.submissions import require_same
from sharing import rules
from sharing.models import Draft, Post
from sharing.services.revisions import first_words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from accounts.models import User

# What people write themselves; a draft without any of it is not worth keeping.
WRITTEN = ("title", "body", *Post.PARTS, "link", "topics")
CHOSEN = ("kind", "group", "audience", "subject", "phase", "grade", "cycle", "session", "garden")
LONGEST_WORDS = 20_000
MOST_DRAFTS = 50


def save_draft(
    submission: UUID, *, by: User, words: Mapping[str, str], begun_as: UUID | None = None
) -> Draft | None:
    """Keep the fields of the form as they stand, under the mark that the post will have.

    Nothing is kept, and None returned, when nothing was written yet or the post was shared with
    these words meanwhile. The draft with the mark `begun_as`, which these words go on with, is
    gone when they say all that it says. Raises ValidationError for a field that is far too long,
    for too many drafts, and for other words than those that were shared under this mark.
    """
    # No event: a draft is read by its author alone, and no page counts it.
    kept = {
        name: words[name].replace("\0", "")
        for name in (*WRITTEN, *CHOSEN)
        if words.get(name, "").strip()
    }
    if any(len(text) > LONGEST_WORDS for text in kept.values()):
        raise ValidationError(_("Draf ini terlalu panjang untuk disimpan."))
    if not any(name in kept for name in WRITTEN):
        return None
    with transaction.atomic():
        claim_draft(submission, by=by)
        draft = Draft.objects.select_for_update().filter(submission=submission).first()
        if draft:
            rules.may_change_draft.require(by, draft)
        if post := Post.objects.filter(submission=submission).first():
            _require_same(post, kept)
            Draft.objects.filter(submission=submission).delete()
            return None
        if draft is None:
            # Thrown away just now, by whoever held it.
            return None
        is_new = not draft.words
        if is_new and by.drafts.count() > MOST_DRAFTS:
            reason = _("Sudah ada %(most)s draf. Hapus dulu yang tidak dipakai.")
            raise ValidationError(reason, params={"most": MOST_DRAFTS})
        draft.words = kept
        draft.save()
        if begun_as != submission:
            drop_outgrown(begun_as, by=by, words=kept)
    return draft


def claim_draft(submission: UUID, *, by: User) -> None:
    """Have a draft of that mark, without words if there was none. Belongs in a transaction.

    Whoever saves or shares what has this mark waits here for the other who does: the database lets
    only one of them make the row.
    """
    # No rule: the callers ask their own. No event: see `save_draft`.
    Draft.objects.bulk_create([Draft(author=by, submission=submission)], ignore_conflicts=True)


def drop_outgrown(begun_as: UUID | None, *, by: User, words: Mapping[str, object]) -> None:
    """Throw away the draft that these words were begun as, unless it says more than they do."""
    # No rule: it is one's own. No event: see `save_draft`.
    for draft in by.drafts.filter(submission=begun_as) if begun_as else ():
        said = {name: draft.words.get(name, "") for name in WRITTEN if name != "topics"}
        if all(_plain(words.get(name)).startswith(_plain(text)) for name, text in said.items()):
            draft.delete()


def _plain(text: object) -> str:
    """Without line ends, which a form and a script send in two ways."""
    return " ".join(text.split()) if isinstance(text, str) else ""


def _require_same(post: Post, kept: Mapping[str, str]) -> None:
    """Raise ValidationError when anything was written that the shared post did not say."""
    is_told = kept.get("kind") == Post.Kind.PRACTICE
    passed_over = {"topics"} if is_told else {"topics", *Post.PARTS}
    sent = {name: kept.get(name, "") for name in WRITTEN if name not in passed_over}
    require_same(first_words_of(post), sent)


def discard_draft(draft: Draft, *, by: User) -> None:
    """Throw a draft away, for good."""
    # No event: see `save_draft`.
    rules.may_change_draft.require(by, draft)
    draft.delete()
