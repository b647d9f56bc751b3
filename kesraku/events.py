from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class GardenStarted(Event):
    garden_id: int


@dataclass(frozen=True, kw_only=True)
class HarvestRecorded(Event):
    harvest_id: int


@dataclass(frozen=True, kw_only=True)
class LessonLinkedToGarden(Event):
    session_id: int
    garden_id: int


@dataclass(frozen=True, kw_only=True)
class GardenEdited(Event):
    garden_id: int


@dataclass(frozen=True, kw_only=True)
class GardenEnded(Event):
    garden_id: int


@dataclass(frozen=True, kw_only=True)
class GardenResumed(Event):
    garden_id: int


@dataclass(frozen=True, kw_only=True)
class HarvestRemoved(Event):
    garden_id: int
    grams: int


@dataclass(frozen=True, kw_only=True)
class LessonUnlinkedFromGarden(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class PostLinkedToGarden(Event):
    garden_id: int
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostUnlinkedFromGarden(Event):
    garden_id: int
    post_id: int
