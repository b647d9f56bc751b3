from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class PostShared(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostCommented(Event):
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class PostEdited(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostWithdrawn(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostRestored(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class ColleaguesMentioned(Event):
    """People were named for the first time in a post, or in the answer to it that is given."""

    post_id: int
    comment_id: int | None
    person_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Event):
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentDeleted(Event):
    comment_id: int
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class PostUsed(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostThanked(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostEndorsed(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class EndorsedPostChanged(Event):
    """Words or files of an endorsed post were changed for the first time since."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class EndorsementTakenBack(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class AudienceChanged(Event):
    post_id: int
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportMade(Event):
    report_id: int


@dataclass(frozen=True, kw_only=True)
class ReportDecided(Event):
    report_id: int
