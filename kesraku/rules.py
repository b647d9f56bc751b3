"""Who may read and tend gardens, and why not. A family's name or home is not stored at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import is_district_officer, supervised_schools
from groups.rules import board_groups_of, groups_of
from sharing.rules.posts import readers

if TYPE_CHECKING:
    from accounts.models import User
    from kesraku.models import Garden
    from sessions.models import ModelSession
    from sharing.models import Post


def visible_gardens(user: User | AnonymousUser) -> Q:
    """Anyone: the page shows school, crop, kilograms and the number of families only."""
    return Q()


def visible_harvests(user: User | AnonymousUser) -> Q:
    """Anyone."""
    return Q()


def visible_garden_posts(user: User | AnonymousUser) -> Q:
    """Whoever reads the post; the garden everyone reads."""
    return readers(user, through="post__")


def visible_garden_lessons(user: User | AnonymousUser) -> Q:
    """Whoever reads the session: its group, people invited, pengawas of the guru model's school."""
    if isinstance(user, AnonymousUser):
        return Q(pk__in=())
    who = Q(session__group__in=groups_of(user)) | Q(
        session__in=user.participations.values("session")
    )
    if schools := supervised_schools(user):
        who |= Q(session__teacher__school__in=schools)
    return who


@rule
def may_start_garden(user: User) -> Reasons:
    """A person who was let in and has a school."""
    if not user.approved_at:
        yield _("Kebun dapat dibuat setelah Bapak/Ibu diterima di sebuah kelompok.")
    if user.school_id is None:
        yield _("Isi dulu sekolah Bapak/Ibu di halaman Saya.")


@rule
def may_tend_garden(user: User, garden: Garden) -> Reasons:
    """Teachers of the garden's school, and the Dinas: change it and record a harvest."""
    if user.school_id != garden.school_id and not is_district_officer(user):
        yield _("Kebun ini diurus oleh guru sekolahnya.")
    if garden.ended_at:
        yield _("Kebun ini sudah selesai.")


@rule
def may_resume_garden(user: User, garden: Garden) -> Reasons:
    """Teachers of the garden's school, and the Dinas, once it was ended."""
    if user.school_id != garden.school_id and not is_district_officer(user):
        yield _("Kebun ini diurus oleh guru sekolahnya.")
    if not garden.ended_at:
        yield _("Kebun ini masih berjalan.")


@rule
def may_link_post(user: User, garden: Garden, post: Post) -> Reasons:
    """The post's author and the board of its group say that it is about a garden."""
    del garden
    if post.author_id != user.pk and post.group_id not in board_groups_of(user):
        yield _("Bahan dihubungkan dengan kebun oleh penulisnya atau pengurus.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_unlink_post(user: User, garden: Garden, post: Post) -> Reasons:
    """The post's author, the board of its group, and whose school the garden is."""
    is_own = post.author_id == user.pk or garden.school_id == user.school_id
    if not is_own and post.group_id not in board_groups_of(user):
        yield _("Bahan dilepas dari kebun oleh penulisnya, pengurus, atau guru sekolah kebun itu.")


@rule
def may_link_garden(user: User, session: ModelSession) -> Reasons:
    """The guru model and the group's board, unless the session was cancelled."""
    if session.teacher_id != user.pk and session.group_id not in board_groups_of(user):
        yield _("Kebun dipilih oleh guru model atau pengurus.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
