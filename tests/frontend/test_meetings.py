"""Planning and changing meetings, and the parts of a plan that every kind has."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from frontend.people_fields import name_and_school
from groups.models import Group
from groups.roles import Role
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Series
from tests import make

pytestmark = pytest.mark.django_db


def browser(person: User) -> Client:
    found = Client()
    found.force_login(person)
    return found


def url_of(group: Group, kind: str) -> str:
    return f"{reverse('plan-session')}?group={group.pk}&kind={kind}"


def rows(*points: tuple[str, object, str], total: int | None = None) -> dict[str, object]:
    """What the rows of an agenda send: title, minutes, speaker."""
    sent: dict[str, object] = {
        "agenda-TOTAL_FORMS": total or len(points) + 4,
        "agenda-INITIAL_FORMS": 0,
    }
    for number, (title, minutes, speaker) in enumerate(points):
        sent[f"agenda-{number}-title"] = title
        sent[f"agenda-{number}-minutes"] = minutes
        sent[f"agenda-{number}-speaker"] = speaker
    return sent


def words(leader: User, **changes: object) -> dict[str, Any]:
    return {
        "submission": str(uuid4()),
        "title": "Menyusun program semester",
        "leader": leader.pk,
        "goal": "",
        "starts_at": "2027-07-13T13:00",
        "ends_at": "2027-07-13T17:00",
        "mode": "in_person",
        "place": "Aula",
        "lesson_hours": "",
        "hour_length": 45,
        "despite": " ".join(EVERYTHING),
    } | changes


def main(answer: Any) -> str:
    page: str = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def value_of(page: str, name: str) -> str:
    """The value of an input in a page, empty when it has none."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', page)
    assert found, name
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


@pytest.mark.parametrize(
    ("kind", "ends"),
    [("lesson", "10:20"), ("workshop", "13:00"), ("sharing", "11:00"), ("reflection", "10:30")],
)
def test_the_form_asks_what_its_kind_needs(kind: str, ends: str):
    group = make.group()
    page = main(browser(make.chair(group)).get(url_of(group, kind) + "&on=2027-07-13"))

    is_lesson = kind == "lesson"
    for name in ("teacher", "grade", "observers", "observer_places", "lesson_plan"):
        assert (f'name="{name}"' in page or f'"id_{name}"' in page) == is_lesson, name
    for name in ("leader", "note_taker", "lesson_hours", "hour_length", "capacity", "repeat"):
        assert f'name="{name}"' in page, name
    assert value_of(page, "starts_at") == "2027-07-13T09:00"
    assert value_of(page, "ends_at") == f"2027-07-13T{ends}"
    assert f"kind={kind}&amp;on=2027-07-13" in page.replace("on=2027-07-13&amp;kind=" + kind, "")
    assert 'name="provider"' not in page


def test_the_kinds_are_links_that_keep_group_and_day():
    group = make.group()
    page = main(browser(make.chair(group)).get(url_of(group, "sharing") + "&on=2027-07-13"))

    links = [link for link in re.findall(r'href="(\?[^"]*)"', page) if "kind=" in link]
    assert len(links) == 5
    assert all(f"group={group.pk}" in link and "on=2027-07-13" in link for link in links)
    current = re.search(r'<a[^>]*href="([^"]*)"[^>]*aria-current="true"', page)
    assert current
    assert "kind=sharing" in current[1]


def test_a_kind_that_does_not_exist_is_a_lesson():
    group = make.group()

    assert 'name="teacher"' in main(browser(make.chair(group)).get(url_of(group, "picnic")))


def test_who_plans_a_meeting_is_proposed_to_lead_it():
    group = make.group()
    chair, other = make.chair(group), make.member(group)

    page = browser(chair).get(url_of(group, "workshop")).text

    chosen = re.findall(r'<option value="(\d+)" selected>', page)
    assert chosen[0] == str(chair.pk)
    assert str(other.pk) not in chosen


