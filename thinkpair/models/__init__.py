"""Threads: thinking alone, talking in pairs, sharing what came of it."""

from thinkpair.models.pairs import Message, Pair, PairMember
from thinkpair.models.threads import Thought, Thread

__all__ = ["Message", "Pair", "PairMember", "Thought", "Thread"]
