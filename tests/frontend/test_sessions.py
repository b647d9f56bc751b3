"""The pages of sessions: what is on them, for whom, and what their buttons do."""

import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from frontend.sessions import CSRF_MARK
from groups.roles import Role
from observations.services import choose_focus
from reinforcement.services import write_reflection
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TITLE = "Mengapa daun tidak semuanya hijau?"


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


# --- the list -----------------------------------------------------------------------------------
def test_sessions_page_shows_what_comes_and_with_past_what_was(client):
    group = make.group()
    member = make.member(group)
    soon = make.session(of=group)
    over = make.session(of=group, starts_in=-timedelta(hours=3))
    held = make.session(of=group, held=True)
    cancelled = make.session(of=group, cancelled=True)
    make.session()
    client.force_login(member)

    coming, past = main(client.get("/sessions/")), main(client.get("/sessions/?when=past"))

    assert coming.index(over.get_absolute_url()) < coming.index(soon.get_absolute_url())
    assert coming.count(TITLE) == 2
    assert "Menunggu dinyatakan terlaksana" in coming
    assert "Rencanakan sesi" not in coming
    assert past.index(cancelled.get_absolute_url()) < past.index(held.get_absolute_url())
    assert past.count(TITLE) == 2
    assert "Dibatalkan" in past
    assert "Terlaksana" in past


def test_sessions_page_says_what_i_answered_and_is_filtered_by_cycle_and_group(client):
    one, two = make.group(), make.group()
    cycle = make.cycle(of=one)
    user = make.member(one)
    user.memberships.create(group=two)
    user = User.objects.get(pk=user.pk)
    make.session(of=one)
    other = make.session(of=two)
    services.answer_invitation(make.participation(other, user), by=user, answer="coming")
    client.force_login(user)

    all_of_them = main(client.get("/sessions/"))
    of_cycle = main(client.get(f"/sessions/?cycle={cycle.pk}"))
    of_group = main(client.get(f"/sessions/?group={two.pk}"))

    assert all_of_them.count(TITLE) == 2
    assert "Belum dijawab" in of_cycle
    assert "Jawaban saya" not in of_cycle
    assert "Jawaban saya: Hadir" in of_group
    assert "Belum dijawab" not in of_group
    assert client.get("/sessions/?cycle=0").status_code == 404


def test_sessions_page_without_sessions_says_what_to_do(client):
    group = make.group()

    for user, words in (
        (make.member(group), "Pengurus kelompok merencanakan sesi"),
        (make.chair(group), reverse("plan-session")),
    ):
        client.force_login(user)
        assert words in main(client.get("/sessions/"))


def test_sessions_page_of_who_is_in_no_group_points_home(client):
    client.force_login(make.principal(make.school()))

    page = client.get(reverse("sessions")).text

    assert "Belum ada sesi yang mengundang Bapak/Ibu" in page
    assert "Tawarkan diri menjadi guru model" not in page


def test_sessions_page_asks_the_same_for_one_row_and_for_thirty(
    client, django_assert_max_num_queries
):
    group = make.group()
    user = make.chair(group)
    first = make.session(of=group)
    client.force_login(user)
    client.get("/sessions/")
    with django_assert_max_num_queries(5) as one:
        client.get("/sessions/")
    start = first.starts_at
    for day in range(1, 30):
        services.plan_session(
            group, by=user, teacher=first.teacher, submission=uuid4(), title=TITLE, goal="Tahu.",
            despite=EVERYTHING, phase=first.phase, grade=8, place="Aula",
            starts_at=start + timedelta(days=day), ends_at=start + timedelta(days=day, hours=1),
        )  # fmt: skip

    with django_assert_max_num_queries(len(one)):
        page = client.get("/sessions/").text

    assert page.count(TITLE) == 20
    assert "Muat lagi" in page
    more = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(f"/sessions/{more}", headers=HTMX).text.count(TITLE) == 10


# --- one session --------------------------------------------------------------------------------
def test_session_page_tells_when_where_who_and_what_for(client):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer])
    client.force_login(observer)

    page = main(client.get(session.get_absolute_url()))

    assert f"<h1>{TITLE}</h1>" in page
    assert session.teacher.full_name in page
    assert "Kebun sekolah" in page
    assert session.goal in page
    assert "kelas 8 · Fase D" in page
    assert "Bapak/Ibu sendiri" in page
    assert "2\xa0belum\xa0menjawab" in page
    assert "Guru model belum memilih fokus." in page
    assert "Urus sesi" not in page
    assert "Salin daftar konfirmasi" not in page
    assert f"http://testserver{session.get_absolute_url()}" in page


