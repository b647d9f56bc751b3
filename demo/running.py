"""MGMP IPA's second cycle, half-way, so that each role has something to do now."""

from __future__ import annotations

from demo import discussions
from demo.acts import answer, hold, key, observe, open_thread, plan, share
from demo.cast import Cast
from demo.clock import Calendar
from demo.story import running as story
from groups.models import Group
from groups.services import ask_to_join, open_cycle
from reinforcement import services as reinforcement
from thinkpair import services as thinkpair


def play(cast: Cast, calendar: Calendar, group: Group) -> None:
    """Live the cycle until this morning."""
    members = cast.science
    with calendar.on(-21):
        open_cycle(
            group,
            by=cast.get("ketua"),
            theme=story.SECOND_THEME,
            problem=story.SECOND_PROBLEM,
            starts_on=calendar.day(-21),
            ends_on=calendar.day(20),
        )
    for number, post in enumerate(story.SECOND_POSTS):
        share(
            cast,
            calendar,
            group,
            post,
            author=members[16 + number],
            day=-18 + 6 * number,
            readers=members[8:],
        )
    _lessons(cast, calendar, group)
    discussions.fill_wall(cast, calendar, group)
    _pairs(cast, calendar, group)
    discussions.propose(cast, calendar, group)
    told = story.SECOND_THREAD
    thread = open_thread(cast, calendar, group, told, author="sekretaris", day=-3, ends=(3, 8, 12))
    with calendar.on(-2, 20):
        for thinker, text in zip(members[11:14], told.thoughts, strict=True):
            thinkpair.think(thread, by=cast.get(thinker), text=text)
    with calendar.on(-1, 18):
        ask_to_join(
            group, by=cast.get("pendatang"), message="Saya guru IPA baru di SMP ini. Mohon izin."
        )


def _lessons(cast: Cast, calendar: Calendar, group: Group) -> None:
    members = cast.science
    held = plan(
        cast,
        calendar,
        group,
        story.SECOND_LESSON,
        teacher="model",
        observers=["guru", "sekretaris", members[9]],
        planned=-14,
        day=-2,
    )
    answer(cast, calendar, held, day=-10)
    hold(cast, calendar, held, day=-2)
    with calendar.on(-2, 19):
        observe(cast, held, story.SECOND_SHEET, observer=members[9])
        observe(cast, held, story.SECOND_SHEET, observer="guru", submit=False)
    with calendar.on(-1, 19):
        reinforcement.give_feedback(held, by=cast.get("guruinti"), **vars(story.SECOND_FEEDBACK))
    overdue = plan(
        cast,
        calendar,
        group,
        story.OVERDUE_LESSON,
        teacher=members[18],
        observers=[members[12], members[13]],
        planned=-9,
        day=-1,
    )
    answer(cast, calendar, overdue, day=-5)
    coming = plan(
        cast,
        calendar,
        group,
        story.GARDEN_LESSON,
        teacher=members[14],
        observers=["guru", members[11]],
        planned=-4,
        day=2,
    )
    answer(cast, calendar, coming, day=-3, silent=["guru", "model", *members[15:22]])


def _pairs(cast: Cast, calendar: Calendar, group: Group) -> None:
    told = story.PAIR_THREAD
    thread = open_thread(cast, calendar, group, told, author="instruktur", day=-12, ends=(-5, 4, 7))
    thinkers = ["guru", *cast.science[19:22]]
    with calendar.on(-9, 20):
        for thinker, text in zip(thinkers, told.thoughts, strict=True):
            thinkpair.think(thread, by=cast.get(thinker), text=text)
    with calendar.on(-5):
        thinkpair.end_thinking(thread, by=cast.get("ketua"))
    pair = thread.pairs.get(seats__person__username="guru")
    partner = pair.seats.exclude(person__username="guru").select_related("person").first()
    if partner:
        with calendar.on(-1, 19):
            thinkpair.say(
                pair,
                by=cast.get(partner.person.username),
                text=told.talk[0],
                submission=key(told.talk[0]),
            )
