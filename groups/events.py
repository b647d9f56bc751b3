from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonJoined(Event):
    group_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class JoinAsked(Event):
    request_id: int


@dataclass(frozen=True, kw_only=True)
class JoinDecided(Event):
    request_id: int


@dataclass(frozen=True, kw_only=True)
class BoardHandedOver(Event):
    group_id: int


@dataclass(frozen=True, kw_only=True)
class CycleOpened(Event):
    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class CycleClosed(Event):
    cycle_id: int