def test_session_page_asks_eleven_times_at_most_however_many_came(
    client, django_assert_max_num_queries
):
    group = make.group()
    for _ in range(30):
        make.member(group)
    observer = make.member(group, Role.CORE_TEACHER)
    session = make.session(of=group, observers=[observer], held=True)
    make.observation(of=session, submitted=True)
    board = session.planned_by

    for user in (board, observer, session.teacher):
        client.force_login(user)
        client.get(session.get_absolute_url())
        with django_assert_max_num_queries(4):
            client.get(session.get_absolute_url())
        happens(session.group)
        with django_assert_max_num_queries(11):
            client.get(session.get_absolute_url())


def happens(group) -> None:
    """Something is written to the log, which has every page made anew."""
    services.plan_session(
        group, by=make.chair(group), teacher=make.member(group), submission=uuid4(), title=TITLE,
        goal="Tahu.", despite=EVERYTHING, phase=make.phase(), grade=8, place="Aula",
        starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip


def test_session_page_is_kept_for_one_person_and_its_forms_for_one_sign_in(client):
    session = make.session()
    part = session.participations.get()
    client.force_login(part.user)
    before = client.get(session.get_absolute_url()).text
    client.force_login(part.user)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(part.user)
    again = browser.get(session.get_absolute_url()).text
    token = again.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    answer = browser.post(
        reverse("answer-invitation", args=[session.pk]),
        {"answer": "coming", "csrfmiddlewaretoken": token},
    )

    assert "Apakah Bapak/Ibu hadir?" in before
    assert CSRF_MARK not in before + again
    assert answer.status_code == 302
    assert "Terkirim" in browser.get(session.get_absolute_url()).text
    browser.force_login(session.teacher)
    assert "Terkirim" not in browser.get(session.get_absolute_url()).text


def test_session_page_is_gone_at_once_when_membership_ended(client):
    session = make.session()
    member = make.member(session.group)
    client.force_login(member)
    before = client.get(session.get_absolute_url()).status_code

    member.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert (before, client.get(session.get_absolute_url()).status_code) == (200, 404)


def test_session_page_is_gone_at_once_when_an_appointment_ended(client):
    session = make.session()
    assert session.teacher.school
    supervisor = make.supervisor(session.teacher.school)
    client.force_login(supervisor)
    before = client.get(session.get_absolute_url()).status_code

    supervisor.appointments.update(
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )

    assert (before, client.get(session.get_absolute_url()).status_code) == (200, 404)


def test_session_page_follows_the_persons_time_zone_at_once(client):
    session = make.session()
    client.force_login(session.teacher)
    before = client.get(session.get_absolute_url()).text

    User.objects.filter(pk=session.teacher_id).update(time_zone=User.TimeZone.WIT)

    after = client.get(session.get_absolute_url()).text
    assert ("WITA" in before, "WITA" in after) == (True, False)


def test_session_page_of_another_group_is_not_there(client):
    session = make.session()
    outsider = make.chair(make.group())
    client.force_login(outsider)

    found = [
        client.get(reverse(name, args=[session.pk])).status_code
        for name in ("session", "change-session", "cancel-session", "attendance", "invite-person",
                     "lesson-plan", "choose-focus", "observe")
    ]  # fmt: skip
    sent = [
        client.post(reverse(name, args=[session.pk])).status_code
        for name in ("hold-session", "answer-invitation", "cancel-session", "attendance")
    ]

    assert set(found) | set(sent) == {404}
    assert ModelSession.objects.get().is_planned


def step_of(client, user, session) -> str:
    """The words of the primary button on the session's page."""
    client.force_login(user)
    page = main(client.get(session.get_absolute_url()))
    if "btn btn-primary" not in page:
        return ""
    button = page.split("btn btn-primary")[1].split("</svg>")[1]
    return button.split("<")[0].strip()


def test_session_page_offers_the_next_step_of_each_role(client):
    group = make.group()
    observer = make.member(group)
    planned = make.session(of=group, observers=[observer])
    begun = make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=5))
    over = make.session(of=group, observers=[observer], starts_in=-timedelta(hours=2))
    held = make.session(of=group, observers=[observer], starts_in=-timedelta(hours=4), held=True)

    assert step_of(client, planned.teacher, planned) == "Pilih fokus pengamatan"
    assert step_of(client, observer, planned) == "Hadir"
    assert step_of(client, observer, begun) == "Buka lembar observasi"
    assert step_of(client, begun.teacher, begun) == "Nyatakan terlaksana"
    assert step_of(client, over.planned_by, over) == "Nyatakan terlaksana"
    assert step_of(client, observer, held) == "Buka lembar observasi"
    assert step_of(client, held.teacher, held) == "Tulis refleksi"

    make.observation(of=held)
    assert step_of(client, observer, held) == "Lanjutkan lembar observasi"
    make.observation(of=held, submitted=True)
    assert step_of(client, observer, held) == "Beri umpan balik"
    write_reflection(
        held, by=held.teacher, target="Murid bertanya.", went_well="Meja 5 bertanya.",
        not_yet="Waktu habis.", learned="Menunggu lima detik.",
    )  # fmt: skip
    assert step_of(client, held.teacher, held) == "Pilih satu tindak lanjut"
    assert step_of(client, make.member(group), planned) == ""


