"""Who may have calendars on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Group
    from sessions.models import CalendarFeed


@rule
def may_make_calendar_feed(user: User, group: Group | None) -> Reasons:
    """Everyone for the own sessions, and a group's members for those of the group."""
    if group and group.pk not in groups_of(user):
        yield _("Hanya anggota kelompok yang dapat memasang kalender kelompok.")


@rule
def may_revoke_calendar_feed(user: User, feed: CalendarFeed) -> Reasons:
    """Whose calendar it is, once."""
    if feed.user_id != user.pk:
        yield _("Alamat kalender ini milik orang lain.")
    if feed.revoked_at:
        yield _("Alamat kalender ini sudah ditutup.")
