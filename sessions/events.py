from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class SessionPlanned(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    """Someone was added to a session after it was planned, or made an observer of it."""

    participation_id: int


@dataclass(frozen=True, kw_only=True)
class SessionChanged(Event):
    """Time, place or link changed; with `moved`, everyone's answer is asked again."""

    session_id: int
    moved: bool


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class SessionHeld(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class SessionIsSoon(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(Event):
    participation_id: int


@dataclass(frozen=True, kw_only=True)
class SeatGiven(Event):
    """Somebody moved up from the waiting list: a place became free."""

    participation_id: int


@dataclass(frozen=True, kw_only=True)
class PersonUninvited(Event):
    session_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class LinksRevoked(Event):
    """Personal links of the session stopped working: of one person, or of everybody."""

    session_id: int
    user_id: int | None


@dataclass(frozen=True, kw_only=True)
class AttendanceTicked(Event):
    """Someone of the board wrote down for `people` persons whether they came."""

    session_id: int
    people: int


@dataclass(frozen=True, kw_only=True)
class CheckedIn(Event):
    """Someone showed by a code, or by entering the room, that they were there."""

    participation_id: int


@dataclass(frozen=True, kw_only=True)
class LessonPlanShared(Event):
    """A version of the lesson plan can be read, after the session was planned."""

    plan_id: int


@dataclass(frozen=True, kw_only=True)
class PlanCommented(Event):
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CalendarFeedMade(Event):
    feed_id: int


@dataclass(frozen=True, kw_only=True)
class CalendarFeedRevoked(Event):
    feed_id: int


@dataclass(frozen=True, kw_only=True)
class SheetKept(Event):
    """A photo or scan of the signed attendance sheet was put to the session."""

    session_id: int


@dataclass(frozen=True, kw_only=True)
class PaperworkFilled(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class FileKept(Event):
    """A photo or material was put to a session."""

    file_id: int


@dataclass(frozen=True, kw_only=True)
class FileRemoved(Event):
    session_id: int
    file_name: str


@dataclass(frozen=True, kw_only=True)
class ClockStarted(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class ClockCorrected(Event):
    """The start of the lesson clock was moved, by so many minutes, for that reason."""

    session_id: int
    minutes: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionRemoved(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class PenTaken(Event):
    """Someone began to write the minutes, or took over from somebody else."""

    session_id: int


@dataclass(frozen=True, kw_only=True)
class StrayMinutesSettled(Event):
    revision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    decision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionRemoved(Event):
    session_id: int


@dataclass(frozen=True, kw_only=True)
class SessionClosed(Event):
    """Attendance and minutes are final, and everyone who was there earned the JP."""

    session_id: int


@dataclass(frozen=True, kw_only=True)
class SessionReopened(Event):
    """What was final is not any more, and the JP are taken back until it is closed again."""

    session_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProgrammePlanned(Event):
    """Sessions of a semester, such as 2026-2, were planned together."""

    group_id: int
    semester: str
    session_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class SeriesPlanned(Event):
    series_id: int


@dataclass(frozen=True, kw_only=True)
class SeriesChanged(Event):
    """Sessions of a series were changed together; `cancelled_ids` had no place in its new rule.

    With `moved`, answers are asked again. Unless `is_told`, only words changed.
    """

    series_id: int
    session_ids: list[int]
    cancelled_ids: list[int]
    moved: bool
    is_told: bool


@dataclass(frozen=True, kw_only=True)
class SeriesCancelled(Event):
    """These sessions of a series were called off together, for one reason."""

    series_id: int
    session_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class ObserverPlaceTaken(Event):
    participation_id: int


@dataclass(frozen=True, kw_only=True)
class ObserverPlaceLeft(Event):
    participation_id: int


@dataclass(frozen=True, kw_only=True)
class ObserverReplaced(Event):
    """One person took the place and the task of another; both are parts of the session."""

    from_id: int
    to_id: int


@dataclass(frozen=True, kw_only=True)
class ObserverTasksSwapped(Event):
    from_id: int
    to_id: int


@dataclass(frozen=True, kw_only=True)
class ObserverTaskSet(Event):
    participation_id: int


@dataclass(frozen=True, kw_only=True)
class PostLinkedToSession(Event):
    session_id: int
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostUnlinkedFromSession(Event):
    session_id: int
    post_id: int
