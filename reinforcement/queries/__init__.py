"""Questions about the talk around a lesson that other apps and pages ask."""

from reinforcement.queries.coverage import Coverage, coverage, coverage_of
from reinforcement.queries.evidence import Evidence, indicators_of, own_evidence
from reinforcement.queries.growth import growth_link
from reinforcement.queries.owed import owed_by
from reinforcement.queries.readers import possible_partners, possible_readers
from reinforcement.queries.supervision import Board, Charge, Visit, supervision_board, visits_at

__all__ = [
    "Board",
    "Charge",
    "Coverage",
    "Evidence",
    "Visit",
    "coverage",
    "coverage_of",
    "growth_link",
    "indicators_of",
    "owed_by",
    "own_evidence",
    "possible_partners",
    "possible_readers",
    "supervision_board",
    "visits_at",
]
