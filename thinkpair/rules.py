"""Who may read and write think-pair threads, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Group
    from thinkpair.models import Pair, Thread


def visible_threads(user: User) -> Q:
    """Members of the group."""
    return Q(group__in=groups_of(user))


def visible_thoughts(user: User) -> Q:
    """Their author; once pairs are made, also the pair."""
    return Q(author=user) | Q(pair__in=user.pair_seats.values("pair"))


def visible_pairs(user: User) -> Q:
    """The pair and nobody else, coordinators neither."""
    return Q(pk__in=user.pair_seats.values("pair"))


def visible_messages(user: User) -> Q:
    """The pair and nobody else, coordinators neither."""
    return Q(pair__in=user.pair_seats.values("pair"))


@rule
def may_open_thread(user: User, group: Group) -> Reasons:
    """Members of the group."""
    if group.pk not in groups_of(user):
        yield _("Hanya anggota kelompok yang dapat membuka diskusi di sini.")


@rule
def may_think(user: User, thread: Thread) -> Reasons:
    """Members of the group, while everyone thinks alone."""
    if thread.group_id not in groups_of(user):
        yield _("Hanya anggota kelompok yang ikut berpikir.")
    if thread.phase != "think":
        yield _("Waktu berpikir sendiri sudah lewat.")


@rule
def may_make_pairs(user: User, thread: Thread) -> Reasons:
    """The group's board, once, when at least two members have thought."""
    yield from _reasons_not_board(user, thread)
    if thread.phase != "think":
        yield _("Pasangan diskusi ini sudah dibagi.")
    elif thread.thoughts_of_members().count() < 2:  # noqa: PLR2004 -- a pair is two
        yield _("Tunggu sampai sedikitnya dua anggota menulis jawabannya.")


@rule
def may_talk(user: User, pair: Pair) -> Reasons:
    """The pair, while the pair phase lasts: to say something and to share their answer."""
    if all(thought.author_id != user.pk for thought in pair.thoughts.all()):
        yield _("Hanya anggota pasangan ini yang dapat menulis di sini.")
    if pair.thread.phase != "pair":
        yield _("Diskusi ini sudah selesai.")


@rule
def may_close_thread(user: User, thread: Thread) -> Reasons:
    """The group's board, while pairs talk."""
    yield from _reasons_not_board(user, thread)
    if thread.phase == "think":
        yield _("Bagi dulu pasangannya, lalu diskusi dapat ditutup.")
    if thread.phase == "closed":
        yield _("Diskusi ini sudah selesai.")


def _reasons_not_board(user: User, thread: Thread) -> Reasons:
    if thread.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat melakukan ini.")
