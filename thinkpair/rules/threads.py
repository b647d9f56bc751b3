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
    from reinforcement.models import FollowUp
    from thinkpair.models import Thread

# In these phases nothing of a pair is for anyone to read: pairs are not made, or only proposed.
BEFORE_PAIRS = ("think", "arrange")
THERE = ("present", "late")


def visible_threads(user: User) -> Q:
    """Members of the group; of a thread for a session also whoever was there."""
    return thread_readers(user)


def thread_readers(user: User, through: str = "") -> Q:
    """Who reads the thread that `through` leads to, e.g. “pair__”; see `visible_threads`."""
    return Q((f"{through}group__in", groups_of(user))) | _in_session_of(user, through)


def threads_of(user: User) -> Q:
    """The threads that this person takes part in: of the own groups, of sessions attended."""
    return Q(group__in=groups_of(user), scope="group") | _in_session_of(user)


def is_in_thread(user: User, thread: Thread) -> bool:
    """Whether this person is one of those who think, talk and share here."""
    if thread.session is None:
        return thread.group_id in groups_of(user)
    there = user.participations.filter(session=thread.session_id, attendance__in=THERE)
    return thread.session.teacher_id == user.pk or there.exists()


@rule
def may_open_thread(user: User, group: Group) -> Reasons:
    """Members of the group."""
    if group.pk not in groups_of(user):
        yield _("Hanya anggota kelompok yang dapat membuka diskusi di sini.")


@rule
def may_pick_follow_up(user: User, follow_up: FollowUp) -> Reasons:
    """The guru model whose promise it is: she alone makes it everybody's."""
    if follow_up.session.teacher_id != user.pk:
        yield _("Hanya RTL sendiri yang dapat dijadikan diskusi.")


@rule
def may_end_thinking(user: User, thread: Thread) -> Reasons:
    """The group's board, before the time to think is over."""
    yield from _reasons_not_board(user, thread)
    if thread.phase != "think":
        yield _("Waktu berpikir sendiri sudah lewat.")


@rule
def may_begin_sharing(user: User, thread: Thread) -> Reasons:
    """The group's board, while pairs talk."""
    yield from _reasons_not_board(user, thread)
    if thread.phase != "pair":
        yield _("Hasil dibagikan setelah berpasangan.")


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
    """The group's board, while results are shared."""
    yield from _reasons_not_board(user, thread)
    if thread.phase == "closed":
        yield _("Diskusi ini sudah selesai.")
    elif thread.phase != "share":
        yield _("Mulai berbagi hasil dulu, lalu diskusi dapat ditutup.")


@rule
def may_conclude_thread(user: User, thread: Thread) -> Reasons:
    """The group's board, of a thread that ended by itself without a conclusion."""
    yield from _reasons_not_board(user, thread)
    if thread.phase != "closed":
        yield _("Simpulan ditulis saat diskusi ditutup.")
    elif thread.conclusion:
        yield _("Simpulan diskusi ini sudah ditulis.")


@rule
def may_add_time(user: User, thread: Thread) -> Reasons:
    """The group's board, until the thread is closed."""
    yield from _reasons_not_board(user, thread)
    if thread.phase == "closed":
        yield _("Diskusi ini sudah selesai.")
    if thread.phase == "arrange":
        yield _("Buka dulu ruang pasangannya, lalu tambah waktunya.")


def _in_session_of(user: User, through: str = "") -> Q:
    """Threads for a session that this person taught or was at."""
    there = user.participations.filter(attendance__in=THERE).values("session")
    was_there = Q((f"{through}session__in", there)) | Q((f"{through}session__teacher", user))
    return Q((f"{through}scope", "session")) & was_there


def _reasons_not_board(user: User, thread: Thread) -> Reasons:
    if thread.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat melakukan ini.")
