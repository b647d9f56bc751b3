from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class ObservationSubmitted(Event):
    observation_id: int


@dataclass(frozen=True, kw_only=True)
class ObservationCorrected(Event):
    """A sheet that was submitted before was handed in anew, with other content."""

    observation_id: int


@dataclass(frozen=True, kw_only=True)
class ObservationStarted(Event):
    """An observer began a sheet. What it says stays the observer's own until it is submitted."""

    observation_id: int


@dataclass(frozen=True, kw_only=True)
class InstrumentPublished(Event):
    """An instrument may be chosen from now on, in place of its older versions."""

    instrument_id: int


@dataclass(frozen=True, kw_only=True)
class InstrumentRetired(Event):
    """An instrument is not chosen any more."""

    instrument_id: int


@dataclass(frozen=True, kw_only=True)
class FocusChosen(Event):
    session_id: int
