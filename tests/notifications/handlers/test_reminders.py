"""What comes soon, and what is owed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions import services as sessions
from tests import make
from tests.notifications.telling import links, quiet, told

pytestmark = pytest.mark.django_db


def test_a_held_meeting_owes_nobody_a_sheet():
    make.meeting(held=True)
    quiet()

    assert told() == {}


def test_who_comes_is_told_the_day_before():
    group = make.group()
    coming, away = make.member(group), make.member(group)
    session = make.session(of=group, starts_in=timedelta(hours=20))
    sessions.answer_invitation(make.participation(session, coming), by=coming, answer="coming")
    sessions.answer_invitation(make.participation(session, away), by=away, answer="not_coming")
    quiet()

    sessions.remind_of_sessions(timezone.now())
    sessions.remind_of_sessions(timezone.now())

    assert told().keys() == {session.teacher, coming, session.planned_by}


def test_after_the_session_observers_owe_a_sheet_and_the_teacher_a_reflection():
    group = make.group()
    observer, _participant = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=timedelta(hours=-3))
    quiet()

    sessions.hold_session(session, by=session.planned_by)

    assert told() == {
        observer: f"Lembar observasi “{session}” menunggu dikirim.",
        session.teacher: f"Terima kasih sudah mengajar “{session}”. Tuliskan refleksi Bapak/Ibu.",
    }
    assert links() == {
        reverse("observe", args=[session.pk]),
        reverse("reflect", args=[session.pk]),
    }
