from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class ThreadOpened(Event):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class PairsMade(Event):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class MessageSaid(Event):
    message_id: int


@dataclass(frozen=True, kw_only=True)
class CardEdited(Event):
    """Once an hour for each who writes: it is saved every few seconds."""

    card_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerShared(Event):
    """A pair gave its card to the group."""

    pair_id: int


@dataclass(frozen=True, kw_only=True)
class ThreadClosed(Event):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class ThoughtWritten(Event):
    thought_id: int


@dataclass(frozen=True, kw_only=True)
class PairsArranged(Event):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class PairIsSilent(Event):
    """Nobody of a pair wrote for long, while they could."""

    pair_id: int
