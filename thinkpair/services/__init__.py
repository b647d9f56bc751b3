"""Every change to threads, one module for each noun."""

from thinkpair.services.arranging import (
    lock_pair,
    open_pairs,
    repropose_pairs,
    swap_people,
    unlock_pair,
)
from thinkpair.services.cards import edit_card, share_card
from thinkpair.services.nudges import nudge_silent_pairs
from thinkpair.services.pairs import make_pairs
from thinkpair.services.talk import mark_read, say
from thinkpair.services.thoughts import think
from thinkpair.services.threads import Problem, close_thread, open_thread

__all__ = [
    "Problem",
    "close_thread",
    "edit_card",
    "lock_pair",
    "make_pairs",
    "mark_read",
    "nudge_silent_pairs",
    "open_pairs",
    "open_thread",
    "repropose_pairs",
    "say",
    "share_card",
    "swap_people",
    "think",
    "unlock_pair",
]
