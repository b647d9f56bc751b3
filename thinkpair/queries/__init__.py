"""What a person still owes to discussions, and readings of a thread."""

from thinkpair.queries.arranging import reasons_for_pair
from thinkpair.queries.bank import (
    by_likeness,
    find_cards,
    of_subject,
    similar_cards,
    subjects_of,
    topic_of,
)
from thinkpair.queries.becoming import Became, became_of
from thinkpair.queries.owed import owed_by
from thinkpair.queries.threads import Progress, progress_of, shared_cards

__all__ = [
    "Became",
    "Progress",
    "became_of",
    "by_likeness",
    "find_cards",
    "of_subject",
    "owed_by",
    "progress_of",
    "reasons_for_pair",
    "shared_cards",
    "similar_cards",
    "subjects_of",
    "topic_of",
]
