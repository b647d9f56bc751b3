"""Every change to the talk around a lesson, one module for each noun."""

from reinforcement.services.feedback import (
    give_feedback,
    save_feedback,
    share_feedback,
    thank_for_feedback,
    unshare_feedback,
)
from reinforcement.services.follow_up import (
    change_follow_up,
    complete_follow_up,
    drop_follow_up,
    promise_follow_up,
)
from reinforcement.services.growth import revoke_growth_link, share_growth
from reinforcement.services.preparation import prepare_session
from reinforcement.services.reflection import write_reflection

__all__ = [
    "change_follow_up",
    "complete_follow_up",
    "drop_follow_up",
    "give_feedback",
    "prepare_session",
    "promise_follow_up",
    "revoke_growth_link",
    "save_feedback",
    "share_feedback",
    "share_growth",
    "thank_for_feedback",
    "unshare_feedback",
    "write_reflection",
]
