"""Pages of the stage T: think alone, talk in pairs, share the answer with the group."""

from frontend.thinkpair.card import edit_card, share_card
from frontend.thinkpair.pairing import make_pairs
from frontend.thinkpair.room import pair, say
from frontend.thinkpair.thinking import think
from frontend.thinkpair.thread import close_thread, thread
from frontend.thinkpair.threads import open_thread, threads

__all__ = [
    "close_thread",
    "edit_card",
    "make_pairs",
    "open_thread",
    "pair",
    "say",
    "share_card",
    "think",
    "thread",
    "threads",
]
