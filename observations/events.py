from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class ObservationSubmitted(Event):
    observation_id: int


@dataclass(frozen=True, kw_only=True)
class FocusChosen(Event):
    session_id: int
