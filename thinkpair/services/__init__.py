"""Every change to threads, one module for each noun."""

from thinkpair.services.cards import edit_card, share_card
from thinkpair.services.pairs import make_pairs
from thinkpair.services.talk import say
from thinkpair.services.thoughts import think
from thinkpair.services.threads import Problem, close_thread, open_thread

__all__ = [
    "Problem",
    "close_thread",
    "edit_card",
    "make_pairs",
    "open_thread",
    "say",
    "share_card",
    "think",
]
