"""Who may read schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def visible_schools(user: User | AnonymousUser) -> Q:
    """Everyone: schools are public, and who signs up must find the own one."""
    return Q()
