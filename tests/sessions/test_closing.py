"""Closing a session: what becomes final, who earns JP, and how it is taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from sessions import rules, services
from sessions.models import CheckIn, ModelSession, Participation
from sessions.queries import hours_earned
from tests import make

pytestmark = pytest.mark.django_db


def over(**changes) -> ModelSession:
    """A session that is over, of 2 JP."""
    session = make.session(**{"starts_in": -timedelta(hours=3), **changes})
    ModelSession.objects.filter(pk=session.pk).update(lesson_hours=2)
    session.refresh_from_db()
    return session


def attendance(session: ModelSession) -> dict[User, tuple[str, int]]:
    return {part.user: (part.attendance, part.lesson_hours) for part in parts(session)}


def parts(session: ModelSession) -> list[Participation]:
    return list(session.participations.select_related("user"))


def test_close_session_holds_it_fills_attendance_and_gives_jp():
    group = make.group()
    cycle = make.cycle(of=group)
    came, late, said_no, silent = (make.member(group) for _n in range(4))
    session = over(of=group)
    board = session.planned_by
    for person, word in ((came, "present"), (late, "late")):
        session.participations.filter(user=person).update(attendance=word)
    session.participations.filter(user=said_no).update(answer="not_coming")

    services.close_session(session, by=board)

    session.refresh_from_db()
    cycle.refresh_from_db()
    assert session.was_held
    assert session.closed_by == board
    assert session.is_closed
    assert cycle.sessions_held == 1
    assert session.teacher_hours == 2
    assert attendance(session) == {
        came: ("present", 2),
        late: ("late", 2),
        said_no: ("excused", 0),
        silent: ("absent", 0),
        board: ("absent", 0),
    }
    names = list(Entry.objects.order_by("pk").values_list("name", flat=True))
    assert names[-2:] == ["sessions.SessionHeld", "sessions.SessionClosed"]
    assert CheckIn.objects.filter(by=board).count() == 3


def test_a_held_session_is_not_held_twice_by_closing():
    group = make.group()
    cycle = make.cycle(of=group)
    session = make.session(of=group, held=True)

    services.close_session(session, by=session.planned_by)

    cycle.refresh_from_db()
    assert cycle.sessions_held == 1
    assert Entry.objects.filter(name="sessions.SessionHeld").count() == 1


def test_leader_and_note_taker_were_there():
    group = make.group()
    leader, note_taker = make.member(group), make.person()
    session = over(of=group)
    ModelSession.objects.filter(pk=session.pk).update(leader=leader, note_taker=note_taker)

    services.close_session(session, by=session.planned_by)

    found = attendance(session)
    assert found[leader] == found[note_taker] == ("present", 2)


def test_a_leader_who_was_written_down_as_sick_earns_nothing():
    group = make.group()
    leader = make.member(group)
    session = over(of=group)
    ModelSession.objects.filter(pk=session.pk).update(leader=leader)
    session.participations.filter(user=leader).update(attendance="sick")

    services.close_session(session, by=session.planned_by)

    assert attendance(session)[leader] == ("sick", 0)


def test_who_waited_for_a_place_stays_unwritten():
    session = over()
    waiting = make.person()
    Participation.objects.create(session=session, user=waiting, queue_number=1)

    services.close_session(session, by=session.planned_by)

    assert attendance(session)[waiting] == ("", 0)


def test_a_meeting_counts_no_lesson_in_the_cycle():
    group = make.group()
    cycle = make.cycle(of=group)
    session = over(of=group)
    ModelSession.objects.filter(pk=session.pk).update(
        kind="workshop", teacher=None, phase=None, grade=None
    )
    session = ModelSession.objects.get(pk=session.pk)

    services.close_session(session, by=session.planned_by)

    session.refresh_from_db()
    cycle.refresh_from_db()
    assert session.was_held
    assert cycle.sessions_held == 0
    assert session.teacher_hours == 0


def test_close_session_twice_closes_once():
    session = over()
    services.close_session(session, by=session.planned_by)

    with pytest.raises(PermissionDenied):
        services.close_session(session, by=session.planned_by)

    assert Entry.objects.filter(name="sessions.SessionClosed").count() == 1


def test_reopen_session_takes_the_jp_back_and_lets_it_be_closed_anew():
    session = over()
    board = session.planned_by
    session.participations.filter(user=board).update(attendance="present")
    services.close_session(session, by=board)

    services.reopen_session(session, by=board, reason="Bu Ani belum tercatat.")

    session.refresh_from_db()
    assert not session.is_closed
    assert session.teacher_hours == 0
    assert attendance(session)[board] == ("present", 0)
    assert Entry.objects.latest("pk").data["reason"] == "Bu Ani belum tercatat."
    services.close_session(session, by=board)
    assert attendance(session)[board] == ("present", 2)


def test_reopen_session_wants_a_reason_and_not_more_than_a_month():
    session = over()
    board = session.planned_by
    services.close_session(session, by=board)

    with pytest.raises(ValidationError):
        services.reopen_session(session, by=board, reason=" ")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert not rules.may_reopen_session(board, session)

    session.refresh_from_db()
    assert session.is_closed


def test_hours_earned_are_those_of_the_year_as_participant_and_as_guru_model():
    group = make.group()
    ani = make.member(group)
    taught, attended, missed = over(of=group, teacher=ani), over(of=group), over(of=group)
    attended.participations.filter(user=ani).update(attendance="present")
    for session in (taught, attended, missed):
        services.close_session(session, by=session.planned_by)
    year = timezone.localdate(taught.starts_at).year

    found = hours_earned(ani, year)

    assert set(found.values_list("pk", "hours")) == {(taught.pk, 2), (attended.pk, 2)}
    assert list(hours_earned(ani, year - 1)) == []
