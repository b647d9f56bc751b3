from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class PreparationWritten(Event):
    preparation_id: int


@dataclass(frozen=True, kw_only=True)
class PreparationChanged(Event):
    preparation_id: int


@dataclass(frozen=True, kw_only=True)
class ReflectionWritten(Event):
    reflection_id: int


@dataclass(frozen=True, kw_only=True)
class FeedbackStarted(Event):
    """Somebody began a draft. What it says stays the author's own until it is given."""

    feedback_id: int


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(Event):
    feedback_id: int


@dataclass(frozen=True, kw_only=True)
class FeedbackThanked(Event):
    feedback_id: int


@dataclass(frozen=True, kw_only=True)
class FeedbackShared(Event):
    share_id: int


@dataclass(frozen=True, kw_only=True)
class FeedbackUnshared(Event):
    feedback_id: int
    reader_id: int


@dataclass(frozen=True, kw_only=True)
class FollowUpPromised(Event):
    follow_up_id: int


@dataclass(frozen=True, kw_only=True)
class FollowUpDone(Event):
    follow_up_id: int


@dataclass(frozen=True, kw_only=True)
class FollowUpChanged(Event):
    """Another follow-up took the place of one; the one that it `follows` says why."""

    follow_up_id: int


@dataclass(frozen=True, kw_only=True)
class FollowUpDropped(Event):
    follow_up_id: int


@dataclass(frozen=True, kw_only=True)
class GrowthShared(Event):
    link_id: int


@dataclass(frozen=True, kw_only=True)
class GrowthLinkRevoked(Event):
    link_id: int
