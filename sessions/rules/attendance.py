"""Who checks in, who shows the codes, who writes down who came, and why not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession

# Codes are shown and taken that long before a session begins.
CHECK_IN_OPENS_BEFORE = timedelta(minutes=30)


@rule
def may_check_in(user: User, session: ModelSession) -> Reasons:
    """The invited and the group's members, from half an hour before its start until it closes."""
    is_member = session.group_id in groups_of(user)
    if not is_member and not session.participations.filter(user=user).exists():
        yield _("Nama Bapak/Ibu tidak ada di daftar sesi ini. Minta pengurus mencatat.")
    yield from _reasons_not_now(session)


@rule
def may_show_codes(user: User, session: ModelSession) -> Reasons:
    """The group's board, the guru model and who leads, as long as codes are taken."""
    is_board = session.group_id in board_groups_of(user)
    if not is_board and user.pk not in {session.teacher_id, session.leader_id}:
        yield _("Hanya pengurus, guru model, dan pemimpin yang menampilkan kode kehadiran.")
    yield from _reasons_not_now(session)


@rule
def may_tick_attendance(user: User, session: ModelSession) -> Reasons:
    """The group's board, from the day of the session until it is closed, unless cancelled."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat mencatat kehadiran.")
    yield from _reasons_over(session)
    if not session.is_cancelled and timezone.localdate(session.starts_at) > timezone.localdate():
        yield _("Kehadiran dicatat sejak hari pelaksanaan.")


@rule
def may_print_sheet(user: User, session: ModelSession) -> Reasons:
    """The group's board: the sheet shows phone numbers."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat mencetak daftar hadir.")


def _reasons_not_now(session: ModelSession) -> Reasons:
    yield from _reasons_over(session)
    if session.starts_at - CHECK_IN_OPENS_BEFORE > timezone.now():
        yield _("Kehadiran dibuka 30 menit sebelum sesi mulai.")


def _reasons_over(session: ModelSession) -> Reasons:
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
    if session.is_closed:
        yield _("Sesi ini sudah ditutup, jadi kehadirannya tidak berubah lagi.")
