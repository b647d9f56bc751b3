"""What becomes of a session."""

from datetime import timedelta

import pytest

from notifications.models import Notice
from sessions import services as sessions
from sessions.conflicts import EVERYTHING
from tests import make
from tests.notifications.telling import quiet, told

pytestmark = pytest.mark.django_db


def test_what_happens_to_a_meeting_is_told_by_its_kind():
    group = make.group()
    member = make.member(group)
    meeting = make.meeting(of=group, kind="think_pairs")
    by = meeting.planned_by
    quiet()

    sessions.change_session(meeting, by=by, place="Perpustakaan")
    assert told()[member].startswith("Tempat atau tautan pertemuan Think & Pairs berubah: ")

    Notice.objects.all().delete()
    later = {
        "starts_at": meeting.starts_at + timedelta(hours=1),
        "ends_at": meeting.ends_at + timedelta(hours=1),
    }
    sessions.change_session(meeting, by=by, **later, despite=EVERYTHING)
    assert told()[member].startswith("Pertemuan Think & Pairs pindah waktu: ")

    Notice.objects.all().delete()
    sessions.cancel_session(meeting, by=by, reason="Ujian.")
    assert told()[member] == f"Pertemuan Think & Pairs “{meeting}” dibatalkan: Ujian."


def test_everyone_is_asked_again_when_the_time_moved():
    group = make.group()
    teacher, observer = make.member(group), make.member(group)
    session = make.session(of=group, teacher=teacher, observers=[observer])
    quiet()

    sessions.change_session(
        session,
        by=session.planned_by,
        starts_at=session.starts_at + timedelta(hours=1),
        ends_at=session.ends_at + timedelta(hours=1),
        despite=EVERYTHING,
    )

    assert told().keys() == {teacher, observer}
    assert all("Mohon dijawab lagi" in text for text in told().values())


def test_a_new_place_is_told_without_asking_again():
    session = make.session()
    quiet()

    sessions.change_session(session, by=session.planned_by, place="Aula")

    assert list(told()) == [session.teacher]
    assert told()[session.model_teacher].startswith("Tempat atau tautan sesi berubah")


def test_cancelling_is_told_with_the_reason():
    session = make.session()
    quiet()

    sessions.cancel_session(session, by=session.planned_by, reason="Jalan ke Seko putus.")

    assert told() == {
        session.teacher: f"Sesi “{session}” dibatalkan: Jalan ke Seko putus.",
    }
