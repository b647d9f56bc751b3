"""What can happen to people."""

from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class SignedUp(Event):
    """Somebody made an account; a coordinator or an invitation lets them in later."""

    user_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileEdited(Event):
    user_id: int


@dataclass(frozen=True, kw_only=True)
class FirstAdminCame(Event):
    """The one-time link of an empty platform was used."""

    user_id: int


@dataclass(frozen=True, kw_only=True)
class LetIn(Event):
    """The Dinas let somebody in who is in no group, e.g. a supervisor."""

    user_id: int
