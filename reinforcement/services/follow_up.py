"""What the guru model commits to, and how it ends."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from reinforcement import rules
from reinforcement.events import (
    FollowUpDone,
    FollowUpPromised,
)
from reinforcement.models import FollowUp
from sessions.models import ModelSession


def promise_follow_up(
    session: ModelSession,
    *,
    by: User,
    commitment: str,
    due_on: date,
    support: str = "",
    evidence: str = "",
) -> FollowUp:
    """Commit the guru model to one change, by a date that is not in the past."""
    with changing(session):
        rules.may_promise.require(by, session)
        if due_on < timezone.localdate():
            raise ValidationError({"due_on": _("Pilih tanggal hari ini atau sesudahnya.")})
        follow_up = FollowUp(
            session=session,
            commitment=commitment,
            support=support,
            evidence=evidence,
            due_on=due_on,
        )
        follow_up.full_clean()
        follow_up.save()
        record(FollowUpPromised(follow_up_id=follow_up.pk), by=by)
    return follow_up


def complete_follow_up(follow_up: FollowUp, *, by: User, result: str) -> FollowUp:
    """Say what came of the commitment, which is done with that."""
    with changing(follow_up):
        rules.may_complete_follow_up.require(by, follow_up)
        if not result:
            raise ValidationError({"result": _("Tulis hasilnya dalam satu atau dua kalimat.")})
        follow_up.result = result
        follow_up.state = FollowUp.State.DONE
        follow_up.settled_at = timezone.now()
        follow_up.full_clean()
        follow_up.save(update_fields=["result", "state", "settled_at"])
        record(FollowUpDone(follow_up_id=follow_up.pk), by=by)
    return follow_up
