"""What happens again and again in the demo's stories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack
from uuid import NAMESPACE_URL, UUID, uuid5

from demo.cast import Cast
from demo.clock import Calendar
from demo.story.shapes import Lesson, Post, Sheet
from demo.story.shapes import Thread as ThreadTold
from groups.models import Group
from groups.services import GroupWords, accept_invitation, create_group, make_invitation
from observations import services as observations
from observations.models import Indicator, Observation
from observations.queries import items_of
from schools.models import Phase, Regency
from sessions import services as sessions
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Participation
from sharing import services as sharing
from thinkpair import services as thinkpair
from thinkpair.models import Thread

Answer, Attendance = Participation.Answer, Participation.Attendance


def key(words: str) -> UUID:
    """The submission of a form, the same each time the demo is loaded."""
    return uuid5(NAMESPACE_URL, f"smart-mgmp-demo:{words}")


def found_group(
    cast: Cast, calendar: Calendar, members: list[str], **words: Unpack[GroupWords]
) -> Group:
    """Have the Dinas found a group, and everyone join by the chair's invitation."""
    chair, *others = members
    words["regency"] = Regency.objects.get(code="73.22")
    words["governing_body"] = "Dinas Pendidikan Kabupaten Luwu Utara"
    with calendar.on(-98, 8):
        group = create_group(
            by=cast.get("dinas"),
            chair=cast.get(chair),
            starts_on=calendar.day(-98),
            ends_on=calendar.day(900),
            decree="420/211/Disdik/2026",
            **words,
        )
    with calendar.on(-97, 10):
        invitation = make_invitation(group, by=cast.get(chair))
        for username in others:
            accept_invitation(invitation, by=cast.get(username))
    return group


def open_thread(
    cast: Cast,
    calendar: Calendar,
    group: Group,
    told: ThreadTold,
    *,
    author: str,
    day: int,
    ends: tuple[int, int, int],
    is_arranged: bool = False,
) -> Thread:
    """Have the author put a problem before a group one evening; its phases end on three others."""
    think, pair, share = (calendar.at(each, 20) for each in ends)
    with calendar.on(day, 19):
        return thinkpair.open_thread(
            group,
            by=cast.get(author),
            submission=key(told.title),
            title=told.title,
            problem=told.problem,
            prompt=told.prompt,
            is_arranged=is_arranged,
            think_ends_at=think,
            pair_ends_at=pair,
            share_ends_at=share,
        )


def share(
    cast: Cast,
    calendar: Calendar,
    group: Group,
    post: Post,
    *,
    author: str,
    day: int,
    readers: Iterable[str],
) -> None:
    """Share a post one evening; its comments come on the next day."""
    situation, action, change, evidence = post.parts or ("", "", "", "")
    with calendar.on(day, 19, 30):
        shared = sharing.share_post(
            group,
            by=cast.get(author),
            submission=key(post.title),
            title=post.title,
            body=post.body,
            kind=post.kind,
            phase=Phase.objects.get(code=post.phase) if post.phase else None,
            grade=post.grade,
            topics=post.topics,
            link=post.link,
            audience=post.audience,
            situation=situation,
            action=action,
            change=change,
            evidence=evidence,
        )
    if post.revised:
        body, note = post.revised
        with calendar.on(min(day + 3, -1), 20):
            sharing.edit_post(shared, by=cast.get(author), body=body, new_version=True, note=note)
    for number, (reader, words) in enumerate(zip(readers, post.comments, strict=False)):
        with calendar.on(min(day + 1, -1), 19, 40 + number):
            sharing.write_comment(shared, by=cast.get(reader), body=words, submission=key(words))


def plan(
    cast: Cast,
    calendar: Calendar,
    group: Group,
    lesson: Lesson,
    *,
    teacher: str,
    observers: list[str],
    planned: int,
    day: int,
    hour: int = 9,
    grade: int = 8,
    phase: str = "D",
    by: str = "ketua",
) -> ModelSession:
    """Plan a lesson at the guru model's own school; she chooses the focus the day after."""
    guru = cast.get(teacher)
    with calendar.on(planned, 16):
        session = sessions.plan_session(
            group,
            by=cast.get(by),
            teacher=guru,
            submission=key(lesson.title),
            despite=EVERYTHING,
            observers=[cast.get(name) for name in observers],
            title=lesson.title,
            goal=lesson.goal,
            phase=Phase.objects.get(code=phase),
            grade=grade,
            mode=ModelSession.Mode.IN_PERSON,
            school=guru.school,
            starts_at=calendar.at(day, hour),
            ends_at=calendar.at(day, hour + 1, 20),
        )
    if lesson.focus:
        indicator = Indicator.objects.get(code=lesson.focus, aspect__pick_one=True)
        with calendar.on(min(planned + 1, -1), 17):
            observations.choose_focus(session, by=cast.get(teacher), indicator=indicator)
    return session


def answer(
    cast: Cast, calendar: Calendar, session: ModelSession, *, day: int, silent: Iterable[str] = ()
) -> None:
    """Let everyone invited say that they come; every seventh cannot, `silent` do not answer."""
    with calendar.on(day, 20):
        invited = session.participations.exclude(user__username__in=silent).order_by("pk")
        for number, part in enumerate(invited.select_related("user")):
            comes = number % 7 != 6  # noqa: PLR2004 -- every seventh
            sessions.answer_invitation(
                part,
                by=cast.get(part.user.username),
                answer=Answer.COMING if comes else Answer.NOT_COMING,
                reason="" if comes else "Mengawas ujian di sekolah",
            )


def hold(
    cast: Cast, calendar: Calendar, session: ModelSession, *, day: int, by: str = "ketua"
) -> None:
    """Declare the session held and tick who was there, as they had answered."""
    with calendar.on(day, 11, 30):
        sessions.hold_session(session, by=cast.get(by))
        sessions.tick_attendance(
            session,
            by=cast.get(by),
            attendance={
                part.user_id: Attendance.EXCUSED
                if part.answer == Answer.NOT_COMING
                else Attendance.PRESENT
                for part in session.participations.all()
            },
        )


def observe(
    cast: Cast, session: ModelSession, sheet: Sheet, *, observer: str, submit: bool = True
) -> None:
    """Fill the sheet of one observer with words, evidence, answers and notes."""
    observation = observations.start_observation(session, by=cast.get(observer))
    observations.save_observation(
        observation,
        by=cast.get(observer),
        answers=_answers(observation, sheet),
        notes=[{"minute": minute, "text": text} for minute, text in sheet.notes],
    )
    if submit:
        observations.submit_observation(observation, by=cast.get(observer))


def _answers(observation: Observation, sheet: Sheet) -> dict[int, observations.Words]:
    scaled = iter(zip(sheet.words, sheet.evidence, strict=True))
    written = iter(sheet.answers)
    answers: dict[int, observations.Words] = {}
    for item in items_of(observation.instrument_id, observation.indicator_id):
        if item.scale:
            word, evidence = next(scaled)
            point = item.scale.points.all()[word]
            answers[item.pk] = {"point": point.pk, "evidence": evidence}
        else:
            answers[item.pk] = {"text": next(written)}
    return answers