def test_guru_model_learns_that_sheets_wait_for_her_reflection(client):
    sheet = make.observation(submitted=True)
    client.force_login(sheet.session.teacher)

    waiting = main(client.get(sheet.session.get_absolute_url()))
    make.reflection(on=sheet.session)
    opened = main(client.get(sheet.session.get_absolute_url()))

    assert "Terbuka begitu Bapak/Ibu menulis refleksi" in waiting
    assert sheet.get_absolute_url() not in waiting
    assert sheet.get_absolute_url() in opened


def test_cancelled_session_shows_why_and_offers_nothing(client):
    session = make.session(cancelled=True)
    client.force_login(session.planned_by)

    page = main(client.get(session.get_absolute_url()))

    assert "Guru model sakit." in page
    assert "Urus sesi" not in page
    assert "btn-primary" not in page


def test_hostile_words_are_shown_as_words(client):
    session = make.session()
    evil = "<script>alert(1)</script>"
    services.change_session(session, by=session.teacher, title=evil, goal=evil, place=evil)
    client.force_login(session.teacher)

    for url in (session.get_absolute_url(), "/sessions/"):
        page = client.get(url).text
        assert evil not in page
        assert "&lt;script&gt;" in page


# --- planning -----------------------------------------------------------------------------------
def words_of(group, **changes) -> dict[str, object]:
    make.phase()
    return {
        "submission": str(uuid4()),
        "title": "Perbandingan senilai",
        "teacher": make.member(group).pk,
        "goal": "Murid menemukan pola.",
        "grade": 7,
        "starts_at": "2026-12-03T09:00",
        "ends_at": "2026-12-03T10:20",
        "mode": "in_person",
        "school": "",
        "place": "Aula",
        "online_link": "",
        "despite": " ".join(EVERYTHING),
    } | changes


def test_plan_session_page_plans_once_and_says_how_many_are_invited(client):
    group = make.group()
    board, observer = make.chair(group), make.member(group)
    words = words_of(group, observers=[observer.pk])
    client.force_login(board)

    form = main(client.get(reverse("plan-session")))
    first = client.post(reverse("plan-session"), words)
    second = client.post(reverse("plan-session"), words)

    session = ModelSession.objects.get()
    assert 'name="submission"' in form
    assert "datetime-local" in form
    assert first.url == second.url == session.get_absolute_url()
    assert (session.phase.code, session.grade) == ("D", 7)
    assert timezone.localtime(session.starts_at).isoformat() == "2026-12-03T09:00:00+08:00"
    assert session.participations.get(user=observer).role == "observer"
    assert "2 orang diundang" in client.get(first.url).text


def test_a_meeting_is_closed_at_once_and_never_called_held(client):
    going_on = make.meeting(starts_in=timedelta(hours=-1))
    over = make.meeting(of=going_on.group, starts_in=timedelta(hours=-3))
    client.force_login(going_on.planned_by)

    during, after = (main(client.get(one.get_absolute_url())) for one in (going_on, over))

    assert "Nyatakan terlaksana" not in during + after
    assert f'class="btn btn-primary w-full" href="/sessions/{over.pk}/close/"' in after
    assert f'class="btn btn-primary w-full" href="/sessions/{going_on.pk}/close/"' not in during


