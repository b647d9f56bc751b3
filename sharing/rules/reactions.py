"""Who may react to a post and follow it, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User


def visible_reactions(user: User) -> Q:
    """One's own; of all others there is only a number."""
    return Q(person=user)
