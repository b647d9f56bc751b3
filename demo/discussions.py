"""Discussions of the running cycle that wait for somebody: pairs to look at, cards to choose."""

from __future__ import annotations

from demo.acts import key, open_thread
from demo.cast import Cast
from demo.clock import Calendar
from demo.story import running as story
from groups.models import Group
from thinkpair import services as thinkpair
from thinkpair.models import Card


def propose(cast: Cast, calendar: Calendar, group: Group) -> None:
    """Since this morning pairs are proposed; the board looks at them before their rooms open."""
    told = story.ARRANGED_THREAD
    thread = open_thread(
        cast, calendar, group, told, author="guruinti", day=-6, ends=(1, 6, 9), is_arranged=True
    )
    thinkers = ["guru", "model", *cast.science[12:17]]
    with calendar.on(-4, 20):
        for thinker, (text, standing) in zip(thinkers, told.stood, strict=True):
            thinkpair.think(thread, by=cast.get(thinker), text=text, standing=standing)
    with calendar.on(0, 6):
        thinkpair.end_thinking(thread, by=cast.get("ketua"))


def fill_wall(cast: Cast, calendar: Calendar, group: Group) -> None:
    """Three pairs shared their cards; some have said which they would take along."""
    told = story.SHARED_THREAD
    thread = open_thread(cast, calendar, group, told, author="ketua", day=-16, ends=(-12, -4, 4))
    thinkers = ["guru", *cast.science[14:19]]
    with calendar.on(-14, 20):
        for thinker, (text, standing) in zip(thinkers, told.stood, strict=True):
            thinkpair.think(thread, by=cast.get(thinker), text=text, standing=standing)
    with calendar.on(-11):
        thinkpair.end_thinking(thread, by=cast.get("ketua"))
    for pair, words in zip(thread.pairs.order_by("number"), told.cards, strict=True):
        seats = [seat.person.username for seat in pair.seats.select_related("person")]
        with calendar.on(-9, 20):
            thinkpair.say(pair, by=cast.get(seats[0]), text=words.said, submission=key(words.said))
        with calendar.on(-7, 20):
            writer = cast.get(seats[1])
            thinkpair.edit_card(
                pair,
                by=writer,
                revision=0,
                problem=words.problem,
                cause=words.cause,
                attempt=words.attempt,
                need=words.need,
            )
            thinkpair.share_card(pair, by=writer)
    with calendar.on(-3, 20):
        thinkpair.begin_sharing(thread, by=cast.get("ketua"))
    first, second, _third = Card.objects.filter(pair__thread=thread).order_by("pk")
    with calendar.on(-2, 20):
        for name in cast.science[14:18]:
            thinkpair.mark_card(first, by=cast.get(name), kind="agree", is_on=True)
        for name in cast.science[16:19]:
            thinkpair.mark_card(first, by=cast.get(name), kind="vote", is_on=True)
        thinkpair.mark_card(second, by=cast.get("model"), kind="vote", is_on=True)
