"""Pages of the stage T: think alone, talk in pairs, share the answer with the group."""

from frontend.thinkpair.absences import end_absence, mark_absent, past_talk
from frontend.thinkpair.arranging import (
    lock_pair,
    open_pairs,
    repropose_pairs,
    swap_people,
    unlock_pair,
)
from frontend.thinkpair.bank import (
    problem,
    problems,
    similar_problems,
    take_back_trial,
    tell_outcome,
    try_card,
)
from frontend.thinkpair.card import edit_card, share_card
from frontend.thinkpair.clock import thread_clock
from frontend.thinkpair.fairness import fairness
from frontend.thinkpair.moving import add_time, begin_sharing, end_thinking
from frontend.thinkpair.news import (
    mark_read,
    pair_live,
    pair_news,
    pair_ticket,
    small_talk_file,
    talk_file,
)
from frontend.thinkpair.opening import open_thread
from frontend.thinkpair.room import pair, say
from frontend.thinkpair.thinking import think
from frontend.thinkpair.thread import close_thread, conclude_thread, thread
from frontend.thinkpair.threads import threads
from frontend.thinkpair.wall import mark_card, merge_cards, part_card, pick_cards, wall

__all__ = [
    "add_time",
    "begin_sharing",
    "close_thread",
    "conclude_thread",
    "edit_card",
    "end_absence",
    "end_thinking",
    "fairness",
    "lock_pair",
    "mark_absent",
    "mark_card",
    "mark_read",
    "merge_cards",
    "open_pairs",
    "open_thread",
    "pair",
    "pair_live",
    "pair_news",
    "pair_ticket",
    "part_card",
    "past_talk",
    "pick_cards",
    "problem",
    "problems",
    "repropose_pairs",
    "say",
    "share_card",
    "similar_problems",
    "small_talk_file",
    "swap_people",
    "take_back_trial",
    "talk_file",
    "tell_outcome",
    "think",
    "thread",
    "thread_clock",
    "threads",
    "try_card",
    "unlock_pair",
    "wall",
]
