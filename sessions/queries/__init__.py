"""Questions about sessions that other apps and pages ask, one module for each noun."""

from sessions.queries.attendance import (
    hours_earned,
    present_in,
    session_of_token,
    to_attend,
)
from sessions.queries.calendars import (
    find_feed,
    occasions_for,
    sessions_between,
)
from sessions.queries.invitations import (
    answers_to,
    part_of_link,
    tally,
)
from sessions.queries.owed import owed_by
from sessions.queries.people import (
    guests_of,
    members_of,
    nameable_in,
    substitutes_for,
)
from sessions.queries.places import (
    asking_for_place,
    is_full_for,
    places_left,
    turn_of,
)
from sessions.queries.plans import (
    next_meeting,
    phase_of,
    schools_of,
)
from sessions.queries.programme import (
    programme_of,
    reads_programme,
)

__all__ = [
    "answers_to",
    "asking_for_place",
    "find_feed",
    "guests_of",
    "hours_earned",
    "is_full_for",
    "members_of",
    "nameable_in",
    "next_meeting",
    "occasions_for",
    "owed_by",
    "part_of_link",
    "phase_of",
    "places_left",
    "present_in",
    "programme_of",
    "reads_programme",
    "schools_of",
    "session_of_token",
    "sessions_between",
    "substitutes_for",
    "tally",
    "to_attend",
    "turn_of",
]
