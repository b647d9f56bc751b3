"""Pages of the talk A-E: preparation, reflection, feedback and the follow-up."""

from frontend.reinforcement.follow_up import (
    change_follow_up,
    complete_follow_up,
    drop_follow_up,
    promise,
)
from frontend.reinforcement.giving import give_feedback
from frontend.reinforcement.preparation import prepare
from frontend.reinforcement.reading import feedback, share_feedback, thank, unshare_feedback
from frontend.reinforcement.reflection import reflect
from frontend.reinforcement.talk import asked_of_observer, session_context
from frontend.reinforcement.voices import all_feedback

__all__ = [
    "all_feedback",
    "asked_of_observer",
    "change_follow_up",
    "complete_follow_up",
    "drop_follow_up",
    "feedback",
    "give_feedback",
    "prepare",
    "promise",
    "reflect",
    "session_context",
    "share_feedback",
    "thank",
    "unshare_feedback",
]
