"""The talk around a lesson: preparation, reflection, feedback, follow-up; and growth over many."""

from reinforcement.models.feedback import Feedback, FeedbackShare, PrivateNote
from reinforcement.models.follow_up import FollowUp
from reinforcement.models.growth import GrowthLink
from reinforcement.models.reflection import Preparation, Reflection

__all__ = [
    "Feedback",
    "FeedbackShare",
    "FollowUp",
    "GrowthLink",
    "Preparation",
    "PrivateNote",
    "Reflection",
]
