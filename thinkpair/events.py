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


@dataclass(frozen=True, kw_only=True)
class CardMarked(Event):
    """Somebody said “so it is with us” or “my choice”, or took it back."""

    card_id: int
    kind: str
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class CardMerged(Event):
    card_id: int


@dataclass(frozen=True, kw_only=True)
class CardParted(Event):
    card_id: int


@dataclass(frozen=True, kw_only=True)
class CardPicked(Event):
    card_id: int


@dataclass(frozen=True, kw_only=True)
class ChoiceMade(Event):
    """The board said which cards the group takes along; none takes the choice back."""

    thread_id: int


@dataclass(frozen=True, kw_only=True)
class CardTried(Event):
    trial_id: int


@dataclass(frozen=True, kw_only=True)
class TrialTakenBack(Event):
    card_id: int


@dataclass(frozen=True, kw_only=True)
class OutcomeTold(Event):
    trial_id: int


@dataclass(frozen=True, kw_only=True)
class CardCarriedOn(Event):
    """A card became a post, a follow-up or the theme of a cycle."""

    card_id: int
    became: str


@dataclass(frozen=True, kw_only=True)
class PersonHindered(Event):
    thread_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceEnded(Event):
    thread_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonLeftAlone(Event):
    thread_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PartnerLeft(Event):
    pair_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PairFormed(Event):
    pair_id: int


@dataclass(frozen=True, kw_only=True)
class PairsProposed(Event):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class SharingBegan(Event):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class ThinkingExtended(Event):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class ThreadConcluded(Event):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class TimeAdded(Event):
    thread_id: int
