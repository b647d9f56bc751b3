"""Who may read and change threads, thoughts, pairs and their talk, and why not."""

from thinkpair.rules.pairs import may_talk, visible_messages, visible_pairs
from thinkpair.rules.thoughts import may_think, visible_thoughts
from thinkpair.rules.threads import (
    may_close_thread,
    may_make_pairs,
    may_open_thread,
    visible_threads,
)

__all__ = [
    "may_close_thread",
    "may_make_pairs",
    "may_open_thread",
    "may_talk",
    "may_think",
    "visible_messages",
    "visible_pairs",
    "visible_thoughts",
    "visible_threads",
]
