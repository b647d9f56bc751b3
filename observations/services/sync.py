"""Sheets that a phone filled without signal, and sends whole once it has some.

An answer may be lost on its way, so the same sheet comes again; it may come late, after a newer
one; and another phone or the page may have changed the sheet meanwhile. See docs/adr/0011.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from observations import rules
from observations.events import ObservationStarted
from observations.models import Instrument, Observation
from observations.services.content import Content, keep_content
from observations.services.focus import instrument_for
from observations.services.handing_in import hand_in, remember_first
from sessions.models import ModelSession

# Longer ago than this, no phone says truly when a sheet was begun.
LONGEST_AWAY = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A sheet as a phone sends it: its content, and which sending of which phone it is.

    `sequence` counts the sendings of one phone about one sheet up; `base` is the revision that the
    phone saw last, 0 when none. `sent_at` and `started_at` are times of the phone's own clock,
    which may be wrong: only their difference counts.
    """

    device: UUID
    sequence: int
    base: int
    sent_at: datetime
    started_at: datetime
    content: Content
    instrument: Instrument | None = None


class SheetDiffers(ValidationError):  # noqa: N818 -- it is no error of the program
    """The sheet was changed elsewhere since, to what `theirs` holds; the person chooses."""

    def __init__(self, theirs: Observation) -> None:
        super().__init__(
            _("Lembar ini sudah berubah dari HP atau halaman lain. Pilih isian yang benar."),
            code="differs",
        )
        self.theirs = theirs


def sync_sheet(
    session: ModelSession,
    *,
    by: User,
    uid: UUID,
    sent: Sending,
    submit: bool = False,
    reason: str = "",
) -> Observation:
    """Keep the sheet as it was sent, once: what comes twice or late changes nothing.

    With `submit` it is handed in, too, and a sheet that was handed in before is corrected, for
    that `reason`. Raises SheetDiffers when another phone or the page changed it since the
    revision that this phone saw, or when the observer has another sheet of that session.
    """
    with changing(session):
        of_person = session.observations.select_for_update(no_key=True).filter(observer=by)
        sheet = of_person.first() or _begin(session, by, uid, sent)
        if sheet.uid != uid:
            raise SheetDiffers(sheet)
        is_same_device = sheet.device == sent.device
        if is_same_device and sent.sequence <= sheet.sequence:
            return sheet
        is_correction = submit and sheet.submitted_at is not None
        rule = rules.may_correct_observation if is_correction else rules.may_edit_observation
        rule.require(by, sheet)
        if not is_same_device and sent.base != sheet.revision:
            raise SheetDiffers(sheet)
        _keep(sheet, sent)
        if submit:
            hand_in(sheet, by=by, reason=reason)
    return sheet


def _begin(session: ModelSession, by: User, uid: UUID, sent: Sending) -> Observation:
    if other := Observation.objects.filter(uid=uid).first():
        if other.observer_id == by.pk:
            raise ValidationError({"session": _("Lembar ini milik sesi lain.")})
        rules.may_edit_observation.require(by, other)
    rules.may_observe.require(by, session)
    instrument = sent.instrument or instrument_for(session)
    if instrument.is_draft:
        raise ValidationError({"instrument": _("Instrumen ini belum terbit.")})
    # However wrong the phone's clock is, it tells how long ago that was.
    ago = min(max(sent.sent_at - sent.started_at, timedelta()), LONGEST_AWAY)
    sheet: Observation = session.observations.create(
        observer=by,
        uid=uid,
        instrument=instrument,
        device=sent.device,
        started_at=timezone.now() - ago,
    )
    record(ObservationStarted(observation_id=sheet.pk), by=by)
    return sheet


def _keep(sheet: Observation, sent: Sending) -> None:
    if sent.instrument and sent.instrument.pk != sheet.instrument_id:
        raise ValidationError({"instrument": _("Lembar ini memakai instrumen lain.")})
    remember_first(sheet)
    keep_content(sheet, sent.content)
    sheet.revision += 1
    sheet.device, sheet.sequence = sent.device, sent.sequence
    sheet.source = Observation.Source.PHONE
    sheet.save()
