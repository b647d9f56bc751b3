"""The library (bank materi): by which words a post is found, and finding it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.html import strip_tags

from accounts.models import User
from sharing import search
from sharing.models import Attachment, Document, Post
from sharing.words import excerpt

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from groups.models import Group
    from schools.models import Phase, Subject
    from sharing.models.posts import PostQuerySet

POST = Document.Kind.POST
BATCH = 500


class Filters(TypedDict, total=False):
    """What a reader narrows the library by; what is empty narrows nothing."""

    group: Group | None
    subject: Subject | None
    phase: Phase | None
    grade: int | None
    kind: str
    topic: str
    endorsed: bool


def narrowed(posts: PostQuerySet, filters: Filters) -> PostQuerySet:
    """Only posts of that group, subject, phase, grade, kind and topic, or only endorsed ones.

    Endorsed is what was recommended as it is now: once its words or files change it is left out
    until it is recommended anew.
    """
    given = {name: value for name, value in filters.items() if value}
    if given.pop("endorsed", False):
        posts = posts.filter(endorsed_at__isnull=False, endorsed_before=None)
    if topic := given.pop("topic", ""):
        posts = posts.filter(topics__name=topic)
    return posts.filter(**given)


def index_post(post: Post) -> None:
    """Have the post found by its present words. Belongs in the transaction that changes them."""
    index_posts(Post.objects.filter(pk=post.pk))


def index_posts(posts: QuerySet[Post]) -> int:
    """Have all these posts found by their words, in batches, and say how many they were."""
    current = Attachment.objects.filter(removed_at=None, last_version=None)
    with_words = (
        posts.order_by("pk")
        .select_related("author", "subject")
        .prefetch_related("topics", Prefetch("attachments", current))
    )
    done, after = 0, 0
    while batch := list(with_words.filter(pk__gt=after)[:BATCH]):
        search.index(POST, map(_entry, batch))
        done, after = done + len(batch), batch[-1].pk
    return done


def forget_names() -> int:
    """Find nobody by a name that no author has any more; say how many words were forgotten."""
    return search.forget_names(
        User.objects.filter(Exists(Post.objects.filter(author=OuterRef("pk")))).values_list(
            "name", flat=True
        )
    )


def posts_without_words() -> QuerySet[Post]:
    """Posts that cannot be found yet: they are older than the library."""
    documents = Document.objects.filter(kind=POST, target_id=OuterRef("pk"))
    return Post.objects.filter(~Exists(documents))


def excerpts(posts: Iterable[Post], query: search.Query) -> dict[int, SafeString]:
    """For each post, by its id, a piece of its text with the words marked, as safe HTML."""
    marks = search.marks(query)
    return {post.pk: excerpt(_texts(post), marks) for post in posts}


def _entry(post: Post) -> search.Entry:
    return search.Entry(
        target_id=post.pk,
        title=post.title,
        about=[topic.name for topic in post.topics.all()]
        + ([post.subject.name] if post.subject else []),
        names=[post.author.name],
        text=[*_texts(post), *(file.name.replace("_", " ") for file in post.attachments.all())],
    )


def _texts(post: Post) -> Iterator[str]:
    """The plain texts of a post. Its HTML has all of them, without the signs of Markdown."""
    yield unescape(strip_tags(post.body_html))
