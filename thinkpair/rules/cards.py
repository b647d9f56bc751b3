"""Who may read and write what pairs give to the group, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.access import Reasons, rule
from groups.rules import groups_of
from thinkpair.rules.pairs import may_talk

if TYPE_CHECKING:
    from accounts.models import User
    from thinkpair.models import Pair


def visible_cards(user: User) -> Q:
    """The pair; once shared, the group."""
    shared = Q(pair__thread__group__in=groups_of(user), shared_at__isnull=False)
    return Q(pair__in=user.pair_seats.values("pair")) | shared


def visible_trials(user: User) -> Q:
    """Whoever reads the thread that the card came from."""
    return Q(card__pair__thread__group__in=groups_of(user), card__shared_at__isnull=False)


@rule
def may_edit_card(user: User, pair: Pair) -> Reasons:
    """The pair, as long as it may talk: what the group reads can still be bettered."""
    yield from may_talk(user, pair).reasons


@rule
def may_share_card(user: User, pair: Pair) -> Reasons:
    """Whoever may write on it; one of the pair is enough."""
    yield from may_edit_card(user, pair).reasons
