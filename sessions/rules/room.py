"""Who may enter the online room of a session, and why not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of
from sessions.rules.lesson_plan import takes_part
from sessions.rules.session import part_in

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession

# Gabung opens that long before a session begins, and stays open that long after its end.
DOORS_OPEN_BEFORE = timedelta(minutes=15)
DOORS_CLOSE_AFTER = timedelta(minutes=30)


def has_room(session: ModelSession) -> bool:
    """Whether the session can be joined online at all."""
    return session.mode != "in_person" and not session.is_cancelled


def doors_open(session: ModelSession, now: datetime) -> bool:
    """Whether one may enter the room at that moment."""
    opens, closes = session.starts_at - DOORS_OPEN_BEFORE, session.ends_at + DOORS_CLOSE_AFTER
    return opens <= now < closes


def moderates(user: User, session: ModelSession) -> bool:
    """Whether this person moderates the room: the board, guru model, leader and speakers."""
    if session.group_id in board_groups_of(user):
        return True
    if user.pk in {session.teacher_id, session.leader_id}:
        return True
    part = part_in(user, session)
    if part is not None and part.role == "resource_person":
        return True
    return session.agenda.filter(speaker=user).exists()


@rule
def may_join(user: User, session: ModelSession) -> Reasons:
    """Members of the group and invited people, from 15 minutes before to 30 after its end."""
    if session.mode == "in_person":
        yield _("Sesi ini luring: tidak ada ruang daring.")
    part = part_in(user, session)
    if part is None and not takes_part(user, session):
        yield _("Hanya anggota kelompok dan yang diundang yang dapat bergabung.")
    elif part is not None and part.is_waiting:
        yield _("Bapak/Ibu masih di daftar tunggu.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
        return
    now = timezone.now()
    if session.is_closed or now >= session.ends_at + DOORS_CLOSE_AFTER:
        yield _("Sesi ini sudah selesai.")
    elif not doors_open(session, now):
        opens = timezone.localtime(session.starts_at - DOORS_OPEN_BEFORE)
        yield _("Ruang dibuka %(day)s pukul %(time)s.") % {
            "day": date_format(opens, "l, j F Y"),
            "time": f"{opens:%H.%M} {opens.tzname()}",
        }
