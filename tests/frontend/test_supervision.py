"""The board of a pengawas, planning a visit from it, and the recap."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions import services as sessions
from sessions.models import ModelSession
from sessions.semesters import Semester
from tests import make
from tests.documents.test_growth import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return make.member(make.group())


@pytest.fixture
def supervisor(teacher):
    return make.supervisor(teacher.school)


def main(response) -> str:
    page = response.text
    return page[page.index("<main") : page.index("</main>")]


def test_board_shows_whom_to_see_and_leads_there(client, supervisor, teacher):
    client.force_login(supervisor)

    page = main(client.get(reverse("supervision")))

    assert str(teacher) in page
    assert "0 dari 1 guru" in page
    assert reverse("plan-visit", args=[teacher.pk]) in page


def test_feedback_that_waits_is_one_tap_away(client, supervisor, teacher):
    visit = make.visit(to=teacher, by=supervisor, starts_in=-timedelta(hours=3))
    sessions.hold_session(visit, by=supervisor)
    follow_up = make.follow_up(on=visit)
    client.force_login(supervisor)

    page = main(client.get(reverse("supervision")))
    waiting = main(client.get(reverse("supervision"), {"show": "waiting"}))
    overdue = main(client.get(reverse("supervision"), {"show": "overdue"}))

    assert reverse("give-feedback", args=[visit.pk]) in page
    assert follow_up.commitment in page
    assert str(teacher) in waiting
    assert "Tidak ada guru pada saringan ini." in overdue


def test_board_never_says_how_anybody_did(client, supervisor, teacher):
    visit = make.visit(to=teacher, by=supervisor, starts_in=-timedelta(hours=3))
    sessions.hold_session(visit, by=supervisor)
    sheet = make.observation(of=visit, observer=supervisor, submitted=True)
    client.force_login(supervisor)

    page = client.get(reverse("supervision")).text

    for answer in sheet.answers.select_related("point"):
        assert answer.point is None or answer.point.label not in page
        assert not answer.evidence or answer.evidence not in page


def test_visit_is_planned_from_the_board_with_what_was_promised(client, supervisor, teacher):
    held = make.session(of=make.group(), teacher=None, held=True)
    teacher.school, old = held.teacher.school, teacher.school
    held.teacher.school = old
    held.teacher.save()
    promised = make.follow_up(on=held)
    client.force_login(supervisor)
    url = reverse("plan-visit", args=[held.teacher_id])
    start = timezone.localtime() + timedelta(days=3)

    form = main(client.get(url))
    asked = client.post(
        url,
        {
            "submission": uuid4(),
            "starts_at": start.strftime("%Y-%m-%dT08:00"),
            "ends_at": start.strftime("%Y-%m-%dT09:20"),
            "place": "Kelas VIII A",
            "goal": promised.commitment,
            "despite": " ".join(
                f"{about}-{start:%Y-%m-%d}" for about in ("holiday", "sunday", "prayer")
            ),
        },
    )

    assert form.count(promised.commitment) == 2
    visit = ModelSession.objects.get(kind="visit")
    assert asked.status_code == 302
    assert (visit.teacher, visit.leader, visit.goal) == (
        held.teacher,
        supervisor,
        promised.commitment,
    )


def test_time_that_does_not_fit_is_refused_with_the_words_kept(client, supervisor, teacher):
    client.force_login(supervisor)
    day = timezone.localdate() + timedelta(days=3)

    answer = client.post(
        reverse("plan-visit", args=[teacher.pk]),
        {
            "submission": uuid4(),
            "starts_at": f"{day}T09:00",
            "ends_at": f"{day}T08:00",
            "goal": "Kartu peran",
        },
    )

    assert answer.status_code == 422
    assert "Sesi berakhir sebelum mulai." in answer.text
    assert "Kartu peran" in answer.text
    assert not ModelSession.objects.exists()


def test_visit_is_moved_on_its_own_page(client, supervisor, teacher):
    visit = make.visit(to=teacher, by=supervisor)
    client.force_login(supervisor)
    moved = timezone.localtime(visit.starts_at) + timedelta(hours=1)

    led = client.get(reverse("change-session", args=[visit.pk]))
    client.post(
        reverse("change-visit", args=[visit.pk]),
        {
            "starts_at": moved.strftime("%Y-%m-%dT%H:%M"),
            "ends_at": (moved + timedelta(minutes=80)).strftime("%Y-%m-%dT%H:%M"),
            "place": "Aula",
            "goal": visit.goal,
            "despite": " ".join(
                f"{about}-{moved:%Y-%m-%d}" for about in ("holiday", "sunday", "prayer")
            ),
        },
    )

    visit.refresh_from_db()
    assert led.url == reverse("change-visit", args=[visit.pk])
    assert (visit.place, visit.starts_at.minute) == ("Aula", moved.minute)


def test_visit_has_a_page_for_the_two_and_none_for_the_group(client, supervisor, teacher):
    visit = make.visit(to=teacher, by=supervisor)
    group = teacher.memberships.get().group

    for person, status in ((teacher, 200), (supervisor, 200), (make.chair(group), 404)):
        client.force_login(person)
        answer = client.get(visit.get_absolute_url())
        assert answer.status_code == status
        assert "None" not in answer.text


def test_recap_is_offered_for_this_semester_and_the_last(client, supervisor, teacher):
    visit = make.visit(to=teacher, by=supervisor)
    client.force_login(supervisor)
    this = Semester.of(timezone.localdate())
    url = reverse("visit-recap", args=[teacher.school_id])

    page = main(client.get(reverse("supervision")))
    papers = [
        read(client.get(url, {"semester": str(semester)}).content)[1]
        for semester in (Semester.of(timezone.localdate(visit.starts_at)), this.previous)
    ]

    assert f"{url}?semester={this}" in page
    assert f"{url}?semester={this.previous}" in page
    assert [visit.goal in paper for paper in papers] == [True, False]


def test_recap_is_of_supervised_schools_alone(client, supervisor, teacher):
    make.visit(to=teacher, by=supervisor)
    client.force_login(supervisor)

    own = client.get(reverse("visit-recap", args=[teacher.school_id]))
    other = client.get(reverse("visit-recap", args=[make.school().pk]))

    assert own.content.startswith(b"%PDF-")
    assert other.status_code == 404


@pytest.mark.parametrize("count", [1, 10])
def test_page_costs_the_same_however_many_teachers(client, count, django_assert_max_num_queries):
    group = make.group()
    teachers = [make.member(group) for _ in range(count)]
    for teacher in teachers:
        teacher.school = teachers[0].school
        teacher.save()
    client.force_login(make.supervisor(teachers[0].school))

    with django_assert_max_num_queries(16):
        client.get(reverse("supervision"))
