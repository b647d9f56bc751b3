"""The programme of a semester as a table."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Group, Membership
from sessions import services
from sessions.conflicts import EVERYTHING
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


def test_what_goes_on_is_not_called_planned(client):
    meeting = make.meeting(starts_in=timedelta(minutes=-10))
    client.force_login(make.member(meeting.group))

    shown = page(client, meeting.group, str(Semester.of(timezone.localdate())))

    assert "Sedang berlangsung" in shown
    assert "Direncanakan" not in shown


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


# --- copying


GENAP = "2040-2"


def planned(group: Group, when: str, **plan: Any) -> ModelSession:
    """A meeting of two hours at that time."""
    start = at(when)
    by = plan.pop("by", None) or make.chair(group)
    facts = {"kind": "sharing", "title": "Berbagi praktik baik", "place": "Aula"}
    times = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    return services.plan_session(
        group, by=by, submission=uuid4(), despite=EVERYTHING, **facts | times | plan
    )


def copy_url(group: Group, semester: str = GENAP) -> str:
    return f"{reverse('copy-programme', args=[group.pk])}?semester={semester}"


def on_thursdays() -> Group:
    group = make.group()
    group.weekday = 3
    group.save()
    return group


def sent(page: str) -> dict[str, str]:
    """What a browser sends of the form as it came: ticks, hidden fields and inputs."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        facts = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        name, is_tick = facts.get("name", ""), facts.get("type") == "checkbox"
        if name.startswith("of-") and (not is_tick or " checked" in tag):
            found[name] = "on" if is_tick else unescape(facts.get("value", ""))
    return found


def test_last_semester_is_proposed_and_planned_with_one_press(client):
    group = on_thursdays()
    chair, member = make.chair(group), make.member(group)
    source = planned(group, "2040-08-14T14:00:00", by=chair, title="Raker <awal>")
    left = planned(group, "2040-09-13T14:00:00", by=chair, title="Bazar")
    client.force_login(chair)
    page = client.get(copy_url(group)).text
    assert 'value="2041-02-21T14:00"' in page
    words = sent(page)
    assert words[f"of-{source.pk}-title"] == "Raker <awal>"
    del words[f"of-{left.pk}-take"]

    answer = client.post(copy_url(group), words, follow=True)

    assert "1 sesi direncanakan. Semua yang diundang diberi tahu sekali." in answer.text
    assert answer.redirect_chain[0][0] == f"{reverse('programme', args=[group.pk])}?semester=2040-2"
    copy = group.sessions.get(starts_at__year=2041)
    assert (copy.title, copy.starts_at) == ("Raker <awal>", at("2041-02-21T14:00:00"))
    assert copy.participations.filter(user=member).exists()

    client.post(copy_url(group), words)
    assert group.sessions.filter(starts_at__year=2041).count() == 1
    again = client.get(copy_url(group)).text
    assert "Sudah ada di semester ini: Kamis, 21 Februari 2041." in again
    assert f"of-{source.pk}-take" not in sent(again)


def test_nothing_is_planned_when_one_row_cannot_be(client):
    group = on_thursdays()
    chair, teacher = make.chair(group), make.member(group)
    facts = {"kind": "lesson", "teacher": teacher, "phase": make.phase(), "grade": 8, "by": chair}
    lesson = planned(group, "2040-08-14T14:00:00", **facts)
    meeting = planned(group, "2040-09-13T14:00:00", by=chair)
    planned(group, "2041-02-21T13:00:00", title="Lain", **facts)
    client.force_login(chair)
    words = sent(client.get(copy_url(group)).text)
    words[f"of-{lesson.pk}-starts_at"] = "2041-02-21T14:00"
    words[f"of-{meeting.pk}-title"] = "Judul yang tetap"

    answer = client.post(copy_url(group), words)

    assert answer.status_code == 422
    assert "Belum ada yang direncanakan: perbaiki yang ditandai." in answer.text
    assert f"{teacher} sudah menjadi guru model “Lain”" in answer.text
    assert "Judul yang tetap" in answer.text
    assert group.sessions.filter(starts_at__year=2041).count() == 1
    again = sent(answer.text)
    assert again == words, "nothing that was typed is lost"


def test_a_warning_is_shown_before_it_is_known(client):
    group = on_thursdays()
    chair = make.chair(group)
    source = planned(group, "2040-08-14T14:00:00", by=chair)
    client.force_login(chair)
    words = sent(client.get(copy_url(group)).text)
    words[f"of-{source.pk}-starts_at"] = "2041-02-24T14:00"

    asked = client.post(copy_url(group), words)

    assert asked.status_code == 422
    assert "Itu hari Minggu." in asked.text
    assert "Kirim lagi bila tetap begitu." in asked.text
    assert not group.sessions.filter(starts_at__year=2041).exists()
    assert client.post(copy_url(group), sent(asked.text)).status_code == 302
    assert group.sessions.filter(starts_at=at("2041-02-24T14:00:00")).exists()


def test_a_lesson_whose_teacher_left_asks_for_another(client):
    group = on_thursdays()
    chair, teacher, member = make.chair(group), make.member(group), make.member(group)
    facts = {"kind": "lesson", "teacher": teacher, "phase": make.phase(), "grade": 8, "by": chair}
    lesson = planned(group, "2040-08-14T14:00:00", **facts)
    Membership.objects.filter(user=teacher).update(ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(chair)
    page = client.get(copy_url(group)).text
    assert f"{teacher} bukan anggota lagi: pilih guru model." in page
    words = sent(page)

    without = client.post(copy_url(group), words)
    assert without.status_code == 422

    words[f"of-{lesson.pk}-teacher"] = str(member.pk)
    assert client.post(copy_url(group), words).status_code == 302
    assert group.sessions.get(starts_at__year=2041).teacher == member


def test_unticked_rows_are_not_looked_at_and_none_ticked_is_said(client):
    group = on_thursdays()
    chair = make.chair(group)
    source = planned(group, "2040-08-14T14:00:00", by=chair)
    client.force_login(chair)
    words = sent(client.get(copy_url(group)).text)
    del words[f"of-{source.pk}-take"]
    words[f"of-{source.pk}-title"] = ""

    answer = client.post(copy_url(group), words)

    assert answer.status_code == 422
    assert "Centang paling sedikit satu sesi." in answer.text


def test_without_a_semester_before_there_is_a_way_on(client):
    group = make.group()
    client.force_login(make.chair(group))

    page = client.get(copy_url(group)).text

    assert "Semester ganjil 2040/2041 tidak punya sesi" in page
    assert f"{reverse('plan-session')}?group={group.pk}" in page


def test_the_form_asks_the_same_for_many_rows_as_for_one(client, django_assert_num_queries):
    group = on_thursdays()
    chair = make.chair(group)
    client.force_login(chair)
    for number in range(30):
        planned(group, f"2040-08-{1 + number:02}T14:00:00", by=chair, title=f"Sesi {number}")
        if number in {0, 29}:
            with django_assert_num_queries(8):
                page = client.get(copy_url(group)).text
    assert page.count("<fieldset") == 30
