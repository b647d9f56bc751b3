"""Model-teacher sessions and meetings, and everything that belongs to one."""

from sessions.models.agenda import (
    AgendaItem,
)
from sessions.models.feed import (
    CalendarFeed,
)
from sessions.models.lesson_plan import (
    LessonPlan,
    PlanComment,
)
from sessions.models.minutes import (
    Decision,
    Minutes,
    MinutesRevision,
    Question,
)
from sessions.models.paperwork import (
    Paperwork,
    SessionFile,
)
from sessions.models.participation import (
    CheckIn,
    CodeTries,
    Participation,
)
from sessions.models.posts import (
    SessionPost,
)
from sessions.models.series import (
    Series,
)
from sessions.models.session import (
    OPENS_AFTER,
    ModelSession,
)

__all__ = [
    "OPENS_AFTER",
    "AgendaItem",
    "CalendarFeed",
    "CheckIn",
    "CodeTries",
    "Decision",
    "LessonPlan",
    "Minutes",
    "MinutesRevision",
    "ModelSession",
    "Paperwork",
    "Participation",
    "PlanComment",
    "Question",
    "Series",
    "SessionFile",
    "SessionPost",
]
