"""Who is told of what, and in which words. Each is told in the own language and time zone.

What a person may not read yet is never in a notice: it says that something waits, and leads to
where it opens. A module here follows what it is told of only when it is imported here.
"""

from notifications.handlers import (
    feedback,
    groups,
    invitations,
    lesson_plans,
    observers,
    pairs,
    programme,
    reminders,
    series,
    sessions,
    sharing,
    threads,
    wall,
)

__all__ = [
    "feedback",
    "groups",
    "invitations",
    "lesson_plans",
    "observers",
    "pairs",
    "programme",
    "reminders",
    "series",
    "sessions",
    "sharing",
    "threads",
    "wall",
]
