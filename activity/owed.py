"""What a person still owes: the one shape that every stage's `owed_by(user)` answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

type Stage = Literal["s", "m", "a", "r", "t"]


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One thing that a person should do now.

    `key` names the debt, the same each time it is asked for, so that a reminder goes out once.
    `verb` and `rest` are the words of the line on the home page: “**Beri umpan balik** untuk …”.
    """

    key: str
    stage: Stage
    verb: str
    rest: str
    url: str
    due_at: datetime | None = None
