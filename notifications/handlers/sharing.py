"""S: what is told of posts."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from activity.events import on
from notifications.models import Notice
from notifications.services import tell
from sharing.events import (
    AudienceChanged,
    ColleaguesMentioned,
    CommentDeleted,
    EndorsedPostChanged,
    EndorsementTakenBack,
    PostCommented,
    PostEndorsed,
    PostRestored,
    PostThanked,
    PostUsed,
    PostWithdrawn,
    ReportDecided,
    ReportMade,
)
from sharing.models import Comment, Post, Report
from sharing.queries import audience_among, followers, judges_of, readers_among


@on(PostCommented)
def tell_followers_of_comment(event: PostCommented) -> None:
    """Its author and who wrote there, unless muted, and only who may still read the answers."""
    comment = Comment.objects.select_related("author", "post__author").get(pk=event.comment_id)
    post = comment.post
    if post.withdrawn_at or comment.deleted_at:
        return
    tell(
        audience_among(followers(post).exclude(pk=comment.author_id), post),
        Notice.Kind.SHARING,
        lambda: _("%(person)s menanggapi “%(post)s”.") % {"person": comment.author, "post": post},
        url=post.get_absolute_url(),
        once_unread="comment",
    )


@on(ColleaguesMentioned)
def tell_colleagues_of_mention(event: ColleaguesMentioned) -> None:
    """Tell each who may read the words by now; whom they name is no reason to read them."""
    post = Post.objects.select_related("author").get(pk=event.post_id)
    comment = None
    if event.comment_id:
        comment = Comment.objects.select_related("author").get(pk=event.comment_id)
    if post.withdrawn_at or (comment and comment.deleted_at):
        return
    writer = comment.author if comment else post.author
    named = User.objects.filter(pk__in=event.person_ids)
    tell(
        audience_among(named, post) if comment else readers_among(named, post),
        Notice.Kind.SHARING,
        lambda: (
            _("%(person)s menyebut Bapak/Ibu di “%(post)s”.") % {"person": writer, "post": post}
        ),
        url=post.get_absolute_url(),
    )


@on(CommentDeleted)
def tell_author_of_deleted_comment(event: CommentDeleted) -> None:
    comment = Comment.objects.select_related("author", "post").get(pk=event.comment_id)
    if comment.author_id == comment.deleted_by_id:
        return

    def words() -> str:
        # The reason stands nowhere else, so it is the title that is cut.
        named = {"post": Truncator(comment.post).chars(60), "reason": event.because}
        return _("Tanggapan Bapak/Ibu pada “%(post)s” dihapus: %(reason)s") % named

    author = User.objects.filter(pk=comment.author_id)
    tell(
        readers_among(author, comment.post),
        Notice.Kind.SHARING,
        words,
        url=comment.get_absolute_url(),
    )


@on(PostUsed)
def tell_author_of_use(event: PostUsed) -> None:
    _tell_author(
        event.post_id,
        lambda post: _("“%(post)s” dipakai seorang rekan di kelasnya.") % {"post": post},
        once_unread="use",
    )


@on(PostThanked)
def tell_author_of_thanks(event: PostThanked) -> None:
    _tell_author(
        event.post_id,
        lambda post: _("Seorang rekan berterima kasih atas “%(post)s”.") % {"post": post},
        once_unread="thanks",
    )


@on(PostEndorsed)
def tell_author_of_endorsement(event: PostEndorsed) -> None:
    def words(post: Post) -> str:
        named = {"person": post.endorsed_by, "post": post}
        return _("%(person)s menyarankan “%(post)s” untuk dipakai.") % named

    if Post.objects.filter(pk=event.post_id, endorsed_at__isnull=False).exists():
        _tell_author(event.post_id, words)


@on(EndorsedPostChanged)
def tell_endorser_of_change(event: EndorsedPostChanged) -> None:
    """What was recommended is not what stands there now; unless that was settled meanwhile."""
    post = Post.objects.select_related("endorsed_by").get(pk=event.post_id)
    if post.endorsed_by and post.endorsed_before_id and not post.withdrawn_at:
        tell(
            readers_among(User.objects.filter(pk=post.endorsed_by.pk), post),
            Notice.Kind.SHARING,
            lambda: (
                _("“%(post)s” yang Bapak/Ibu sarankan sudah diubah. Mohon dilihat lagi.")
                % {"post": post}
            ),
            url=post.get_absolute_url(),
        )


@on(EndorsementTakenBack)
def tell_author_of_endorsement_taken_back(event: EndorsementTakenBack) -> None:
    _tell_author(
        event.post_id,
        lambda post: _("Saran untuk “%(post)s” ditarik kembali.") % {"post": post},
    )


@on(PostWithdrawn)
def tell_author_of_withdrawal(event: PostWithdrawn) -> None:
    def words(post: Post) -> str:
        named = {"post": post, "reason": post.withdrawn_because}
        return _("Bahan “%(post)s” ditarik: %(reason)s") % named

    if Post.objects.filter(pk=event.post_id, withdrawn_at__isnull=False).exists():
        _tell_author(event.post_id, words, unless=event.actor_id)


@on(PostRestored)
def tell_author_of_restoration(event: PostRestored) -> None:
    _tell_author(
        event.post_id,
        lambda post: _("Bahan “%(post)s” dapat dibaca lagi.") % {"post": post},
        unless=event.actor_id,
    )


@on(AudienceChanged)
def tell_author_of_audience(event: AudienceChanged) -> None:
    def words(post: Post) -> str:
        named = {"post": post, "audience": post.get_audience_display(), "reason": event.because}
        if event.because:
            return (
                _("Pengurus mengubah pembaca “%(post)s” menjadi %(audience)s: %(reason)s") % named
            )
        return _("Pengurus mengubah pembaca “%(post)s” menjadi %(audience)s.") % named

    _tell_author(event.post_id, words, unless=event.actor_id)


@on(ReportMade)
def tell_judges_of_report(event: ReportMade) -> None:
    """The board of the post's group, and the Dinas what it decides; never who wrote it."""
    report = Report.objects.select_related("post", "comment").get(pk=event.report_id)
    tell(
        judges_of(report),
        Notice.Kind.SHARING,
        lambda: _("Ada laporan tentang isi bahan. Mohon diperiksa."),
        url=reverse("reports"),
        once_unread="report",
    )


