"""MGMP IPA's meetings: one closed, one going on now, one that is full, and a monthly series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from activity.files import CheckedFile, check_upload
from activity.services import relay
from demo.acts import key
from demo.cast import Cast
from demo.clock import Calendar
from demo.story import meetings as story
from demo.story.running import GARDEN_LESSON
from demo.story.shapes import Meeting
from groups.models import Group
from sessions import services as sessions
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Participation
from sessions.plans import Point
from sessions.recurrence import MonthlyByWeekday, Rule

Answer, Attendance, Role = Participation.Answer, Participation.Attendance, Participation.Role
Kind, Mode = ModelSession.Kind, ModelSession.Mode
SECOND, THURSDAY = 2, 3
PLACES = 12


def play(cast: Cast, calendar: Calendar, group: Group) -> None:
    """Meet, in the order of the days; the meeting of today began forty minutes ago."""
    _workshop(cast, calendar, group)
    _monthly(cast, calendar, group)
    _full_clinic(cast, calendar, group)
    _plan_together(cast, calendar, group)
    _now(cast, group)
    relay()


def _agenda(meeting: Meeting) -> list[Point]:
    return [{"title": title, "minutes": minutes} for title, minutes in meeting.agenda]


def _workshop(cast: Cast, calendar: Calendar, group: Group) -> None:
    """A workshop with a narasumber, from the plan to its minutes and JP."""
    told = story.WORKSHOP
    chair, secretary = cast.get("ketua"), cast.get("sekretaris")
    with calendar.on(-30, 16):
        meeting = sessions.plan_session(
            group,
            by=chair,
            kind=Kind.WORKSHOP,
            submission=key(told.title),
            title=told.title,
            goal=told.goal,
            agenda=_agenda(told),
            leader=chair,
            note_taker=secretary,
            mode=Mode.IN_PERSON,
            school=chair.school,
            starts_at=calendar.at(-22, 9),
            ends_at=calendar.at(-22, 10, 40),
            despite=EVERYTHING,
        )
        name, institution = story.SPEAKER
        sessions.invite_guest(meeting, by=chair, name=name, institution=institution)
    with calendar.on(-27, 19):
        _answer(cast, meeting, cast.science[2:], (Answer.COMING,) * 4 + (Answer.NOT_COMING,))
    with calendar.on(-22, 10):
        sessions.start_clock(meeting, by=chair)
        _save_minutes(cast, meeting, told)
        words = [Attendance.PRESENT] * 5 + [Attendance.LATE, Attendance.SICK]
        people = list(meeting.participations.order_by("pk"))
        sessions.tick_attendance(
            meeting,
            by=secretary,
            attendance={
                part.user_id: Attendance.EXCUSED
                if part.answer == Answer.NOT_COMING
                else words[number % len(words)]
                for number, part in enumerate(people)
            },
        )
    with calendar.on(-22, 11):
        for text, responsible, days in told.decisions:
            sessions.add_decision(
                meeting,
                by=secretary,
                text=text,
                responsible=responsible,
                due_on=calendar.day(-22 + days),
                submission=key(text),
            )
        sessions.close_session(meeting, by=chair)


def _monthly(cast: Cast, calendar: Calendar, group: Group) -> None:
    """Six months on the second Thursday; the second meeting was moved to another hour."""
    told = story.MONTHLY
    chair = cast.get("ketua")
    with calendar.on(-6, 16):
        series = sessions.plan_series(
            group,
            by=chair,
            rule=Rule(MonthlyByWeekday(SECOND, THURSDAY), count=6),
            submission=key(told.title),
            kind=Kind.SHARING,
            title=told.title,
            goal=told.goal,
            agenda=_agenda(told),
            leader=chair,
            note_taker=cast.get("sekretaris"),
            mode=Mode.ONLINE,
            online_link="https://meet.google.com/abc-defg-hij",
            starts_at=calendar.at(8, 14),
            ends_at=calendar.at(8, 15, 30),
            despite=EVERYTHING,
        )
    moved = series.sessions.order_by("starts_at")[1]
    with calendar.on(-5, 16):
        sessions.change_session(
            moved,
            by=chair,
            starts_at=moved.starts_at + timedelta(hours=1),
            ends_at=moved.ends_at + timedelta(hours=1),
            despite=EVERYTHING,
        )


def _full_clinic(cast: Cast, calendar: Calendar, group: Group) -> None:
    """A workshop with fewer places than people who come."""
    told = story.CLINIC
    chair = cast.get("ketua")
    with calendar.on(-7, 16):
        meeting = sessions.plan_session(
            group,
            by=chair,
            kind=Kind.WORKSHOP,
            submission=key(told.title),
            title=told.title,
            goal=told.goal,
            agenda=_agenda(told),
            leader=cast.get("instruktur"),
            capacity=PLACES,
            mode=Mode.IN_PERSON,
            school=cast.get("guruinti").school,
            starts_at=calendar.at(9, 9),
            ends_at=calendar.at(9, 11, 30),
            despite=EVERYTHING,
        )
    with calendar.on(-5, 20):
        pattern = (Answer.COMING, Answer.COMING, Answer.COMING, Answer.MAYBE)
        _answer(cast, meeting, cast.science[3:21], pattern)


def _plan_together(cast: Cast, calendar: Calendar, group: Group) -> None:
    """Two versions of the coming lesson's plan, with what colleagues say about the first."""
    lesson = ModelSession.objects.get(group=group, title=GARDEN_LESSON.title)
    teacher = lesson.model_teacher
    with calendar.on(-3, 17):
        first = sessions.share_lesson_plan(
            lesson, by=teacher, file=_text("modul-ajar.txt", story.PLAN), submission=key("plan 1")
        )
        for commenter, words in zip(("guru", cast.science[11]), story.PLAN_COMMENTS, strict=True):
            sessions.comment_plan(first, by=cast.get(commenter), body=words, submission=key(words))
    with calendar.on(-1, 19):
        sessions.share_lesson_plan(
            lesson,
            by=teacher,
            file=_text("modul-ajar.txt", story.PLAN.replace("enam daun", "tiga daun")),
            change=story.PLAN_CHANGE,
            submission=key("plan 2"),
        )


