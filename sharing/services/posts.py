"""Every change to posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.services import changing, record
from activity.submissions import require_same, require_same_file
from groups.models import Stage
from groups.services import count_in_cycle
from sharing import rules
from sharing.events import AudienceChanged, PostEdited, PostShared
from sharing.library import index_post
from sharing.markdown import Mentions, render_words
from sharing.models import Attachment, Draft, Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accounts.models import User
    from activity.files import CheckedFile
    from groups.models import Cycle, Group
    from schools.models import Phase, Subject
from sharing.services.drafts import claim_draft, drop_outgrown
from sharing.services.endorsements import clear_endorsement, outdate_endorsement
from sharing.services.files import attach, drop_file, require_fit
from sharing.services.mentions import keep_mentions, mentions_in
from sharing.services.previews import want_preview
from sharing.services.revisions import first_words_of, keep_revision, words_of
from sharing.services.topics import topics_named


class Words(TypedDict, total=False):
    """The fields that people fill in; `topics` by their names, at most five."""

    kind: str
    title: str
    body: str
    situation: str
    action: str
    change: str
    evidence: str
    link: str
    audience: str
    subject: Subject | None
    phase: Phase | None
    grade: int | None
    topics: Iterable[str]


def share_post(
    group: Group,
    *,
    by: User,
    cycle: Cycle | None = None,
    files: Sequence[CheckedFile] = (),
    consent: bool = False,
    submission: UUID | None = None,
    begun_as: UUID | None = None,
    **words: Unpack[Words],
) -> Post:
    """Share with the words' audience, in the group's open cycle unless another one is named.

    The subject is the group's unless the words say another one.
    `consent` says that no pupil can be recognised in the pictures without the parents' consent;
    pictures need it. Sent again with the same `submission`, it returns the post of the first time.
    The draft of that `submission` is gone then, and that of `begun_as`, which these words go on
    with, unless it says more.
    Raises ValidationError when words or files are not right, or others than that first time;
    nothing is kept then.
    """
    submission = submission or uuid4()
    with changing(group):
        rules.may_share.require(by, group)
        claim_draft(submission, by=by)
        Draft.objects.filter(submission=submission, author=by).delete()
        if already := Post.objects.filter(submission=submission, author=by).first():
            _require_same(already, group, cycle=cycle, files=files, **words)
            return already
        _check_cycle(group, cycle)
        post = Post(
            group=group,
            cycle=cycle or group.cycles.open().first(),
            author=by,
            submission=submission,
            subject=group.subject,
        )
        topics = topics_named(words.pop("topics", ()))
        mentions = _write(post, words)
        require_fit(files, beside=0, consent=consent)
        post.save()
        drop_outgrown(begun_as, by=by, words=words)
        post.topics.set(topics)
        keep_mentions(post, mentions, by=by)
        attach(post, files)
        index_post(post)
        count_in_cycle(post.cycle_id, Stage.SHARING)
        record(PostShared(post_id=post.pk), by=by)
    return post


def edit_post(
    post: Post,
    *,
    by: User,
    files: Sequence[CheckedFile] = (),
    drop: Iterable[Attachment] = (),
    consent: bool = False,
    new_version: bool = False,
    note: str = "",
    **words: Unpack[Words],
) -> Post:
    """Change the words of a post, add files to it and take away those in `drop`.

    What it said before is kept. The words may change the audience too, as `change_audience` does.
    Of material this may be a `new_version`, with a `note` of what
    changed: then the files in `drop` can still be read with the version before.
    """
    with changing(post):
        rules.may_edit_post.require(by, post)
        before = words_of(post)
        if (audience := words.get("audience", post.audience)) != post.audience:
            rules.may_change_audience.require(by, post, audience)
            record(AudienceChanged(post_id=post.pk), by=by)
        if "topics" in words:
            post.topics.set(topics_named(words.pop("topics")))
        mentions = _write(post, words)
        if new_version:
            _check_version(post, note)
        post.edited_at = timezone.now()
        named = [attachment.pk for attachment in drop]
        dropped = list(post.attachments.filter(pk__in=named, removed_at=None))
        beside = post.attachments.current().exclude(pk__in=named).count()
        require_fit(files, beside=beside, consent=consent)
        revision = keep_revision(
            post,
            by=by,
            before=before,
            added=[file.name for file in files],
            removed=[attachment.name for attachment in dropped],
            note=note if new_version else "",
            is_new_version=new_version,
        )
        for attachment in dropped:
            drop_file(post, attachment, last_version=post.version if new_version else None)
        post.version += new_version
        post.save(update_fields=[*words, *Post.PARTS, "body_html", "edited_at", "version"])
        if post.endorsed_at and post.kind not in rules.ENDORSED_KINDS:
            clear_endorsement(post)
        outdate_endorsement(post, revision, by=by)
        keep_mentions(post, mentions, by=by)
        attach(post, files)
        index_post(post)
        record(PostEdited(post_id=post.pk), by=by)
    return post


def move_post(post: Post, cycle: Cycle | None, *, by: User) -> Post:
    """Count a post in another cycle of its group, or in none."""
    with changing(post):
        rules.may_edit_post.require(by, post)
        _check_cycle(post.group, cycle)
        before, now = post.cycle_id, cycle.pk if cycle else None
        if before == now:
            return post
        post.cycle = cycle
        post.save(update_fields=["cycle"])
        # In one order for all: of two who move opposite ways, the one waits for the other.
        for cycle_id, change in sorted(((before or 0, -1), (now or 0, 1))):
            count_in_cycle(cycle_id or None, Stage.SHARING, change)
        record(PostEdited(post_id=post.pk), by=by)
    return post


def _check_cycle(group: Group, cycle: Cycle | None) -> None:
    if cycle and cycle.group_id != group.pk:
        raise ValidationError({"cycle": _("Siklus ini bukan siklus kelompok itu.")})


def _require_same(
    post: Post,
    group: Group,
    *,
    cycle: Cycle | None,
    files: Sequence[CheckedFile],
    **words: Unpack[Words],
) -> None:
    """Raise ValidationError when a post that was shared before says anything else.

    Fewer files than it has are right: a phone that sends a form again kept the words alone.
    """
    sent: dict[str, object] = {"group": group.pk, **words}
    sent |= {"cycle": cycle.pk} if cycle else {}
    if words.get("kind", post.kind) != Post.Kind.PRACTICE:
        sent |= dict.fromkeys(set(Post.PARTS) & set(sent), "")
    for name in {"subject", "phase"} & set(sent):
        sent[name] = getattr(sent[name], "pk", None)
    if "topics" in words:
        sent["topics"] = sorted(topic.name for topic in topics_named(words["topics"]))
    made = first_words_of(post) | {"group": post.group_id, "cycle": post.cycle_id}
    require_same(made, sent)
    for file in files:
        require_same_file(post.attachments.all(), file)


def _check_version(post: Post, note: str) -> None:
    if post.kind != Post.Kind.MATERIAL:
        raise ValidationError({"new_version": _("Hanya perangkat ajar yang mempunyai versi.")})
    if not note.strip():
        raise ValidationError({"note": _("Tulis singkat apa yang berubah pada versi ini.")})


def _write(post: Post, words: Words) -> Mentions:
    """Put the words in, checked and rendered, and return whom they name.

    What becomes another kind than a good practice loses the four parts.
    """
    if words.get("kind", post.kind) != Post.Kind.PRACTICE:
        for name in Post.PARTS:
            setattr(post, name, "")
    for name, value in words.items():
        setattr(post, name, value)
    post.full_clean()
    written = {name: getattr(post, name) for name in ("body", *Post.PARTS)}
    mentions = mentions_in(list(written.values()), seen_by=post.author)
    post.body_html = render_words({"kind": post.kind, **written}, mentions)
    want_preview(post.shown_link)
    return mentions