@on(ReportDecided)
def tell_reporter_of_decision(event: ReportDecided) -> None:
    report = Report.objects.select_related("reporter", "post").get(pk=event.report_id)
    # What was taken away was read by the reporter; what was closed to them meanwhile is not named.
    reporter = User.objects.filter(pk=report.reporter_id)
    readable = report.post.withdrawn_at or readers_among(reporter, report.post).exists()

    def words() -> str:
        if not readable:
            return _("Laporan Bapak/Ibu sudah diperiksa.")
        named = {"post": report.post}
        if report.outcome == Report.Outcome.REMOVED:
            return _("Laporan Bapak/Ibu tentang “%(post)s” diterima: isinya ditarik.") % named
        return _("Laporan Bapak/Ibu tentang “%(post)s” diperiksa: isinya dibiarkan.") % named

    tell([report.reporter], Notice.Kind.SHARING, words, url=reverse("reports"))


def _tell_author(
    post_id: int,
    words: Callable[[Post], str],
    *,
    once_unread: str = "",
    unless: int | None = None,
) -> None:
    """Tell the author of a post, unless it was their own doing."""
    post = Post.objects.select_related("author", "endorsed_by").get(pk=post_id)
    if post.author_id == unless:
        return
    url = post.get_absolute_url()
    kind = Notice.Kind.SHARING
    tell([post.author], kind, lambda: words(post), url=url, once_unread=once_unread)
