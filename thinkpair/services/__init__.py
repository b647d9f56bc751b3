"""Every change to threads, one module for each noun."""

from thinkpair.services.absences import end_absence, mark_absent, place_alone
from thinkpair.services.arranging import (
    lock_pair,
    open_pairs,
    repropose_pairs,
    swap_people,
    unlock_pair,
)
from thinkpair.services.bank import (
    carry_to_cycle,
    carry_to_follow_up,
    carry_to_post,
    carry_to_thread,
    take_back_trial,
    tell_outcome,
    try_card,
)
from thinkpair.services.cards import edit_card, share_card
from thinkpair.services.nudges import nudge_silent_pairs
from thinkpair.services.pairs import propose_pairs
from thinkpair.services.phases import (
    add_time,
    begin_sharing,
    close_thread,
    conclude_thread,
    end_thinking,
    move_on,
)
from thinkpair.services.talk import mark_read, say
from thinkpair.services.thoughts import think
from thinkpair.services.threads import Problem, open_thread
from thinkpair.services.wall import mark_card, merge_cards, part_card, pick_cards

__all__ = [
    "Problem",
    "add_time",
    "begin_sharing",
    "carry_to_cycle",
    "carry_to_follow_up",
    "carry_to_post",
    "carry_to_thread",
    "close_thread",
    "conclude_thread",
    "edit_card",
    "end_absence",
    "end_thinking",
    "lock_pair",
    "mark_absent",
    "mark_card",
    "mark_read",
    "merge_cards",
    "move_on",
    "nudge_silent_pairs",
    "open_pairs",
    "open_thread",
    "part_card",
    "pick_cards",
    "place_alone",
    "propose_pairs",
    "repropose_pairs",
    "say",
    "share_card",
    "swap_people",
    "take_back_trial",
    "tell_outcome",
    "think",
    "try_card",
    "unlock_pair",
]
