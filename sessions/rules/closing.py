"""Who may close a session and open it again, and why not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of
from sessions.rules.live import reasons_frozen

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession

# What was wrong after a month stays as it was recorded: by then reports were made of it.
REOPENED_WITHIN = timedelta(days=30)


@rule
def may_close_session(user: User, session: ModelSession) -> Reasons:
    """The group's board, once the session has begun."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat menutup sesi.")
    yield from reasons_frozen(session)
    if session.starts_at > timezone.now():
        yield _("Sesi ini belum mulai.")


@rule
def may_reopen_session(user: User, session: ModelSession) -> Reasons:
    """The group's board, within 30 days after it was closed."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat membuka kembali sesi.")
    if session.closed_at is None:
        yield _("Sesi ini belum ditutup.")
    elif session.closed_at < timezone.now() - REOPENED_WITHIN:
        yield _("Sesi hanya dapat dibuka kembali dalam 30 hari setelah ditutup.")
