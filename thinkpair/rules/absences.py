"""Who may say that somebody cannot take part, and read what was said before somebody left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of
from thinkpair.rules.threads import is_in_thread

if TYPE_CHECKING:
    from accounts.models import User
    from thinkpair.models import Thread


def visible_past_seats(user: User) -> Q:
    """Who left the seat, and nobody else."""
    return Q(person=user)


@rule
def may_mark_absent(user: User, thread: Thread, person: User) -> Reasons:
    """The person and the group's board, until the pairs share their cards."""
    yield from _reasons_not_own(user, thread, person)
    if not (is_in_thread(person, thread) or person.pair_seats.filter(thread=thread).exists()):
        yield _("Orang itu tidak ikut diskusi ini.")
    shared = thread.pairs.filter(seats__person=person, card__shared_at__isnull=False)
    if thread.phase == "pair" and shared.exists():
        yield _("Kartu pasangan ini sudah dibagikan.")


@rule
def may_end_absence(user: User, thread: Thread, person: User) -> Reasons:
    """The person and the group's board, until the pairs share their cards."""
    yield from _reasons_not_own(user, thread, person)


def _reasons_not_own(user: User, thread: Thread, person: User) -> Reasons:
    if user.pk != person.pk and thread.group_id not in board_groups_of(user):
        yield _("Hanya orangnya sendiri dan pengurus yang dapat melakukan ini.")
    if thread.phase in ("share", "closed"):
        yield _("Waktu berpasangan sudah lewat.")
