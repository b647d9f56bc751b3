"""Every change to threads, one module for each noun."""

from thinkpair.services.pairs import make_pairs
from thinkpair.services.talk import say, share_answer
from thinkpair.services.thoughts import think
from thinkpair.services.threads import Problem, close_thread, open_thread

__all__ = ["Problem", "close_thread", "make_pairs", "open_thread", "say", "share_answer", "think"]
