"""Who may read and write in a pair, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule

if TYPE_CHECKING:
    from accounts.models import User
    from thinkpair.models import Pair


def visible_pairs(user: User) -> Q:
    """The pair and nobody else, coordinators neither; nobody before the rooms open."""
    return Q(pk__in=user.pair_seats.values("pair")) & ~Q(thread__phase="arrange")


def visible_messages(user: User) -> Q:
    """The pair and nobody else, coordinators neither."""
    return Q(pair__in=user.pair_seats.values("pair"))


def visible_talk_files(user: User) -> Q:
    """The pair and nobody else, coordinators neither."""
    return Q(message__pair__in=user.pair_seats.values("pair"))


@rule
def may_talk(user: User, pair: Pair) -> Reasons:
    """The pair, while the pair phase lasts: to say something and to share their answer."""
    if all(thought.author_id != user.pk for thought in pair.thoughts.all()):
        yield _("Hanya anggota pasangan ini yang dapat menulis di sini.")
    if pair.thread.phase != "pair":
        yield _("Diskusi ini sudah selesai.")
