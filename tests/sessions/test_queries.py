from datetime import timedelta

import pytest
from django.utils import timezone

from sessions import services
from sessions.queries import owed_by
from tests import make

pytestmark = pytest.mark.django_db


def owed(user, now=None) -> list[str]:
    return [f"{each.verb} {each.rest}" for each in owed_by(user, now or timezone.now())]


TITLE = "sesi “Mengapa daun tidak semuanya hijau?”"


def test_an_invited_person_owes_an_answer_until_it_is_given_or_too_late():
    part = make.session().participations.get()
    before = owed(part.user)
    late = owed(part.user, part.session.starts_at)

    services.answer_invitation(part, by=part.user, answer="coming")

    assert before == [f"Jawab undangan {TITLE}"]
    assert late == []
    assert owed(part.user) == []


def test_an_answer_is_owed_three_weeks_before():
    part = make.session(starts_in=timedelta(days=40)).participations.get()
    start = part.session.starts_at

    assert owed(part.user) == []
    assert owed(part.user, start - timedelta(days=21)) == [f"Jawab undangan {TITLE}"]


def test_who_leads_a_meeting_without_an_office_owes_nothing_after_it():
    group = make.group()
    leader = make.member(group)
    meeting = make.meeting(of=group, leader=leader, starts_in=timedelta(hours=-3))

    assert owed(leader) == []
    assert owed(meeting.planned_by) == ["Tutup rapat kerja “Menyusun program semester”"]


def test_who_is_not_sure_makes_up_their_mind_three_days_before():
    part = make.session(starts_in=timedelta(days=10)).participations.get()
    services.answer_invitation(part, by=part.user, answer="maybe")
    start = part.session.starts_at

    assert owed(part.user) == []
    assert owed(part.user, start - timedelta(days=3)) == [f"Pastikan jawaban {TITLE}"]
    assert owed(part.user, start) == []


def test_nobody_owes_an_answer_to_a_cancelled_session():
    part = make.session(cancelled=True).participations.get()

    assert owed(part.user) == []


def test_what_is_over_is_closed_by_the_board_and_called_held_by_the_guru_model():
    session = make.session(starts_in=-timedelta(hours=3))
    observer = make.member(session.group)

    assert owed(session.teacher) == [f"Nyatakan terlaksana {TITLE}"]
    assert owed(session.planned_by) == [f"Tutup {TITLE}"]
    assert owed(observer) == []
    assert owed(session.teacher, session.ends_at - timedelta(minutes=1)) == []
    assert owed(session.planned_by, session.ends_at - timedelta(minutes=1)) == []


def test_the_board_owes_closing_until_it_is_done_or_a_month_went_by():
    session = make.session(held=True)
    board = session.planned_by
    before = owed(board)
    later = owed(board, timezone.now() + timedelta(days=31))

    services.close_session(session, by=board)

    assert before == [f"Tutup {TITLE}"]
    assert later == []
    assert owed(board) == []
    assert owed(session.teacher) == []


def test_owed_by_asks_once_however_much_is_owed(django_assert_num_queries):
    group = make.group()
    user = make.chair(group)
    for day in range(3):
        make.session(of=group, starts_in=timedelta(days=2 + day))
        make.session(of=group, starts_in=timedelta(days=-2 - day))
    user.memberships.count()
    owed_by(user, timezone.now())

    with django_assert_num_queries(1):
        found = owed_by(user, timezone.now())

    assert len(found) == 6
    assert len({each.key for each in found}) == 6
