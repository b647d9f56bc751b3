"""Who may read and change threads, thoughts, pairs and their talk, and why not."""

from thinkpair.rules.absences import may_end_absence, may_mark_absent, visible_past_seats
from thinkpair.rules.cards import may_edit_card, may_share_card, visible_cards, visible_trials
from thinkpair.rules.pairs import (
    may_mark_read,
    may_talk,
    visible_messages,
    visible_pairs,
    visible_talk_files,
)
from thinkpair.rules.thoughts import may_think, visible_thoughts
from thinkpair.rules.threads import (
    may_arrange_pairs,
    may_close_thread,
    may_make_pairs,
    may_open_thread,
    visible_threads,
)
from thinkpair.rules.wall import (
    MOST_VOTES,
    may_agree,
    may_make_post_of_card,
    may_make_theme_of_card,
    may_merge_cards,
    may_pick_cards,
    may_promise_of_card,
    may_take_back_trial,
    may_tell_outcome,
    may_try_card,
    may_vote,
)

__all__ = [
    "MOST_VOTES",
    "may_agree",
    "may_arrange_pairs",
    "may_close_thread",
    "may_edit_card",
    "may_end_absence",
    "may_make_pairs",
    "may_make_post_of_card",
    "may_make_theme_of_card",
    "may_mark_absent",
    "may_mark_read",
    "may_merge_cards",
    "may_open_thread",
    "may_pick_cards",
    "may_promise_of_card",
    "may_share_card",
    "may_take_back_trial",
    "may_talk",
    "may_tell_outcome",
    "may_think",
    "may_try_card",
    "may_vote",
    "visible_cards",
    "visible_messages",
    "visible_pairs",
    "visible_past_seats",
    "visible_talk_files",
    "visible_thoughts",
    "visible_threads",
    "visible_trials",
]