def _text(name: str, words: str) -> CheckedFile:
    return check_upload(ContentFile(words.encode(), name=name))


def _now(cast: Cast, group: Group) -> None:
    """A meeting that goes on: the clock runs, people are here, questions are asked."""
    told = story.NOW
    chair, secretary = cast.get("ketua"), cast.get("sekretaris")
    start = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=40)
    meeting = sessions.plan_session(
        group,
        by=chair,
        kind=Kind.REFLECTION,
        submission=key(told.title),
        title=told.title,
        goal=told.goal,
        agenda=_agenda(told),
        leader=chair,
        note_taker=secretary,
        mode=Mode.BLENDED,
        school=chair.school,
        online_link="https://meet.google.com/xyz-abcd-efg",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        despite=EVERYTHING,
    )
    sessions.start_clock(meeting, by=chair)
    here = list(meeting.participations.order_by("pk"))[2:16]
    sessions.tick_attendance(
        meeting, by=secretary, attendance={part.user_id: Attendance.PRESENT for part in here}
    )
    _save_minutes(cast, meeting, told)
    for part, text in zip(here, told.questions, strict=False):
        sessions.ask_question(
            meeting, by=cast.get(part.user.username), text=text, submission=key(text)
        )


def _answer(
    cast: Cast, meeting: ModelSession, people: Sequence[str], answers: Sequence[str]
) -> None:
    for number, username in enumerate(people):
        person = cast.get(username)
        if part := meeting.participations.filter(user=person).first():
            answer = answers[number % len(answers)]
            reason = "Mengawas ujian di sekolah" if answer == Answer.NOT_COMING else ""
            sessions.answer_invitation(part, by=person, answer=answer, reason=reason)


def _save_minutes(cast: Cast, meeting: ModelSession, told: Meeting) -> None:
    secretary = cast.get("sekretaris")
    minutes = sessions.take_pen(meeting, by=secretary)
    sessions.save_minutes(
        meeting,
        by=secretary,
        revision=minutes.revision,
        proceedings=told.proceedings,
        closing=told.closing,
    )
