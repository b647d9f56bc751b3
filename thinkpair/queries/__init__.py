"""What a person still owes to discussions, and readings of a thread."""

from thinkpair.queries.owed import owed_by
from thinkpair.queries.threads import Progress, progress_of, shared_cards

__all__ = ["Progress", "owed_by", "progress_of", "shared_cards"]
