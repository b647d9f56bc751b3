"""Instruments as data, the focus of a session, and the sheets that observers fill."""

from observations.models.focus import Focus
from observations.models.instrument import (
    Aspect,
    Indicator,
    Instrument,
    Item,
    Scale,
    ScalePoint,
)
from observations.models.sheet import Answer, Note, Observation, Photo, Submission

__all__ = [
    "Answer",
    "Aspect",
    "Focus",
    "Indicator",
    "Instrument",
    "Item",
    "Note",
    "Observation",
    "Photo",
    "Scale",
    "ScalePoint",
    "Submission",
]
