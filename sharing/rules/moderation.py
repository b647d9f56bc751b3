"""Who may report, decide on reports and endorse, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from groups.rules import board_groups_of

if TYPE_CHECKING:
    from accounts.models import User


def visible_reports(user: User) -> Q:
    """Who reported, and the board of the post's group."""
    return Q(reporter=user) | Q(post__group__in=board_groups_of(user))
