"""What the guru model commits to, and how it ends."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from reinforcement import rules
from reinforcement.events import (
    FollowUpChanged,
    FollowUpDone,
    FollowUpDropped,
    FollowUpPromised,
)
from reinforcement.models import FollowUp
from sessions.models import ModelSession


class _Needs(TypedDict, total=False):
    """What may be said with a promise: the support wanted, and the evidence that it worked."""

    support: str
    evidence: str


def promise_follow_up(
    session: ModelSession, *, by: User, commitment: str, due_on: date, **needs: Unpack[_Needs]
) -> FollowUp:
    """Commit the guru model to one change, by a date that is not in the past."""
    with changing(session):
        rules.may_promise.require(by, session)
        follow_up = _promised(
            FollowUp(session=session, commitment=commitment, due_on=due_on), needs
        )
        record(FollowUpPromised(follow_up_id=follow_up.pk), by=by)
    return follow_up


def complete_follow_up(follow_up: FollowUp, *, by: User, effort: str, result: str) -> FollowUp:
    """Say what was tried and what came of the commitment, which is done with that."""
    with changing(follow_up):
        rules.may_end_follow_up.require(by, follow_up)
        _insist_on(effort=effort, result=result)
        follow_up.effort, follow_up.result = effort.strip(), result.strip()
        _end(follow_up, FollowUp.State.DONE, "effort", "result")
        record(FollowUpDone(follow_up_id=follow_up.pk), by=by)
    return follow_up


def change_follow_up(
    follow_up: FollowUp,
    *,
    by: User,
    reason: str,
    commitment: str,
    due_on: date,
    **needs: Unpack[_Needs],
) -> FollowUp:
    """Put another commitment in the place of one that does not fit, and return the new one."""
    with changing(follow_up.session, follow_up):
        rules.may_end_follow_up.require(by, follow_up)
        _insist_on(reason=reason)
        follow_up.reason = reason.strip()
        _end(follow_up, FollowUp.State.CHANGED, "reason")
        successor = FollowUp(session=follow_up.session, follows=follow_up)
        successor.commitment, successor.due_on = commitment, due_on
        _promised(successor, needs)
        record(FollowUpChanged(follow_up_id=successor.pk), by=by)
    return successor


def drop_follow_up(follow_up: FollowUp, *, by: User, reason: str) -> FollowUp:
    """Give a commitment up, and say why."""
    with changing(follow_up):
        rules.may_end_follow_up.require(by, follow_up)
        _insist_on(reason=reason)
        follow_up.reason = reason.strip()
        _end(follow_up, FollowUp.State.DROPPED, "reason")
        record(FollowUpDropped(follow_up_id=follow_up.pk), by=by)
    return follow_up


_ASKED: dict[str, Promise] = {
    "effort": _("Tulis apa yang sudah dicoba, satu kalimat cukup."),
    "result": _("Tulis hasilnya dalam satu atau dua kalimat."),
    "reason": _("Tulis alasannya, satu kalimat cukup."),
}


def _insist_on(**words: str) -> None:
    if missing := {name: _ASKED[name] for name, text in words.items() if not text.strip()}:
        raise ValidationError(missing)


def _promised(follow_up: FollowUp, needs: _Needs) -> FollowUp:
    if follow_up.due_on < timezone.localdate():
        raise ValidationError({"due_on": _("Pilih tanggal hari ini atau sesudahnya.")})
    follow_up.support = needs.get("support", "")
    follow_up.evidence = needs.get("evidence", "")
    follow_up.full_clean()
    follow_up.save()
    return follow_up


def _end(follow_up: FollowUp, state: FollowUp.State, *said: str) -> None:
    follow_up.state, follow_up.settled_at = state, timezone.now()
    follow_up.full_clean()
    follow_up.save(update_fields=[*said, "state", "settled_at"])
