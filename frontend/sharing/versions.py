"""The versions of a material, and what a post said before it was changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from frontend.http import Request, number_in, show
from frontend.paging import page_of
from frontend.sharing.finding import post_for
from schools.models import Phase, Subject
from sharing import rules
from sharing.models import Attachment, Post, Revision

MOST_VERSIONS = 30


@dataclass(frozen=True)
class Version:
    number: int
    at: datetime
    note: str
    files: list[Attachment]


def versions_of(post: Post, reader: User | AnonymousUser) -> dict[str, Any]:
    """The versions of a post that has more than one, the newest first, for its page."""
    if post.version == 1:
        return {}
    begun = Revision.objects.visible_to(reader).of_versions().filter(post=post)[:MOST_VERSIONS]
    files = list(Attachment.objects.visible_to(reader).filter(post=post).order_by("pk"))
    versions = [
        Version(one.version + 1, one.at, one.note, _files_in(one.version + 1, files))
        for one in begun
    ]
    if len(versions) < MOST_VERSIONS:
        versions.append(Version(1, post.shared_at, "", _files_in(1, files)))
    return {"versions": versions}


def has_history_for(reader: User, post: Post) -> bool:
    """Whether there is a history that this person may read: words or the audience changed."""
    if not rules.may_read_history(reader, post):
        return False
    return bool(post.edited_at) or Revision.objects.visible_to(reader).filter(post=post).exists()


def _files_in(number: int, files: Iterable[Attachment]) -> list[Attachment]:
    return [file for file in files if file.is_in_version(number)]


@require_safe
def post_history(request: Request, pk: int) -> HttpResponse:
    """What the post said before each change, or with `?until=` before that one and earlier ones."""
    post = post_for(request, pk)
    if not rules.may_read_history(request.user, post):
        raise Http404
    revisions = Revision.objects.visible_to(request.user).filter(post=post).select_related("by")
    if until := number_in(request.GET, "until"):
        revisions = revisions.filter(pk__lte=until)
    page = page_of(revisions, request)
    context = {"post": post, "page": page, "changes": _changes(page.items)}
    return show(request, "sharing/post_history.html", context, part="rows")


@dataclass(frozen=True)
class Change:
    revision: Revision
    lines: list[tuple[str, str]]


def _changes(revisions: Iterable[Revision]) -> list[Change]:
    """Each change with the name of every field that it touched and the old value in words."""
    subjects = {subject.code: subject.name for subject in Subject.objects.all()}
    return [
        Change(
            revision,
            [
                (_label(name), _in_words(name, old, subjects))
                for name, old in revision.before.items()
            ],
        )
        for revision in revisions
    ]


def _label(name: str) -> str:
    told = {
        "topics": _("Topik"),
        "files_added": _("Berkas ditambahkan"),
        "files_removed": _("Berkas dihapus"),
    }
    return told.get(name) or str(getattr(Post._meta.get_field(name), "verbose_name", name))


def _in_words(name: str, old: Any, subjects: dict[str, str]) -> str:
    if isinstance(old, list):
        return ", ".join(old)
    if name == "kind":
        return str(Post.Kind(old).label)
    if name == "audience":
        return str(Post.Audience(old).label)
    if name == "subject":
        return subjects.get(old, "")
    if name == "phase" and old:
        return str(Phase(code=old))
    return "" if old is None else str(old)
