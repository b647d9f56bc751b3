"""Who may read and write thoughts, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from thinkpair.models import Thread


def visible_thoughts(user: User) -> Q:
    """Their author; once pairs are made, also the pair."""
    return Q(author=user) | Q(pair__in=user.pair_seats.values("pair"))


@rule
def may_think(user: User, thread: Thread) -> Reasons:
    """Members of the group, while everyone thinks alone."""
    if thread.group_id not in groups_of(user):
        yield _("Hanya anggota kelompok yang ikut berpikir.")
    if thread.phase != "think":
        yield _("Waktu berpikir sendiri sudah lewat.")
