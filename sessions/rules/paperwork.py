"""Who fills in what the papers of a session say, and keeps its files, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession, SessionFile


@rule
def may_fill_paperwork(user: User, session: ModelSession) -> Reasons:
    """The group's board, before and after the session, unless it was cancelled."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang mengisi surat dan laporan.")
    yield from _reasons_cancelled(session)


@rule
def may_keep_file(user: User, session: ModelSession) -> Reasons:
    """The group's board, also after the session was closed, unless it was cancelled."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang menambah foto dan materi.")
    yield from _reasons_cancelled(session)


@rule
def may_remove_file(user: User, file: SessionFile) -> Reasons:
    """The group's board. A signed attendance sheet stays: it proves who was there."""
    if file.session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang menghapus foto dan materi.")
    if file.kind == "sheet":
        yield _("Lembar bertanda tangan tidak dihapus: lembar itu bukti kehadiran.")


def _reasons_cancelled(session: ModelSession) -> Reasons:
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
