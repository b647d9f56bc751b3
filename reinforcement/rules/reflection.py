"""Who may read and write a guru model's own look back, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession


def visible_reflections(user: User) -> Q:
    """The guru model alone."""
    return Q(session__teacher=user)


@rule
def may_reflect(user: User, session: ModelSession) -> Reasons:
    """The guru model, once the session was held and before she reflected."""
    yield from reasons_not_her_held_session(user, session)
    if hasattr(session, "reflection"):
        yield _("Refleksi sesi ini sudah ditulis.")


def reasons_not_her_held_session(user: User, session: ModelSession) -> Reasons:
    if session.teacher_id != user.pk:
        yield _("Bagian ini hanya untuk guru model.")
    if not session.was_held:
        yield _("Sesi ini belum dinyatakan terlaksana.")
