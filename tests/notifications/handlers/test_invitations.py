"""Who is invited, as what, and who no longer is."""

import pytest

from sessions import services as sessions
from sessions.models import ModelSession, Participation
from tests import make
from tests.notifications.telling import links, quiet, told

pytestmark = pytest.mark.django_db


def test_teacher_observers_and_participants_are_invited_each_by_role():
    group = make.group()
    teacher, observer, participant = (make.member(group) for _number in range(3))

    session = make.session(of=group, teacher=teacher, observers=[observer])

    invited = told()
    assert invited.keys() == {teacher, observer, participant}
    assert invited[teacher].startswith(f"Bapak/Ibu menjadi guru model: “{session}”, ")
    assert invited[observer].startswith(f"Undangan sebagai pengamat: “{session}”, ")
    assert invited[participant].startswith(f"Undangan sebagai peserta: “{session}”, ")
    assert all(text.endswith(" WITA.") for text in invited.values())
    assert links() == {session.get_absolute_url()}


def test_a_meeting_invites_to_what_it_is_and_its_leader_to_lead():
    group = make.group()
    leader, member = make.member(group), make.member(group)

    meeting = make.meeting(of=group, leader=leader)

    invited = told()
    assert invited.keys() == {leader, member}
    assert invited[leader].startswith(f"Bapak/Ibu memimpin rapat kerja: “{meeting}”, ")
    assert invited[member].startswith(f"Undangan rapat kerja: “{meeting}”, ")


def test_a_narasumber_of_a_meeting_is_invited_as_such():
    meeting = make.meeting()
    guest = make.person()
    quiet()

    sessions.invite(meeting, guest, by=meeting.planned_by, role=Participation.Role.RESOURCE_PERSON)

    assert told()[guest].startswith(f"Undangan sebagai narasumber: “{meeting}”, ")


def test_who_leads_a_meeting_from_now_on_is_told():
    meeting = make.meeting()
    leader = make.member(meeting.group)
    quiet()

    sessions.change_session(meeting, by=meeting.planned_by, leader=leader)

    assert told()[leader].startswith("Bapak/Ibu memimpin rapat kerja: ")


def test_who_is_invited_later_is_told():
    session = make.session()
    guest = make.person()
    quiet()

    sessions.invite(session, guest, by=session.teacher, role=Participation.Role.RESOURCE_PERSON)

    assert list(told()) == [guest]


def test_invitation_to_a_session_cancelled_meanwhile_is_not_sent():
    make.session(cancelled=True)

    assert all("dibatalkan" in text for text in told().values())


def test_who_moves_up_from_the_waiting_list_is_told():
    group = make.group()
    one, two = make.member(group), make.member(group)
    session = make.session(of=group)
    ModelSession.objects.filter(pk=session.pk).update(capacity=1)
    for person in (one, two):
        part = make.participation(session, person)
        sessions.answer_invitation(part, by=person, answer="coming")
    quiet()

    sessions.answer_invitation(make.participation(session, one), by=one, answer="maybe")

    assert list(told()) == [two]
    assert told()[two].startswith("Bapak/Ibu mendapat tempat: “Mengapa daun")
    assert links() == {session.get_absolute_url()}


def test_who_is_uninvited_is_told_and_a_guest_has_no_notices():
    session = make.session()
    part = session.participations.get()
    quiet()
    guest = sessions.invite_guest(
        session, by=session.planned_by, name="Sitti Rahma", institution="BPMP"
    )

    sessions.uninvite(part, by=session.teacher)
    sessions.uninvite(guest, by=session.teacher)

    assert list(told()) == [part.user]
    assert "ditarik" in told()[part.user]
