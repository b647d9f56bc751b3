"""Personal links: whoever has one acts in a session for the person it was made for, unsigned in.

A link names a participation, its person and its version, and is signed by the platform, so nothing
is stored and nobody can make one. Raising the version of a participation spends all its links.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer, b62_decode, b62_encode
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from sessions.models import Participation

# A guest has no account: the page stays readable for what follows the session.
GUESTS_READ_ON_FOR = timedelta(days=14)

_SIGNER = Signer(sep=".", salt="sessions.links.personal")
# More letters than any number of ours needs would only make us count.
_CLAIM = re.compile(r"([0-9A-Za-z]{1,10})\.([0-9A-Za-z]{1,10})\.([0-9A-Za-z]{1,10})", re.ASCII)


class LinkIsForged(ValidationError):  # noqa: N818 -- it is no error of the program
    """Nobody was given this link."""


class LinkIsSpent(ValidationError):  # noqa: N818 -- it is no error of the program
    """The link was good once. The message says why it is not, and whom to ask for another."""

    def __init__(self, message: Any, code: str, part: Participation | None = None) -> None:
        super().__init__(message, code)
        self.part = part


def token_of(part: Participation) -> str:
    """What the personal link of this participation carries, fit for a URL."""
    numbers = (part.pk, part.user_id, part.link_version)
    return _SIGNER.sign(".".join(b62_encode(number) for number in numbers))


def read_token(token: str) -> tuple[int, int, int]:
    """The participation, the person and the version that a token was signed for.

    Raises LinkIsForged when it was not signed by this platform.
    """
    try:
        claim = _CLAIM.fullmatch(_SIGNER.unsign(token))
    except BadSignature:
        claim = None
    if claim is None:
        raise LinkIsForged(_("Tautan ini tidak dikenali."), "forged")
    part, person, version = (b62_decode(number) for number in claim.groups())
    return part, person, version


def good_until(part: Participation) -> datetime:
    """When the personal link of this participation ends: with the session, for a guest later."""
    end = part.session.ends_at
    return end + GUESTS_READ_ON_FOR if part.user.is_guest else end
