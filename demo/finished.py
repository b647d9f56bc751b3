"""MGMP IPA's first cycle, from the first post to the closing reflection."""

from __future__ import annotations

from demo.acts import answer, found_group, hold, key, observe, open_thread, plan, share
from demo.cards import fill_bank
from demo.cast import Cast
from demo.clock import Calendar
from demo.story import finished as story
from groups.models import Group
from groups.roles import Role
from groups.services import appoint_guide, close_cycle, hand_over_board, open_cycle
from reinforcement import services as reinforcement
from schools.models import Level, Subject
from sessions import services as sessions
from sessions.models import ModelSession
from thinkpair import services as thinkpair


def play(cast: Cast, calendar: Calendar) -> Group:
    """Found the group and live its first cycle."""
    members = cast.science
    group = found_group(
        cast,
        calendar,
        members,
        kind=Group.Kind.MGMP,
        name="MGMP IPA SMP Luwu Utara",
        code="MGMP-IPA",
        subject=Subject.objects.get(code="IPA"),
        level=Level.SMP,
        weekday=Group.Weekday.THURSDAY,
        letterhead="MUSYAWARAH GURU MATA PELAJARAN IPA SMP\nKABUPATEN LUWU UTARA",
    )
    _fill_offices(cast, calendar, group)
    with calendar.on(-70):
        cycle = open_cycle(
            group,
            by=cast.get("ketua"),
            theme=story.FIRST_THEME,
            problem=story.FIRST_PROBLEM,
            starts_on=calendar.day(-70),
            ends_on=calendar.day(-28),
        )
    readers = members[8:]
    for number, post in enumerate(story.FIRST_POSTS):
        share(
            cast,
            calendar,
            group,
            post,
            author=members[9 + number],
            day=-68 + 3 * number,
            readers=readers[number + 4 :],
        )
    teacher, observers = members[10], ["guru", members[11], members[12]]
    session = plan(
        cast,
        calendar,
        group,
        story.FIRST_LESSON,
        teacher=teacher,
        observers=observers,
        planned=-58,
        day=-50,
    )
    answer(cast, calendar, session, day=-55)
    hold(cast, calendar, session, day=-50)
    with calendar.on(-50, 12):
        sessions.close_session(session, by=cast.get("ketua"))
    _reinforce(cast, calendar, session, teacher, observers)
    _talk(cast, calendar, group, members)
    with calendar.on(-28, 15):
        close_cycle(cycle, by=cast.get("ketua"), reflection=story.FIRST_CLOSING)
    return group


def _fill_offices(cast: Cast, calendar: Calendar, group: Group) -> None:
    with calendar.on(-95):
        hand_over_board(
            group,
            by=cast.get("ketua"),
            chair=cast.get("ketua"),
            secretary=cast.get("sekretaris"),
            treasurer=cast.get("bendahara"),
            starts_on=calendar.day(-95),
            ends_on=calendar.day(900),
            decree="420/218/Disdik/2026",
        )
    with calendar.on(-94):
        for username, role in (("guruinti", Role.CORE_TEACHER), ("instruktur", Role.INSTRUCTOR)):
            appoint_guide(group, by=cast.get("ketua"), person=cast.get(username), role=role)


def _reinforce(
    cast: Cast, calendar: Calendar, session: ModelSession, teacher: str, observers: list[str]
) -> None:
    with calendar.on(-50, 14):
        for observer, sheet in zip(observers, story.FIRST_SHEETS, strict=True):
            observe(cast, session, sheet, observer=observer)
    with calendar.on(-50, 19):
        reinforcement.write_reflection(session, by=cast.get(teacher), **story.FIRST_REFLECTION)
    authors = (observers[0], "guruinti", "pengawas")
    for author, words in zip(authors, story.FIRST_FEEDBACK, strict=True):
        with calendar.on(-49, 19):
            given = reinforcement.give_feedback(session, by=cast.get(author), **vars(words))
        with calendar.on(-48, 20):
            reinforcement.thank_for_feedback(
                given, by=cast.get(teacher), text="Terima kasih, sangat membantu saya."
            )
    with calendar.on(-47, 20):
        reinforcement.promise_follow_up(
            session,
            by=cast.get(teacher),
            commitment=story.FIRST_PROMISE,
            due_on=calendar.day(5),
        )


def _talk(cast: Cast, calendar: Calendar, group: Group, members: list[str]) -> None:
    told, thinkers = story.FIRST_THREAD, ["guru", *members[13:18]]
    thread = open_thread(
        cast, calendar, group, told, author="guruinti", day=-45, ends=(-40, -34, -30)
    )
    for number, (thinker, text) in enumerate(zip(thinkers, told.thoughts, strict=True)):
        with calendar.on(-44 + number, 20):
            thinkpair.think(thread, by=cast.get(thinker), text=text)
    with calendar.on(-39):
        thinkpair.end_thinking(thread, by=cast.get("ketua"))
    for pair, shared in zip(thread.pairs.order_by("number"), told.answers, strict=True):
        seats = [seat.person.username for seat in pair.seats.select_related("person")]
        for number, text in enumerate(told.talk):
            with calendar.on(-38, 19, 10 * number):
                thinkpair.say(
                    pair,
                    by=cast.get(seats[number % 2]),
                    text=text,
                    submission=key(f"{pair.number} {text}"),
                )
        with calendar.on(-36, 20):
            writer = cast.get(seats[0])
            thinkpair.edit_card(pair, by=writer, revision=0, problem=told.title, attempt=shared)
            thinkpair.share_card(pair, by=writer)
    with calendar.on(-34, 20):
        thinkpair.begin_sharing(thread, by=cast.get("ketua"))
    with calendar.on(-30, 15):
        thinkpair.close_thread(thread, by=cast.get("ketua"), conclusion=told.conclusion)
    fill_bank(cast, calendar, thread, members)
