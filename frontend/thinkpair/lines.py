"""What was said in a pair, worded for one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from frontend.times import clock
from thinkpair.models import Message, Pair, TalkFile

_TWO = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, as the reader sees it. `by` is empty where nobody can be mistaken.

    `sent` says that it arrived, or, of the last one that all others read, that they did.
    """

    pk: int
    submission: str
    is_own: bool
    by: str
    text: str
    files: list[TalkFile]
    at: datetime
    when: str
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Up to which message everybody else in the room has read, and since when in words."""

    up_to: int
    words: str


def seen_by_others(pair: Pair, me: int) -> Seen:
    others = [seat for seat in pair.seats.all() if seat.person_id != me]
    moments = [seat.read_at for seat in others if seat.read_at]
    if not others or len(moments) < len(others):
        return Seen(0, "")
    words = _("Dibaca %(time)s") % {"time": clock(max(moments))}
    return Seen(min(seat.read_up_to for seat in others), words)


def lines_of(pair: Pair, said: Iterable[Message], me: int) -> list[Line]:
    """Word each message once, here: a talk is long, and a template asks for each part anew."""
    messages, seen = list(said), seen_by_others(pair, me)
    here = {seat.person_id for seat in pair.seats.all()}
    # In a trio it must be said who, and of who left it, too.
    others = {one.author_id for one in messages} - here
    names = {
        one.author_id: one.author.name
        for one in messages
        if len(here) > _TWO or one.author_id in others
    }
    own_read = [one.pk for one in messages if one.author_id == me and one.pk <= seen.up_to]
    last_seen, sent = max(own_read, default=0), _("Terkirim %(time)s")
    return [
        Line(
            pk=message.pk,
            submission=str(message.submission),
            is_own=(is_own := message.author_id == me),
            by="" if is_own else names.get(message.author_id, ""),
            text=message.text,
            files=list(message.files.all()),
            at=message.at,
            when=sent % {"time": clock(message.at)} if is_own else clock(message.at),
            is_seen=message.pk == last_seen,
        )
        for message in messages
    ]
