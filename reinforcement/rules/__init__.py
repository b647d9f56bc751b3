"""Who may read and write the talk around a lesson, and why not, one module for each noun."""

from reinforcement.rules.feedback import (
    may_edit_feedback,
    may_give_feedback,
    may_share_feedback,
    may_thank,
    visible_feedback,
    visible_private_notes,
)
from reinforcement.rules.follow_up import may_end_follow_up, may_promise, visible_follow_ups
from reinforcement.rules.growth import (
    may_revoke_growth_link,
    may_share_growth,
    visible_growth_links,
)
from reinforcement.rules.preparation import may_prepare, visible_preparations
from reinforcement.rules.reflection import may_reflect, visible_reflections

__all__ = [
    "may_edit_feedback",
    "may_end_follow_up",
    "may_give_feedback",
    "may_prepare",
    "may_promise",
    "may_reflect",
    "may_revoke_growth_link",
    "may_share_feedback",
    "may_share_growth",
    "may_thank",
    "visible_feedback",
    "visible_follow_ups",
    "visible_growth_links",
    "visible_preparations",
    "visible_private_notes",
    "visible_reflections",
]
