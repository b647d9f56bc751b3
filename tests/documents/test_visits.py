"""The recap of a pengawas' visits, read as a PDF reader reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.visits import visits_paper
from reinforcement.queries import visits_at
from sessions import services as sessions
from sessions.semesters import Semester
from tests import make
from tests.documents.test_growth import read

pytestmark = pytest.mark.django_db


def paper_of(visit) -> str:
    now = timezone.now()
    semester = Semester.of(timezone.localdate(visit.starts_at))
    visits = visits_at(visit.leader, visit.school, semester)
    made = visits_paper(
        visits, supervisor=visit.leader, school=visit.school, semester=semester, now=now
    )
    return read(made)[1]


def test_recap_says_when_whom_what_was_looked_at_and_promised_and_no_rating():
    visit = make.visit(starts_in=-timedelta(hours=3))
    sessions.hold_session(visit, by=visit.leader)
    sheet = make.observation(of=visit, observer=visit.leader, submitted=True)
    make.feedback(on=visit, by=visit.leader)
    follow_up = make.follow_up(on=visit)

    text = paper_of(visit)

    for words in (str(visit.teacher), visit.goal, follow_up.commitment, str(visit.leader)):
        assert words in text
    for answer in sheet.answers.all():
        assert not answer.evidence or answer.evidence not in text
        assert answer.point is None or answer.point.label not in text
    assert "Meja 11 bicara" not in text


def test_recap_of_a_semester_without_visits_says_so():
    visit = make.visit()
    sessions.cancel_session(visit, by=visit.leader, reason="Ada rapat.")

    assert "Belum ada kunjungan di semester ini." in paper_of(visit)
