"""Threads: thinking alone, talking in pairs, sharing what came of it."""

from thinkpair.models.cards import Card, CardReaction, Trial
from thinkpair.models.pairs import Message, Pair, PairMember, TalkFile
from thinkpair.models.past_seats import PastSeat
from thinkpair.models.threads import Absence, Thought, Thread

__all__ = [
    "Absence",
    "Card",
    "CardReaction",
    "Message",
    "Pair",
    "PairMember",
    "PastSeat",
    "TalkFile",
    "Thought",
    "Thread",
    "Trial",
]