def test_a_meeting_is_planned_with_its_agenda_and_everyone_is_invited():
    group = make.group()
    chair, leader, speaker = make.chair(group), make.member(group), make.member(group)
    sent = words(leader, note_taker=chair.pk, capacity=20) | rows(
        ("Pembukaan", 15, ""),
        ("", "", ""),
        ("Program semester", 90, name_and_school(speaker)),
        ("Asesmen", 60, "Dr. Fulan, BPMP"),
    )

    first = browser(chair).post(url_of(group, "workshop"), sent)
    second = browser(chair).post(url_of(group, "workshop"), sent)

    made = ModelSession.objects.get()
    assert first["Location"] == second["Location"] == made.get_absolute_url()
    assert (made.kind, made.leader, made.note_taker) == ("workshop", leader, chair)
    assert (made.lesson_hours, made.hour_length, made.capacity) == (5, 45, 20)
    assert [(item.title, item.minutes, item.speaker_words) for item in made.agenda.all()] == [
        ("Pembukaan", 15, ""),
        ("Program semester", 90, speaker.name),
        ("Asesmen", 60, "Dr. Fulan, BPMP"),
    ]
    assert made.agenda.get(position=2).speaker == speaker
    assert made.participations.count() == 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"leader": ""}, "id_leader_error"),
        ({"place": ""}, "Sesi luring dan bauran perlu sekolah atau tempat."),
        ({"ends_at": "2027-07-13T12:00"}, "Sesi berakhir sebelum mulai."),
        ({"lesson_hours": 9}, "paling banyak 5 JP (1 JP = 45 menit)"),
        ({"lesson_hours": 5, "hour_length": 60}, "paling banyak 4 JP (1 JP = 60 menit)"),
        ({"capacity": 0}, "Tulis angka 1 sampai 2000, atau kosongkan."),
        (rows(("Pembukaan", "", "")), "Berapa menit?"),
        (rows(("", 20, "")), "Tulis acaranya."),
        (rows(("Pembukaan", 700, "")), "600"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(changes: dict[str, object], said: str):
    group = make.group()
    chair = make.chair(group)

    answer = browser(chair).post(url_of(group, "workshop"), words(chair) | changes)

    assert answer.status_code == 422
    assert said in main(answer)
    assert 'value="Menyusun program semester"' in main(answer)
    assert not ModelSession.objects.exists()


def test_a_busy_speaker_is_named_at_the_agenda():
    group = make.group()
    chair, speaker = make.chair(group), make.member(group)
    other = make.meeting(of=group, leader=speaker)
    start = timezone.localtime(other.starts_at)
    sent = words(
        chair, starts_at=as_typed(start), ends_at=as_typed(start + timedelta(hours=1))
    ) | rows(("Pembukaan", 15, speaker.name))

    answer = browser(chair).post(url_of(group, "sharing"), sent)

    agenda = main(answer).split('id="agenda"')[1].split("</fieldset>")[0]
    assert answer.status_code == 422
    assert f"{speaker} sudah memimpin" in agenda


def test_more_rows_are_given_without_judging_what_was_typed():
    group = make.group()
    chair = make.chair(group)
    sent = words(chair, title="", more="1") | rows(
        ("Pembukaan", 15, ""), ("Program", "", ""), total=5
    )

    answer = browser(chair).post(url_of(group, "workshop"), sent)

    page = main(answer)
    assert answer.status_code == 200
    assert "Belum tersimpan" not in page
    assert value_of(page, "agenda-TOTAL_FORMS") == "9"
    assert value_of(page, "agenda-1-title") == "Program"
    assert value_of(page, "place") == "Aula"
    assert value_of(page, "submission") == sent["submission"]
    assert not ModelSession.objects.exists()


def test_an_agenda_has_thirty_rows_at_most():
    group = make.group()
    chair = make.chair(group)
    typed = rows(*[("Acara", 5, "")] * 28, total=30)

    page = main(browser(chair).post(url_of(group, "workshop"), words(chair, more=1) | typed))
    answer = browser(chair).post(
        url_of(group, "workshop"), words(chair) | rows(*[("Acara", 5, "")] * 31, total=31)
    )

    assert value_of(page, "agenda-TOTAL_FORMS") == "30"
    assert 'name="more"' not in page
    assert answer.status_code == 422
    assert not ModelSession.objects.exists()


def test_a_monthly_meeting_keeps_its_agenda_in_every_session():
    group = make.group()
    chair = make.chair(group)
    sent = words(chair, repeat="weekday", every=1, times=3) | rows(("Pembukaan", 15, ""))

    page = main(browser(chair).post(url_of(group, "sharing"), sent))
    seen = re.search(r'name="seen"\s+value="([^"]*)"', page)
    assert seen
    browser(chair).post(url_of(group, "sharing"), sent | {"seen": seen[1]})

    made = Series.objects.get()
    assert (
        made.sessions.filter(kind="sharing", leader=chair, agenda__title="Pembukaan").count() == 3
    )


def test_rooms_are_offered_where_they_are_configured(settings):
    settings.JITSI_URL = "https://meet.example.org"
    group = make.group()
    chair = make.chair(group)

    page = main(browser(chair).get(url_of(group, "sharing")))
    browser(chair).post(url_of(group, "sharing"), words(chair, mode="online", provider="jitsi"))

    assert 'value="jitsi"' in page
    assert 'value="bigbluebutton"' not in page
    assert ModelSession.objects.get().provider == "jitsi"


# --- changing


def change(meeting: ModelSession, **changes: object) -> dict[str, Any]:
    """What the form of its plan sends when only that is changed."""
    times = {"starts_at": as_typed(meeting.starts_at), "ends_at": as_typed(meeting.ends_at)}
    leader = meeting.leader or meeting.planned_by
    return words(leader, lesson_hours=meeting.lesson_hours, **times) | changes


def as_typed(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def on_the_minute(meeting: ModelSession) -> ModelSession:
    for name in ("starts_at", "ends_at"):
        setattr(meeting, name, getattr(meeting, name).replace(second=0, microsecond=0))
    meeting.save()
    return meeting


def test_the_agenda_of_a_meeting_is_changed():
    group = make.group()
    meeting = make.meeting(of=group, agenda=[{"title": "Pembukaan", "minutes": 15}])
    url = reverse("change-session", args=[meeting.pk])
    page = main(browser(meeting.planned_by).get(url))
    assert value_of(page, "agenda-0-title") == "Pembukaan"
    assert 'name="grade"' not in page
    sent = change(meeting, title="Lain") | rows(("Pembukaan", 10, ""), ("Penutup", 5, "Fulan"))

    answer = browser(meeting.planned_by).post(url, sent)

    meeting.refresh_from_db()
    assert answer.status_code == 302, main(answer)
    assert meeting.title == "Lain"
    assert list(meeting.agenda.values_list("title", "minutes", "speaker_name")) == [
        ("Pembukaan", 10, ""),
        ("Penutup", 5, "Fulan"),
    ]


def test_an_agenda_left_as_it_was_is_not_written_anew():
    group = make.group()
    speaker = make.member(group)
    points = [{"title": "Pembukaan", "minutes": 15, "speaker": speaker}]
    meeting = make.meeting(of=group, agenda=points)
    item = meeting.agenda.get()
    url = reverse("change-session", args=[meeting.pk])
    shown = value_of(main(browser(meeting.planned_by).get(url)), "agenda-0-speaker")

    browser(meeting.planned_by).post(url, change(meeting) | rows(("Pembukaan", 15, shown)))

    assert meeting.agenda.get().pk == item.pk


def test_a_change_of_the_words_alone_asks_no_diary():
    group = make.group()
    leader = make.member(group)
    meeting = on_the_minute(make.meeting(of=group, leader=leader))
    other = make.meeting(of=group)
    ModelSession.objects.filter(pk=other.pk).update(leader=leader)
    url = reverse("change-session", args=[meeting.pk])

    answer = browser(meeting.planned_by).post(url, change(meeting, title="Lain"))

    assert answer.status_code == 302, main(answer)


def test_jp_follow_the_time_unless_they_were_changed():
    meeting = make.meeting(of=make.group())
    url = reverse("change-session", args=[meeting.pk])
    assert meeting.lesson_hours == 2
    longer = as_typed(meeting.ends_at + timedelta(minutes=45))

    browser(meeting.planned_by).post(url, change(meeting, ends_at=longer))

    meeting.refresh_from_db()
    assert meeting.lesson_hours == 3


def test_the_agenda_of_all_sessions_of_a_series_is_changed():
    series = make.series(count=3)
    chosen = series.sessions.earliest("starts_at")
    url = reverse("change-session", args=[chosen.pk])
    sent = change(chosen, scope="all") | rows(("Pembukaan", 10, ""))

    answer = browser(series.made_by).post(url, sent)

    assert answer.status_code == 302, main(answer)
    assert ModelSession.objects.filter(agenda__title="Pembukaan").count() == 3


# --- what stands in the way, while the form is filled in


def check(person: User, group: Group, **sent: object) -> str:
    """The words that the form gets, without tags."""
    times = {"starts_at": "2027-07-13T14:00", "ends_at": "2027-07-13T16:00"}
    answer = browser(person).get(reverse("check-plan"), {"group": group.pk, **times, **sent})
    assert answer.status_code == 200
    return " ".join(shown(answer.text).split())


def test_a_time_without_any_clash_says_so_and_how_many_jp_it_is():
    group = make.group()
    group.weekday = 1
    group.save()

    words = check(make.chair(group), group, hour_length=60)

    assert words == "Tidak ada bentrok. Waktunya cukup untuk 2 JP (1 JP = 60 menit)."


def test_half_a_time_is_not_judged():
    group = make.group()

    assert check(make.chair(group), group, ends_at="") == ""


def test_a_time_that_cannot_be_is_said():
    group = make.group()

    words = check(make.chair(group), group, ends_at="2027-07-13T13:00")

    assert "Sesi berakhir sebelum mulai." in words


def test_busy_people_of_every_part_are_named_before_saving():
    group = make.group()
    chair, teacher, observer, speaker = make.chair(group), *(make.member(group) for _ in range(3))
    start = timezone.now() + timedelta(days=2)
    for person in (teacher, observer, speaker):
        make.meeting(of=group, leader=person)
    sent = {"starts_at": as_typed(start), "ends_at": as_typed(start + timedelta(hours=1))}

    words = check(
        chair,
        group,
        **sent,
        teacher=teacher.pk,
        observers=observer.pk,
        **{"agenda-3-speaker": speaker.name, "agenda-4-speaker": "Dr. Fulan"},
    )

    for person in (teacher, observer, speaker):
        assert f"{person} sudah memimpin “Menyusun program semester”" in words


def test_the_check_tells_no_title_of_a_session_that_the_planner_may_not_read():
    group, other = make.group(), make.group()
    person = make.member(group)
    make.also(person, other, Role.MEMBER)
    make.meeting(of=other, leader=person)
    start = timezone.now() + timedelta(days=2)
    sent = {"starts_at": as_typed(start), "ends_at": as_typed(start + timedelta(hours=1))}

    words = check(make.chair(group), group, leader=person.pk, **sent)

    assert f"{person} sudah ada kegiatan lain" in words
    assert "Menyusun program semester" not in words


def test_the_check_tells_nothing_of_people_of_other_groups():
    group = make.group()
    stranger = make.meeting().leader
    start = timezone.now() + timedelta(days=2)
    sent = {"starts_at": as_typed(start), "ends_at": as_typed(start + timedelta(hours=1))}

    assert check(make.chair(group), group, leader=stranger.pk, **sent) == ""


def test_warnings_come_with_their_tick_and_a_tick_stays():
    group = make.group()
    chair = make.chair(group)
    times = {"starts_at": "2027-08-17T09:00", "ends_at": "2027-08-17T11:00"}
    url = reverse("check-plan")

    first = browser(chair).get(url, {"group": group.pk, **times}).text
    key = value_of(first, "despite")
    second = browser(chair).get(url, {"group": group.pk, "despite": key, **times}).text

    assert "bukan hari kerja" in first
    assert "checked" not in first
    assert "checked" in second
    answer = browser(chair).post(url_of(group, "workshop"), words(chair, despite=key, **times))
    assert answer.status_code == 302


def test_a_session_does_not_clash_with_itself_when_it_is_changed():
    meeting = on_the_minute(make.meeting())
    sent = {
        "session": meeting.pk,
        "leader": meeting.leader_id,
        "starts_at": as_typed(meeting.starts_at),
        "ends_at": as_typed(meeting.ends_at),
    }

    said = check(meeting.planned_by, meeting.group, **sent)

    assert said.startswith("Tidak ada bentrok.")


def test_the_check_of_a_change_is_for_who_may_change():
    meeting = make.meeting()
    sent = {"session": meeting.pk}
    for person, status in ((make.member(meeting.group), 403), (make.person(), 404)):
        assert browser(person).get(reverse("check-plan"), sent).status_code == status


# --- elsewhere

# What belongs to lessons alone.
OF_LESSONS = re.compile(
    r"None|kelas None|Guru model|Pemodelan|Fokus pengamatan|Lembar observasi|Refleksi guru"
    r"|[Uu]mpan balik|Penguatan|Modul ajar|Kebun|Pengamat"
)


def shown(page: str) -> str:
    """The words of a page without its tags."""
    return re.sub(r"<[^>]*>", " ", page)


@pytest.mark.parametrize("held", [False, True])
def test_a_meeting_is_shown_as_what_it_is(held: bool):
    group = make.group()
    leader = make.member(group)
    meeting = make.meeting(of=group, leader=leader, held=held)
    when = "past" if held else ""
    pk = [meeting.pk]

    pages = {
        url: browser(meeting.planned_by).get(url)
        for url in (
            meeting.get_absolute_url(),
            f"{reverse('sessions')}?when={when}&group={group.pk}",
            reverse("live", args=pk),
            *(
                reverse(name, args=pk)
                for name in (
                    ("attendance", "minutes", "close-session")
                    if held
                    else ("invite-person", "change-session", "cancel-session", "personal-links")
                )
            ),
        )
    }

    for url, answer in pages.items():
        assert answer.status_code == 200, url
        assert OF_LESSONS.findall(shown(main(answer))) == [], url
    row = shown(main(pages[f"{reverse('sessions')}?when={when}&group={group.pk}"]))
    assert "Rapat kerja" in row
    assert str(leader) in row
    assert 'content="Rapat kerja"' in pages[meeting.get_absolute_url()].text


def test_the_home_page_says_which_meeting_and_who_leads_it():
    meeting = make.meeting()

    page = shown(main(browser(meeting.planned_by).get(reverse("home"))))

    assert "Rapat kerja" in page
    assert "Bapak/Ibu memimpin" in page


def test_the_text_for_whatsapp_names_kind_leader_and_agenda():
    meeting = make.meeting(agenda=[{"title": "Pembukaan", "minutes": 15}])

    page = html.unescape(browser(meeting.planned_by).get(meeting.get_absolute_url()).text)

    assert f"Rapat kerja: {meeting}" in page
    assert f"Pemimpin: {meeting.leader}" in page
    assert "1. Pembukaan" in page


def test_the_calendar_entry_of_a_meeting_names_its_leader():
    meeting = make.meeting()

    file = browser(meeting.planned_by).get(reverse("calendar-file", args=[meeting.pk]))

    text = file.content.decode().replace("\r\n ", "")
    assert f"Pemimpin: {meeting.leader}" in text
    assert "Guru model" not in text


def test_a_held_meeting_asks_no_sheets():
    meeting = make.meeting(starts_in=timedelta(hours=-3))
    page = browser(meeting.planned_by)

    answer = page.post(reverse("hold-session", args=[meeting.pk]), follow=True)

    assert "Pertemuan dinyatakan terlaksana." in answer.text
    assert "lembarnya" not in answer.text


def test_the_list_takes_as_many_queries_for_many_meetings_as_for_one():
    group = make.group()
    chair = make.chair(group)
    counts = []
    for number in (1, 12):
        for _each in range(number):
            make.meeting(of=group, leader=make.member(group))
        page = browser(chair)
        page.get(reverse("sessions"))
        with CaptureQueriesContext(connection) as queries:
            page.get(reverse("sessions"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
