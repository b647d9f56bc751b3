"""Who may write the minutes of a session and its decisions, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of
from sessions.rules.live import reasons_frozen

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import MinutesRevision, ModelSession


def visible_minutes_revisions(user: User) -> Q:
    """Who wrote it, the group's board, and who takes the minutes."""
    return (
        Q(by=user)
        | Q(minutes__session__group__in=board_groups_of(user))
        | Q(minutes__session__note_taker=user)
    )


@rule
def may_write_minutes(user: User, session: ModelSession) -> Reasons:
    """The group's board and who takes the minutes, until the session is closed."""
    if session.group_id not in board_groups_of(user) and session.note_taker_id != user.pk:
        yield _("Notula ditulis oleh pengurus kelompok atau notulis.")
    yield from reasons_frozen(session)


@rule
def may_settle_revision(user: User, revision: MinutesRevision) -> Reasons:
    """Who wrote it, and whoever may write the minutes, once; until the session is closed."""
    session = revision.minutes.session
    if revision.by_id != user.pk:
        yield from may_write_minutes(user, session).reasons
    else:
        yield from reasons_frozen(session)
    if not revision.is_stray or revision.settled_at:
        yield _("Tulisan ini sudah diselesaikan.")
