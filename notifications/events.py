from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class TaskIsDue(Event):
    """What a person owes falls due within a day. The words are in the person's language."""

    person_id: int
    text: str
    url: str
