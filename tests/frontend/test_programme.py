"""The programme of a semester as a table."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from groups.models import Group
from sessions import services
from sessions.models import ModelSession
from sessions.semesters import Semester
from tests import make

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


def held(group: Group, when: str, **changes: object) -> ModelSession:
    """A meeting that was held then; nothing plans in the past, so it is moved there."""
    session = make.meeting(of=group, held=True)
    start = at(when)
    facts = {"starts_at": start, "ends_at": start + timedelta(hours=2), "lesson_hours": 2}
    ModelSession.objects.filter(pk=session.pk).update(**facts | changes)
    session.refresh_from_db()
    return session


def page(client, group: Group, semester: str = "") -> str:
    query = {"semester": semester} if semester else {}
    answer = client.get(reverse("programme", args=[group.pk]), query)
    assert answer.status_code == 200
    return answer.text


def test_a_semester_shows_its_own_sessions_of_all_kinds_with_hours_and_who_came(client):
    group = make.group()
    reader = make.member(group)
    meeting = held(group, "2026-08-13T14:00:00", title="Raker tahun ajaran")
    services.tick_attendance(meeting, by=make.chair(group), attendance={reader.pk: "present"})
    held(group, "2026-12-31T22:30:00", title="Malam terakhir")
    held(group, "2027-01-01T00:00:00", title="Tahun baru")
    held(group, "2026-06-30T23:00:00", title="Semester lalu")
    lesson = make.session(of=group)
    ModelSession.objects.filter(pk=lesson.pk).update(
        starts_at=at("2026-08-20T09:00:00"),
        ends_at=at("2026-08-20T10:20:00"),
        lesson_hours=1,
        status="cancelled",
    )
    client.force_login(reader)

    text = page(client, group, "2026-1")

    assert "Semester ganjil 2026/2027" in text
    assert text.index("Agustus 2026") < text.index("Raker tahun ajaran")
    assert text.index("Raker tahun ajaran") < text.index("Desember 2026")
    assert "Malam terakhir" in text
    assert "Tahun baru" not in text
    assert "Semester lalu" not in text
    invited = meeting.participations.count()
    assert f"1 dari {invited}" in text
    assert str(lesson.teacher) in text
    assert "Dibatalkan" in text
    # Two meetings of 2 JP; the cancelled lesson is not counted.
    assert '<td data-label="JP">4</td>' in text
    assert "?semester=2025-2" in text
    assert "?semester=2026-2" in text
    assert "Yang tampil hanya" not in text


def test_without_a_semester_it_is_the_present_one_and_empty_says_what_to_do(client):
    group = make.group()
    chair = make.chair(group)
    client.force_login(chair)

    text = page(client, group)

    assert "Belum ada sesi di semester ini" in text
    assert f"{reverse('plan-session')}?group={group.pk}" in text
    assert "Semester sekarang" not in text
    make.meeting(of=group, starts_in=timedelta(minutes=1))
    assert "Menyusun program semester" in page(client, group)


@pytest.mark.parametrize("semester", ["2026", "2026-3", "x", "1999-1"])
def test_what_is_no_semester_is_not_there(client, semester: str):
    group = make.group()
    client.force_login(make.member(group))

    answer = client.get(reverse("programme", args=[group.pk]), {"semester": semester})

    assert answer.status_code == 404


def test_who_may_read_some_sessions_reads_these_alone(client):
    group = make.group()
    session, other = make.session(of=group), make.meeting(of=group)
    supervisor = make.supervisor(session.teacher.school)
    client.force_login(supervisor)

    semester = Semester.of(session.starts_at.astimezone(WITA).date())
    text = page(client, group, str(semester))

    assert session.title in text
    assert other.title not in text
    assert "Yang tampil hanya sesi yang dapat Bapak/Ibu buka." in text
    client.force_login(make.officer())
    assert client.get(reverse("programme", args=[group.pk])).status_code == 404


def test_as_many_queries_for_many_rows_as_for_one(client, django_assert_num_queries):
    group = make.group()
    client.force_login(make.member(group))
    for number in range(60):
        held(group, "2026-08-13T14:00:00", title=f"Pertemuan {number}")
        if number in {0, 59}:
            with django_assert_num_queries(5):
                text = page(client, group, "2026-1")
    assert text.count("</tr>") == 60 + 3


def test_ways_lead_to_it_from_the_group_and_the_list(client):
    group = make.group()
    client.force_login(make.member(group))
    url = reverse("programme", args=[group.pk])

    assert url in client.get(reverse("group", args=[group.pk])).text
    assert url in client.get(reverse("sessions")).text
    client.force_login(make.officer())
    assert url not in client.get(reverse("group", args=[group.pk])).text
