"""Who may read and write how a guru model prepares, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import supervised_schools
from sessions.rules import reasons_not_a_lesson, reasons_not_planned

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession


def visible_preparations(user: User) -> Q:
    """The guru model, with whom she talked it over, and who may observe: the invited observers.

    And pengawas of her school, who prepare the lesson with her.
    """
    observed = user.participations.filter(role="observer").values("session")
    readers = Q(session__teacher=user) | Q(partner=user) | Q(session__in=observed)
    if schools := supervised_schools(user):
        readers |= Q(session__teacher__school__in=schools)
    return readers


@rule
def may_prepare(user: User, session: ModelSession) -> Reasons:
    """The guru model, until the lesson was held."""
    yield from reasons_not_a_lesson(session)
    if session.teacher_id != user.pk:
        yield _("Persiapan ditulis oleh guru model.")
    yield from reasons_not_planned(session)
