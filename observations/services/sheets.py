"""A sheet begun and kept, from a page or by a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from observations import rules
from observations.events import ObservationStarted
from observations.models import Indicator, Instrument, Observation
from observations.services.content import Content, NoteWords, Words, keep_content
from observations.services.focus import chosen, focus_of, instrument_for
from sessions.models import ModelSession


def start_observation(
    session: ModelSession,
    *,
    by: User,
    instrument: Instrument | None = None,
    indicator: Indicator | None = None,
) -> Observation:
    """Give the observer an empty sheet with the session's focus, or the one begun before.

    With another `instrument` it is one of that, with the indicator that it needs, also before the
    lesson: in a mountain school it must be on the phone by then. Raises ValidationError as `chosen`
    does.
    """
    with changing(session):
        if begun := Observation.objects.filter(session=session, observer=by).first():
            return begun
        rules.may_open_sheet.require(by, session)
        asked = instrument_for(session)
        if instrument is None or (instrument == asked and indicator is None):
            rules.may_observe.require(by, session)
            instrument, indicator = asked, focus_of(session, asked)
        else:
            instrument = chosen(instrument, indicator, by)
        begun = Observation.objects.create(
            session=session, observer=by, instrument=instrument, indicator=indicator
        )
        record(ObservationStarted(observation_id=begun.pk), by=by)
    return begun


def save_observation(
    observation: Observation,
    *,
    by: User,
    answers: Mapping[int, Words],
    notes: Sequence[NoteWords] | None = None,
    seen_at: datetime | None = None,
    source: str | None = None,
) -> Observation:
    """Keep a draft, as incomplete as it is. Items not in `answers` keep theirs.

    `seen_at` is the `saved_at` of the draft that the observer had before the eyes: when it was
    saved again since, from another page or phone, nothing is kept and ValidationError says so.

    `answers` maps an item's id to its words; `notes`, when given, replaces all notes; `source` is
    a word of `Observation.Source`. What cannot be kept raises ValidationError by part, see
    `keep_content`.
    """
    with changing(observation.session, observation):
        rules.may_edit_observation.require(by, observation)
        # No event: a draft is its observer's own.
        check_seen(observation, seen_at)
        keep_content(observation, Content(answers=answers, notes=notes))
        # A phone that knows an older revision is told of this one before it may write over it.
        observation.revision += 1
        observation.device, observation.sequence = None, 0
        observation.source = source or observation.source
        observation.save()
    return observation


def check_seen(observation: Observation, seen_at: datetime | None) -> None:
    """Raise ValidationError when a sheet was saved since the moment that its observer saw it at."""
    if seen_at and observation.saved_at > seen_at:
        raise ValidationError(
            _(
                "Lembar ini sudah tersimpan dari halaman lain setelah halaman ini dibuka. "
                "Tekan sekali lagi bila isian di halaman ini yang benar."
            ),
            code="stale",
        )