def test_plan_session_page_proposes_the_next_meeting_day(client):
    group = make.group()
    group.weekday = 3
    group.save()
    client.force_login(make.chair(group))

    form = main(client.get(reverse("plan-session")))

    value = form.split('name="starts_at" value="')[1].split('"')[0]
    day = timezone.localdate().fromisoformat(value[:10])
    assert day.weekday() == 3
    assert timezone.localdate() < day <= timezone.localdate() + timedelta(days=7)
    assert value.endswith("T09:00")


def test_plan_session_page_words_what_does_not_fit_beside_its_field(client):
    group = make.group()
    board = make.chair(group)
    other = make.session(of=group)
    start = timezone.localtime(other.starts_at)
    client.force_login(board)
    clash = words_of(
        group,
        teacher=other.teacher_id,
        starts_at=f"{start:%Y-%m-%dT%H:%M}",
        ends_at=f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    )

    for words, said in (
        (words_of(group, ends_at="2026-12-03T08:00"), "Sesi berakhir sebelum mulai."),
        (words_of(group, place=""), "Sesi luring dan bauran perlu sekolah atau tempat."),
        (words_of(group, mode="online"), "Sesi daring dan bauran perlu tautan."),
        (words_of(group, teacher=make.person().pk), "Masukkan pilihan yang valid"),
        (words_of(group, grade=12), "Masukkan pilihan yang valid"),
        (clash, f"sudah menjadi guru model “{TITLE}”"),
    ):
        answer = client.post(reverse("plan-session"), words)
        assert answer.status_code == 422
        assert said in main(answer)
        assert 'value="Perbandingan senilai"' in answer.text

    assert group.sessions.count() == 1


def test_plan_session_page_refuses_a_file_that_lies(client):
    group = make.group()
    client.force_login(make.chair(group))
    lie = SimpleUploadedFile("modul.pdf", b"MZ program")

    answer = client.post(reverse("plan-session"), words_of(group, lesson_plan=lie))

    assert answer.status_code == 422
    assert "bukan PDF" in answer.text
    assert not ModelSession.objects.exists()


def test_plan_session_is_for_the_board_and_asks_which_group(client):
    one, two = make.group(), make.group()
    board = make.chair(one)
    board.memberships.create(group=two, role=Role.CHAIR)
    client.force_login(board)
    choice = main(client.get(reverse("plan-session")))
    chosen = main(client.get(reverse("plan-session") + "?" + urlencode({"group": two.pk})))
    client.force_login(make.member(one))

    refused = client.get(reverse("plan-session"))

    assert one.name in choice
    assert two.name in choice
    assert f'<p class="lede">{two}</p>' in chosen
    assert refused.status_code == 403
    assert "Hanya pengurus kelompok" in refused.text
    client.force_login(make.person())
    assert client.get(reverse("plan-session")).status_code == 404


def test_change_session_page_keeps_the_lesson_plan_and_changes_the_rest(client):
    session = make.session()
    services.change_session(
        session, by=session.teacher, lesson_plan=make.file(b"%PDF-1.4 a", "a.pdf")
    )
    words = words_of(session.group, title="Pigmen daun", grade=9)
    client.force_login(session.teacher)
    url = reverse("change-session", args=[session.pk])

    form = main(client.get(url))
    answer = client.post(url, words)

    session.refresh_from_db()
    assert "Sekarang: a.pdf, versi 1." in form
    assert answer.url == session.get_absolute_url()
    assert (session.title, session.grade, session.lesson_plan_versions) == ("Pigmen daun", 9, 1)


def test_a_change_says_when_it_asks_everybody_again(client):
    session = make.session()
    client.force_login(session.planned_by)
    url = reverse("change-session", args=[session.pk])
    local = timezone.localtime(session.starts_at)
    same = words_of(
        session.group,
        starts_at=f"{local:%Y-%m-%dT%H:%M:%S.%f}",
        ends_at=f"{timezone.localtime(session.ends_at):%Y-%m-%dT%H:%M:%S.%f}",
    )

    said = [client.post(url, words, follow=True).text for words in (same, words_of(session.group))]

    assert ["diminta menjawab lagi." in page for page in said] == [False, True]


