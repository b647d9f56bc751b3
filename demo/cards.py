"""What the first cycle left in the problem bank: cards merged, picked, and tried in class."""

from __future__ import annotations

from collections.abc import Sequence

from demo.cast import Cast
from demo.clock import Calendar
from demo.story import finished as story
from thinkpair import services as thinkpair
from thinkpair.models import Card, Thread


def fill_bank(cast: Cast, calendar: Calendar, thread: Thread, members: Sequence[str]) -> None:
    """The board puts two like cards together and picks one; two teachers try it, one says how."""
    cards = list(Card.objects.on_wall().filter(pair__thread=thread).order_by("pk"))
    kept, similar = cards[0], cards[-1]
    with calendar.on(-29, 19):
        for name in members[2:7]:
            thinkpair.mark_card(kept, by=cast.get(name), kind="agree", is_on=True)
        thinkpair.mark_card(cards[1], by=cast.get(members[3]), kind="agree", is_on=True)
    with calendar.on(-29, 20):
        board = cast.get("ketua")
        thinkpair.merge_cards(kept, by=board, cards=[similar])
        thinkpair.pick_cards(thread, by=board, cards=[kept])
    with calendar.on(-28, 20):
        trial = thinkpair.try_card(kept, by=cast.get(members[4]))
    with calendar.on(-20, 20):
        thinkpair.try_card(kept, by=cast.get("guru"))
    with calendar.on(-12, 20):
        thinkpair.tell_outcome(trial, by=cast.get(members[4]), outcome=story.FIRST_OUTCOME)
