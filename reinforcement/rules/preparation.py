"""Who may read how a guru model prepares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.rules import supervised_schools

if TYPE_CHECKING:
    from accounts.models import User


def visible_preparations(user: User) -> Q:
    """The guru model, with whom she talked it over, and who may observe: the invited observers.

    And pengawas of her school, who prepare the lesson with her.
    """
    observed = user.participations.filter(role="observer").values("session")
    readers = Q(session__teacher=user) | Q(partner=user) | Q(session__in=observed)
    if schools := supervised_schools(user):
        readers |= Q(session__teacher__school__in=schools)
    return readers
