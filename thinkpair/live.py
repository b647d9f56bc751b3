"""How a phone learns that there is something new in a pair's room: a token, and one number.

The token proves, without a session being looked up, that its bearer sat in the pair a few minutes
ago. What it opens says only that something changed, never what. See ADR 0020.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from django.core import signing

from accounts.models import User
from thinkpair.models import Pair, PairMember

# Seconds that a token opens the channel and the poll.
TOKEN_LASTS = 600
_SALT = "thinkpair.room"


@dataclass(frozen=True)
class Ticket:
    """Whose phone asks, of which pair, and until when, in seconds since 1970."""

    pair_pk: int
    person_pk: int
    until: int

    @property
    def is_over(self) -> bool:
        return time.time() >= self.until


def token_for(pair: Pair, person: User) -> str:
    """A token for a person who was just found to sit in the pair."""
    ticket = Ticket(pair.pk, person.pk, int(time.time()) + TOKEN_LASTS)
    return signing.dumps(astuple(ticket), salt=_SALT)


def read_token(token: str) -> Ticket:
    """What the token proves. Raises signing.BadSignature when it is forged or too old."""
    ticket = Ticket(*signing.loads(token, salt=_SALT, max_age=TOKEN_LASTS))
    if ticket.is_over:
        raise signing.SignatureExpired("This token is over.")
    return ticket


def versions_of(pairs: Iterable[int]) -> dict[tuple[int, int], int]:
    """By pair and person, the number that grows with every change of the room. One query.

    Whoever left a pair is not in it any more.
    """
    seats = PairMember.objects.filter(pair__in=list(pairs))
    return {
        (pair, person): version
        for pair, person, version in seats.values_list("pair", "person", "pair__live_version")
    }


def version_for(ticket: Ticket) -> int | None:
    """The same for one phone; None when its person does not sit in the pair any more. One query."""
    seat = PairMember.objects.filter(pair=ticket.pair_pk, person=ticket.person_pk)
    return seat.values_list("pair__live_version", flat=True).first()
