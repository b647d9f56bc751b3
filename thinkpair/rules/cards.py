"""Who may read and write what pairs give to the group, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from accounts.access import Reasons, rule
from thinkpair.rules.pairs import may_talk, own_open_pairs
from thinkpair.rules.threads import thread_readers

if TYPE_CHECKING:
    from accounts.models import User
    from thinkpair.models import Pair


def visible_cards(user: User) -> Q:
    """The pair; once shared, whoever reads the thread; who left, while nobody wrote on it since."""
    past = user.past_seats.filter(pair=OuterRef("pair"), left_at__gte=OuterRef("edited_at"))
    shared = thread_readers(user, through="pair__thread__") & Q(shared_at__isnull=False)
    return Q(pair__in=own_open_pairs(user)) | shared | Q(Exists(past))


def visible_trials(user: User) -> Q:
    """Whoever reads the shared card; one's own stay readable to oneself."""
    shared = thread_readers(user, through="card__pair__thread__")
    return Q(person=user) | shared & Q(card__shared_at__isnull=False)


@rule
def may_edit_card(user: User, pair: Pair) -> Reasons:
    """The pair, as long as it may talk: what the group reads can still be bettered."""
    yield from may_talk(user, pair).reasons


@rule
def may_share_card(user: User, pair: Pair) -> Reasons:
    """Whoever may write on it; one of the pair is enough."""
    yield from may_edit_card(user, pair).reasons
