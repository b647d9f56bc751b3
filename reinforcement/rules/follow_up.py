"""Who may read, promise and end follow-ups, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import supervised_schools
from reinforcement.rules.reflection import reasons_not_her_held_session

if TYPE_CHECKING:
    from accounts.models import User
    from reinforcement.models import FollowUp
    from sessions.models import ModelSession


def visible_follow_ups(user: User) -> Q:
    """The guru model, whoever gave feedback on that session, and pengawas of her school."""
    gave = user.written_feedback.exclude(given_at=None).values("session")
    readers = Q(session__teacher=user) | Q(session__in=gave)
    if schools := supervised_schools(user):
        readers |= Q(session__teacher__school__in=schools)
    return readers


@rule
def may_promise(user: User, session: ModelSession) -> Reasons:
    """The guru model, once for a held session, after her reflection."""
    yield from reasons_not_her_held_session(user, session)
    if not hasattr(session, "reflection"):
        yield _("Tulis refleksi lebih dulu, lalu pilih satu tindak lanjut.")
    if session.follow_ups.exists():
        yield _("Tindak lanjut sesi ini sudah ditulis.")


@rule
def may_complete_follow_up(user: User, follow_up: FollowUp) -> Reasons:
    """The guru model, once."""
    if follow_up.session.teacher_id != user.pk:
        yield _("Tindak lanjut hanya dapat diselesaikan oleh guru model.")
    if not follow_up.is_open:
        yield _("Tindak lanjut ini sudah selesai.")
