"""Pages of the stage R: reflection, feedback and the follow-up that a guru model commits to."""

from frontend.reinforcement.follow_up import (
    change_follow_up,
    complete_follow_up,
    drop_follow_up,
    promise,
)
from frontend.reinforcement.giving import give_feedback
from frontend.reinforcement.reading import feedback, share_feedback, thank
from frontend.reinforcement.reflection import reflect
from frontend.reinforcement.talk import session_context

__all__ = [
    "change_follow_up",
    "complete_follow_up",
    "drop_follow_up",
    "feedback",
    "give_feedback",
    "promise",
    "reflect",
    "session_context",
    "share_feedback",
    "thank",
]
