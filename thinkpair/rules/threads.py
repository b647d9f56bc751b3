"""Who may read, open, move on and close threads, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Group
    from thinkpair.models import Thread


def visible_threads(user: User) -> Q:
    """Members of the group; of a thread for a session also whoever was there."""
    return thread_readers(user)


def thread_readers(user: User, through: str = "") -> Q:
    """Who reads the thread that `through` leads to, e.g. “pair__”; see `visible_threads`."""
    there = user.participations.filter(attendance__in=("present", "late")).values("session")
    at_session = Q((f"{through}scope", "session"), (f"{through}session__in", there))
    return Q((f"{through}group__in", groups_of(user))) | at_session


@rule
def may_open_thread(user: User, group: Group) -> Reasons:
    """Members of the group."""
    if group.pk not in groups_of(user):
        yield _("Hanya anggota kelompok yang dapat membuka diskusi di sini.")


@rule
def may_make_pairs(user: User, thread: Thread) -> Reasons:
    """The group's board, once, when at least two can be paired."""
    yield from _reasons_not_board(user, thread)
    if thread.phase != "think":
        yield _("Pasangan diskusi ini sudah dibagi.")
    elif thread.people_to_pair().count() < 2:  # noqa: PLR2004 -- a pair is two
        yield _("Tunggu sampai sedikitnya dua anggota menulis jawabannya.")


@rule
def may_arrange_pairs(user: User, thread: Thread) -> Reasons:
    """The group's board, between the proposal of pairs and the opening of their rooms."""
    yield from _reasons_not_board(user, thread)
    if thread.phase == "think":
        yield _("Pasangan belum diusulkan.")
    elif thread.phase != "arrange":
        yield _("Ruang pasangan sudah dibuka.")


@rule
def may_close_thread(user: User, thread: Thread) -> Reasons:
    """The group's board, while pairs talk."""
    yield from _reasons_not_board(user, thread)
    if thread.phase in ("think", "arrange"):
        yield _("Bagi dulu pasangannya, lalu diskusi dapat ditutup.")
    if thread.phase == "closed":
        yield _("Diskusi ini sudah selesai.")


def _reasons_not_board(user: User, thread: Thread) -> Reasons:
    if thread.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat melakukan ini.")
