from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class GroupCreated(Event):
    group_id: int


@dataclass(frozen=True, kw_only=True)
class GroupEdited(Event):
    group_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationMade(Event):
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationRevoked(Event):
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class PersonJoined(Event):
    group_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Event):
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
class GuideAppointed(Event):
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class GuideDismissed(Event):
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class CycleOpened(Event):
    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class CycleEdited(Event):
    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class CycleClosed(Event):
    cycle_id: int
