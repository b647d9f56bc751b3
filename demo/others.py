"""The two other groups: MGMP Matematika, and the KKG of a gugus in Seko, both just under way."""

from __future__ import annotations

from demo.acts import answer, found_group, plan, share
from demo.cast import Cast
from demo.clock import Calendar
from demo.story import others as story
from groups.models import Group
from groups.services import open_cycle
from schools.models import District, Level, Subject


def play(cast: Cast, calendar: Calendar) -> None:
    """Found both, open their first cycles, share, and plan a lesson each."""
    maths = found_group(
        cast,
        calendar,
        cast.maths,
        kind=Group.Kind.MGMP,
        name="MGMP Matematika SMP Luwu Utara",
        code="MGMP-MTK",
        subject=Subject.objects.get(code="MTK"),
        level=Level.SMP,
        weekday=Group.Weekday.WEDNESDAY,
    )
    seko = found_group(
        cast,
        calendar,
        cast.seko,
        kind=Group.Kind.KKG,
        name="KKG Gugus Padang Balua Seko",
        code="KKG-SEKO",
        level=Level.SD,
        district=District.objects.get(name="Seko"),
        weekday=Group.Weekday.SATURDAY,
    )
    _begin(cast, calendar, maths, cast.maths[0], about=(story.MATHS_THEME, story.MATHS_PROBLEM))
    _begin(cast, calendar, seko, cast.seko[0], about=(story.SEKO_THEME, story.SEKO_PROBLEM))
    for group, members, posts in (
        (maths, cast.maths, story.MATHS_POSTS),
        (seko, cast.seko, story.SEKO_POSTS),
    ):
        for number, post in enumerate(posts):
            share(
                cast,
                calendar,
                group,
                post,
                author=members[2 + number],
                day=-11 + 5 * number,
                readers=members[5:],
            )
    lesson = plan(
        cast,
        calendar,
        maths,
        story.MATHS_LESSON,
        by=cast.maths[0],
        teacher=cast.maths[3],
        observers=cast.maths[4:7],
        planned=-6,
        day=6,
        grade=7,
    )
    answer(cast, calendar, lesson, day=-3, silent=cast.maths[10:])
    plan(
        cast,
        calendar,
        seko,
        story.SEKO_LESSON,
        by=cast.seko[0],
        teacher=cast.seko[3],
        observers=cast.seko[4:6],
        planned=-5,
        day=9,
        grade=2,
        phase="A",
    )


def _begin(
    cast: Cast, calendar: Calendar, group: Group, chair: str, *, about: tuple[str, str]
) -> None:
    theme, problem = about
    with calendar.on(-13):
        open_cycle(
            group,
            by=cast.get(chair),
            theme=theme,
            problem=problem,
            starts_on=calendar.day(-13),
            ends_on=calendar.day(30),
        )
