"""Who may read and write what pairs give to the group, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from groups.rules import groups_of

if TYPE_CHECKING:
    from accounts.models import User


def visible_cards(user: User) -> Q:
    """The pair; once shared, the group."""
    shared = Q(pair__thread__group__in=groups_of(user), shared_at__isnull=False)
    return Q(pair__in=user.pair_seats.values("pair")) | shared


def visible_trials(user: User) -> Q:
    """Whoever reads the thread that the card came from."""
    return Q(card__pair__thread__group__in=groups_of(user), card__shared_at__isnull=False)
