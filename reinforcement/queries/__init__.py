"""Questions about the talk around a lesson that other apps and pages ask."""

from reinforcement.queries.coverage import Coverage, coverage
from reinforcement.queries.growth import growth_link
from reinforcement.queries.owed import owed_by
from reinforcement.queries.readers import possible_partners, possible_readers

__all__ = [
    "Coverage",
    "coverage",
    "growth_link",
    "owed_by",
    "possible_partners",
    "possible_readers",
]
