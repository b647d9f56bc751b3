"""Who may change and cancel the sessions of a series together, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession


@rule
def may_change_series(user: User, session: ModelSession) -> Reasons:
    """The group's board, from a session on that is planned; a guru model changes hers alone."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat mengubah rangkaian sesi.")
    yield from _reasons_not_running(session)


@rule
def may_cancel_series(user: User, session: ModelSession) -> Reasons:
    """The group's board, from a session on that is planned."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat membatalkan rangkaian sesi.")
    yield from _reasons_not_running(session)


def _reasons_not_running(session: ModelSession) -> Reasons:
    if session.series_id is None:
        yield _("Sesi ini bukan bagian dari rangkaian.")
    if session.was_held:
        yield _("Sesi ini sudah terlaksana.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
