"""Who may read notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User


def visible_notices(user: User) -> Q:
    """The recipient alone."""
    return Q(recipient=user)
