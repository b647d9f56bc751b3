"""Who may read and write in a pair, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from thinkpair.rules.threads import BEFORE_PAIRS

if TYPE_CHECKING:
    from accounts.models import User
    from thinkpair.models import Pair, PairMember


def own_open_pairs(user: User) -> QuerySet[PairMember, Any]:
    """The ids of the pairs in which this person sits, once their rooms are open."""
    return user.pair_seats.exclude(thread__phase__in=BEFORE_PAIRS).values("pair")


def visible_pairs(user: User) -> Q:
    """The pair and nobody else, coordinators neither; nobody while pairs are only proposed."""
    return Q(pk__in=own_open_pairs(user))


def visible_messages(user: User) -> Q:
    """The pair and nobody else, coordinators neither; who left it, what was said until then."""
    past = user.past_seats.filter(pair=OuterRef("pair"), up_to__gte=OuterRef("pk"))
    return Q(pair__in=own_open_pairs(user)) | Q(Exists(past))


def visible_talk_files(user: User) -> Q:
    """The pair and nobody else, coordinators neither; who left it, what came until then."""
    past = user.past_seats.filter(pair=OuterRef("message__pair"), up_to__gte=OuterRef("message"))
    return Q(message__pair__in=own_open_pairs(user)) | Q(Exists(past))


@rule
def may_talk(user: User, pair: Pair) -> Reasons:
    """The pair, from when its room opens until the thread is closed."""
    if not _sits_in(user, pair):
        yield _("Hanya anggota pasangan ini yang dapat menulis di sini.")
    if pair.thread.phase in BEFORE_PAIRS:
        yield _("Ruang pasangan ini belum dibuka.")
    if pair.thread.phase == "closed":
        yield _("Diskusi ini sudah selesai.")


@rule
def may_mark_read(user: User, pair: Pair) -> Reasons:
    """The pair, also when the thread is closed: what was said last is still to be read."""
    if not _sits_in(user, pair):
        yield _("Hanya anggota pasangan ini yang membaca percakapannya.")


def _sits_in(user: User, pair: Pair) -> bool:
    return any(seat.person_id == user.pk for seat in pair.seats.all())
