"""Threads: thinking alone, talking in pairs, sharing what came of it."""

from thinkpair.models.cards import Card, CardReaction, Trial
from thinkpair.models.pairs import Message, Pair, PairMember, TalkFile
from thinkpair.models.threads import Absence, Thought, Thread

__all__ = [
    "Absence",
    "Card",
    "CardReaction",
    "Message",
    "Pair",
    "PairMember",
    "TalkFile",
    "Thought",
    "Thread",
    "Trial",
]
