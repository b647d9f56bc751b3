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