def test_lesson_plan_is_downloaded_by_those_who_read_the_session(client):
    session = make.session()
    services.change_session(
        session, by=session.teacher, lesson_plan=make.file(b"%PDF-1.4 a", "Modul.pdf")
    )
    url = reverse("lesson-plan", args=[session.pk])
    client.force_login(session.participations.get().user)

    answer = client.get(url)

    assert b"".join(answer.streaming_content) == b"%PDF-1.4 a"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Modul.pdf"'
    client.force_login(make.person())
    assert client.get(url).status_code == 404


def test_a_session_without_lesson_plan_has_none_to_download(client):
    session = make.session()
    client.force_login(session.teacher)

    assert client.get(reverse("lesson-plan", args=[session.pk])).status_code == 404


# --- cancelling and holding ---------------------------------------------------------------------
def test_cancel_session_page_needs_a_reason(client):
    session = make.session()
    url = reverse("cancel-session", args=[session.pk])
    client.force_login(session.planned_by)

    empty = client.post(url, {"cancel_reason": ""})
    done = client.post(url, {"cancel_reason": "Banjir di jalan."})

    session.refresh_from_db()
    assert empty.status_code == 422
    assert done.url == session.get_absolute_url()
    assert session.cancel_reason == "Banjir di jalan."


def test_stale_pages_are_refused_with_the_reason(client):
    session = make.session(starts_in=-timedelta(hours=2))
    board = session.planned_by
    services.cancel_session(session, by=board, reason="Banjir.")
    client.force_login(board)

    answers = [
        client.post(reverse(name, args=[session.pk]), words)
        for name, words in (
            ("hold-session", {}),
            ("cancel-session", {"cancel_reason": "Lagi."}),
            ("change-session", words_of(session.group)),
            ("answer-invitation", {"answer": "coming"}),
            ("attendance", {"all": "1"}),
        )
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert all("Sesi ini dibatalkan." in answer.text for answer in answers)
    session.refresh_from_db()
    assert session.cancel_reason == "Banjir."


def test_hold_session_button_holds_once(client):
    session = make.session(starts_in=-timedelta(hours=2))
    client.force_login(session.teacher)
    url = reverse("hold-session", args=[session.pk])

    first, second = client.post(url), client.post(url)

    assert first.url == session.get_absolute_url()
    assert second.status_code == 403
    assert "Sesi ini sudah terlaksana." in second.text
    assert client.get(url).status_code == 405


# --- people -------------------------------------------------------------------------------------
def test_answer_is_sent_with_and_without_htmx(client):
    session = make.session()
    part = session.participations.get()
    url = reverse("answer-invitation", args=[session.pk])
    client.force_login(part.user)

    plain = client.post(url, {"answer": "not_coming", "reason": "Ada rapat."})
    part.refresh_from_db()
    reason = part.answer_reason
    partial = client.post(url, {"answer": "coming"}, headers=HTMX)

    assert plain.url == f"{session.get_absolute_url()}#answer"
    assert reason == "Ada rapat."
    assert "1\xa0hadir" in partial.text
    assert "Terkirim" in partial.text
    assert 'aria-pressed="true"' in partial.text
    assert "<h1>" not in partial.text


def test_nobody_is_asked_to_come_to_what_is_over(client):
    session = make.session(starts_in=timedelta(hours=-5))
    part = session.participations.first()
    client.force_login(part.user)

    page = client.get(session.get_absolute_url()).text

    assert "Apakah Bapak/Ibu hadir?" not in page
    assert "Salin undangan untuk WhatsApp" not in page
    assert "Tambah ke kalender" not in page
    assert "1\xa0belum\xa0menjawab" in page


def test_a_warning_is_waved_through_with_one_button(client):
    group = make.group()
    client.force_login(make.chair(group))
    place = f"{reverse('plan-session')}?group={group.pk}"
    times = {"starts_at": "2028-08-13T09:00", "ends_at": "2028-08-13T10:20"}
    words = words_of(group, despite="", **times)

    asked = client.post(place, words)
    [keys] = re.findall(r'name="despite"\s+value="([^"]+)"', asked.text)
    client.post(place, words | {"despite": keys})

    assert asked.status_code == 422
    assert "Itu hari Minggu." in asked.text
    assert ModelSession.objects.get().title == words["title"]


def test_answer_without_a_choice_is_asked_again(client):
    session = make.session()
    part = session.participations.get()
    client.force_login(part.user)

    answer = client.post(
        reverse("answer-invitation", args=[session.pk]), {"answer": ""}, headers=HTMX
    )

    assert answer.status_code == 422
    assert "Pilih salah satu jawaban." in answer.text


def test_answer_of_who_is_not_invited_has_no_page(client):
    session = make.session()
    client.force_login(make.member(session.group))

    answer = client.post(reverse("answer-invitation", args=[session.pk]), {"answer": "coming"})

    assert answer.status_code == 404


def test_attendance_page_ticks_one_by_one_and_the_rest_at_once(client):
    group = make.group()
    one, two = make.member(group), make.member(group)
    session = make.session(of=group, held=True)
    board = session.planned_by
    client.force_login(board)
    url = reverse("attendance", args=[session.pk])

    page = main(client.get(url))
    client.post(url, {f"person-{one.pk}": "sick"})
    invited = {f"was-{one.pk}": "sick", f"was-{two.pk}": "", f"was-{board.pk}": ""}
    client.post(url, {**invited, "all": "1", f"person-{one.pk}": "sick"})
    unknown = client.post(url, {"person-0": "present"})

    # Three who were invited, and the guru model.
    assert page.count("<fieldset") == 4
    assert page.count('type="radio"') == 20
    assert page.count('name="was-') == 3
    assert dict(session.participations.values_list("user", "attendance")) == {
        one.pk: "sick",
        two.pk: "present",
        board.pk: "present",
    }
    assert unknown.status_code == 422
    assert "tidak diundang" in unknown.text
    shown = main(client.get(session.get_absolute_url()))
    assert "2 hadir" in shown
    assert "1 sakit" in shown


def test_attendance_page_is_for_the_board(client):
    session = make.session(held=True)
    client.force_login(session.teacher)

    answer = client.get(reverse("attendance", args=[session.pk]))

    assert answer.status_code == 403
    assert "Hanya pengurus kelompok" in answer.text


def test_attendance_page_asks_the_same_for_few_and_many(client, django_assert_max_num_queries):
    session = make.session(held=True)
    client.force_login(session.planned_by)
    url = reverse("attendance", args=[session.pk])
    client.get(url)
    with django_assert_max_num_queries(7) as few:
        client.get(url)
    for _ in range(30):
        services.invite(
            session, make.member(session.group), by=session.planned_by, role="participant"
        )

    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_invite_page_of_a_meeting_offers_no_observers(client):
    meeting = make.meeting()
    guest = make.person()
    make.member(meeting.group)
    client.force_login(meeting.planned_by)
    url = reverse("invite-person", args=[meeting.pk])

    page = main(client.get(url, {"q": guest.name}))
    refused = client.post(url, {"person": guest.pk, "role": "observer"})

    assert "engamat" not in page
    assert 'value="resource_person"' in page
    assert refused.status_code == 422
    assert "Pertemuan tidak memakai pengamat." in main(refused)


def test_invite_page_finds_people_and_gives_roles(client):
    session = make.session()
    guest = make.person()
    member = session.participations.get().user
    client.force_login(session.planned_by)
    url = reverse("invite-person", args=[session.pk])

    found = main(client.get(url, {"q": guest.name}))
    client.post(url, {"person": guest.pk, "role": "resource_person"})
    client.post(url, {"person": member.pk, "role": "observer"})
    again = client.post(url, {"person": member.pk, "role": "observer"})

    assert "Jadikan pengamat" in found
    assert "Undang sebagai narasumber" in found
    assert dict(session.participations.values_list("user", "role")) == {
        guest.pk: "resource_person",
        member.pk: "observer",
    }
    assert again.status_code == 422
    assert f"{member} sudah diundang." in main(again)


def test_focus_shows_on_the_session_page(client):
    session = make.session()
    indicator = make.indicator()
    choose_focus(session, by=session.teacher, indicator=indicator)
    client.force_login(session.teacher)

    page = main(client.get(session.get_absolute_url()))

    assert indicator.name in page
    assert "Ganti fokus" in page
