"""Writing down who came."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from sessions import rules
from sessions.events import AttendanceTicked
from sessions.models import ModelSession, Participation

Attendance = Participation.Attendance


def tick_attendance(
    session: ModelSession, *, by: User, attendance: Mapping[int, str]
) -> ModelSession:
    """Write down who came. `attendance` maps a person's id to one word of `Attendance`.

    People who are not in the mapping keep theirs. An unknown person or word raises
    ValidationError, and then nothing is written.
    """
    with changing(session):
        rules.may_tick_attendance.require(by, session)
        parts = {part.user_id: part for part in session.participations.select_for_update()}
        if not parts.keys() >= attendance.keys():
            raise ValidationError(
                _("Ada nama yang tidak diundang ke sesi ini. Muat ulang halaman.")
            )
        if not set(attendance.values()) <= set(Attendance.values):
            raise ValidationError(_("Kehadiran tidak dikenali. Muat ulang halaman."))
        now, changed = timezone.now(), []
        for person, word in attendance.items():
            if parts[person].attendance != word:
                changed.append(parts[person])
                parts[person].attendance = word
                parts[person].ticked_at = now
                parts[person].ticked_by = by
        if changed:
            Participation.objects.bulk_update(changed, ["attendance", "ticked_at", "ticked_by"])
            record(AttendanceTicked(session_id=session.pk, people=len(changed)), by=by)
    return session
