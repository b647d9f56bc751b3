"""Who may report, decide on reports, withdraw and endorse, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import is_district_officer
from groups.models import Membership
from groups.rules import board_groups_of, guided_groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from sharing.models import Comment, Post, Report

# From the narrowest circle of readers to the widest.
AUDIENCES = ("group", "district", "public")
WIDE = ("district", "public")
ENDORSED_KINDS = frozenset({"material", "practice"})


def without_judge() -> Q:
    """The reports that nobody on the board of the post's group may decide."""
    writer = Coalesce(OuterRef("comment__author"), OuterRef("post__author"))
    return ~Q(Exists(_judges(OuterRef("post__group")).exclude(user=writer)))


def _judges(group: int | OuterRef) -> QuerySet[Membership]:
    """Who serves on the board of that group today."""
    return Membership.objects.current().on_board().filter(group=group, user__is_active=True)


def visible_reports(user: User) -> Q:
    """Who reported, and whoever decides."""
    return Q(reporter=user) | decided_reports(user)


def decided_reports(user: User) -> Q:
    """The reports that this person decides: of the own board's group, never of the own words.

    What went beyond a group is the Dinas's concern too, and what no board can judge: the group has
    none now, or what was reported is of all that there is. Who reported is told to none of them.
    """
    ground = Q(post__group__in=board_groups_of(user))
    if is_district_officer(user):
        ground |= Q(post__audience__in=WIDE) | without_judge()
    own = Q(comment=None, post__author=user) | Q(comment__author=user)
    return ground & ~own


@rule
def may_report_post(user: User, post: Post) -> Reasons:
    """Everyone who was let in and can read it, but not its author."""
    if not user.approved_at:
        yield _("Laporan dapat dikirim setelah Bapak/Ibu diterima di sebuah kelompok.")
    if post.author_id == user.pk:
        yield _("Ini bahan Bapak/Ibu sendiri; Bapak/Ibu dapat menariknya.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_report_comment(user: User, comment: Comment) -> Reasons:
    """Everyone who was let in and can read it, but not its author."""
    if not user.approved_at:
        yield _("Laporan dapat dikirim setelah Bapak/Ibu diterima di sebuah kelompok.")
    if comment.author_id == user.pk:
        yield _("Ini tanggapan Bapak/Ibu sendiri; Bapak/Ibu dapat menghapusnya.")
    if comment.deleted_at:
        yield _("Tanggapan ini sudah dihapus.")


@rule
def may_decide_report(user: User, report: Report) -> Reasons:
    """The board of the post's group, and of wider posts the Dinas; see `decided_reports`.

    The Dinas also where the group has no board, or nobody on it but who wrote what was reported.
    """
    post, reported = report.post, report.comment or report.post
    if post.group_id not in board_groups_of(user):
        is_for_dinas = is_district_officer(user) and (
            post.audience in WIDE
            or not _judges(post.group_id).exclude(user=reported.author_id).exists()
        )
        if not is_for_dinas:
            yield _("Laporan ini diputuskan oleh pengurus kelompok.")
    if reported.author_id == user.pk:
        yield _("Laporan tentang tulisan sendiri diputuskan oleh pengurus lain.")
    if report.decided_at:
        yield _("Laporan ini sudah diputuskan.")


@rule
def may_withdraw_post(user: User, post: Post) -> Reasons:
    """Its author and the group's board."""
    if post.author_id != user.pk and post.group_id not in board_groups_of(user):
        yield _("Bahan ini hanya dapat ditarik oleh penulisnya atau pengurus.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_restore_post(user: User, post: Post) -> Reasons:
    """Who withdrew it: its author alone what the author withdrew, the board what it withdrew."""
    on_board = post.group_id in board_groups_of(user)
    if post.author_id != user.pk and not on_board:
        yield _("Bahan ini hanya dapat dikembalikan oleh penulisnya atau pengurus.")
    if not post.withdrawn_at:
        yield _("Bahan ini tidak sedang ditarik.")
    elif post.author_id == user.pk and post.withdrawn_by_id not in (None, user.pk):
        yield _("Bahan ini ditarik orang lain; hanya pengurus lain yang dapat mengembalikannya.")
    elif post.withdrawn_by_id == post.author_id != user.pk and on_board:
        yield _("Bahan ini ditarik penulisnya; hanya penulisnya yang dapat mengembalikannya.")


@rule
def may_change_audience(user: User, post: Post, audience: str) -> Reasons:
    """Its author as they like, no wider than the board left it when it made the circle smaller.

    The board makes it smaller, and may undo that, no further than the author had chosen: not at all
    where the author went below what the board left.
    """
    if post.author_id == user.pk:
        if post.narrowed_to and audience in _wider(post.narrowed_to):
            yield _(
                "Pembaca bahan ini dipersempit pengurus; "
                "penulis tidak dapat melebarkannya lebih dari itu."
            )
    elif post.group_id not in board_groups_of(user):
        yield _("Pembaca bahan ini hanya dapat diubah oleh penulisnya atau pengurus.")
    elif not post.narrowed_from and audience not in narrower(post):
        yield _("Pengurus hanya dapat mempersempit pembaca.")
    elif post.narrowed_from and audience in _wider(
        post.narrowed_from if post.audience == post.narrowed_to else post.audience
    ):
        yield _("Pengurus tidak melebarkan pembaca lebih dari pilihan penulis.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


def narrower(post: Post) -> tuple[str, ...]:
    """The audiences that are smaller than the post's, e.g. the group for one of all teachers."""
    return AUDIENCES[: AUDIENCES.index(post.audience)]


def _wider(audience: str) -> tuple[str, ...]:
    """The audiences that are larger than this one."""
    return AUDIENCES[AUDIENCES.index(audience) + 1 :]


@rule
def may_endorse_post(user: User, post: Post) -> Reasons:
    """Guru inti and instruktur of its group, not of their own; the same words and files once."""
    if post.group_id not in guided_groups_of(user):
        yield _("Hanya guru inti atau instruktur kelompok ini yang dapat menyarankan.")
    if post.author_id == user.pk:
        yield _("Ini bahan Bapak/Ibu sendiri.")
    if post.kind not in ENDORSED_KINDS:
        yield _("Yang disarankan adalah perangkat ajar dan praktik baik.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")
    if post.endorsed_at and not post.endorsed_before_id:
        yield _("Versi ini sudah disarankan.")


@rule
def may_take_back_endorsement(user: User, post: Post) -> Reasons:
    """Guru inti and instruktur of its group, not of their own, while it is endorsed."""
    if post.group_id not in guided_groups_of(user):
        yield _("Hanya guru inti atau instruktur kelompok ini yang dapat menarik saran.")
    if post.author_id == user.pk:
        yield _("Ini bahan Bapak/Ibu sendiri.")
    if not post.endorsed_at:
        yield _("Bahan ini tidak sedang disarankan.")
