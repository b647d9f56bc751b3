"""What the words of the demo are made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Post:
    title: str
    body: str = ""
    kind: str = "material"
    phase: str = ""
    grade: int | None = None
    topics: tuple[str, ...] = ()
    parts: tuple[str, str, str, str] | None = None
    """Of a good practice: the situation, what was done, what changed, how that is known."""
    revised: tuple[str, str] | None = None
    """What the words became in a second version, and what its author said had changed."""
    audience: str = "group"
    link: str = ""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lesson:
    title: str
    goal: str
    focus: str
    """The code of the indicator that the guru model asks her observers to look at."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one observer saw: one word (0, 1, 2 on the scale) and evidence for each behaviour."""

    words: tuple[int, int, int]
    evidence: tuple[str, str, str]
    answers: tuple[str, str, str]
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Feedback:
    appreciation: str
    seen: str
    question: str
    suggestion: str
    support: str = ""
    private_note: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a pair wrote together, and the first thing said in its room."""

    said: str
    problem: str
    attempt: str
    cause: str = ""
    need: str = ""


@dataclass(frozen=True, kw_only=True)
class Thread:
    title: str
    problem: str
    prompt: str = ""
    thoughts: tuple[str, ...] = ()
    stood: tuple[tuple[str, str], ...] = ()
    """What each thought, and how she stands to the problem: struggling, trying or solved."""
    cards: tuple[Card, ...] = ()
    talk: tuple[str, ...] = ()
    answers: tuple[str, ...] = field(default=())
    conclusion: str = ""


@dataclass(frozen=True, kw_only=True)
class Garden:
    name: str
    crop: str
    families: int
    story: str
    harvests: tuple[tuple[int, int], ...]
    """Days ago, and grams."""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting of the group: what it is about and, for each point, its minutes."""

    title: str
    goal: str
    agenda: tuple[tuple[str, int], ...]
    proceedings: str = ""
    decisions: tuple[tuple[str, str, int], ...] = ()
    """What was decided, who does it, and in how many days."""
    closing: str = ""
    questions: tuple[str, ...] = ()
