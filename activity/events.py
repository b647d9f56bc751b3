"""What can happen, and what follows. Each app names its own happenings in its events.py."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Its fields are ids and plain values, so it survives as JSON."""

    by_name: ClassVar[dict[str, type[Event]]] = {}

    # Who did it, told to handlers by the log; None when the platform did it.
    actor_id: int | None = field(default=None, compare=False, repr=False)

    def __init_subclass__(cls) -> None:
        Event.by_name[cls.name()] = cls

    @classmethod
    def name(cls) -> str:
        return f"{cls.__module__.partition('.')[0]}.{cls.__name__}"

    def as_json(self) -> dict[str, Any]:
        data = asdict(self)
        del data["actor_id"]
        return data


handlers: defaultdict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def on[E: Event](
    event: type[E],
) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Have the decorated function follow `event`, soon after it was committed."""

    def follow(handler: Callable[[E], None]) -> Callable[[E], None]:
        handlers[event].append(handler)
        return handler

    return follow
