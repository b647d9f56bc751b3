"""The pages of a session while it goes on, and after it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from sessions import services
from sessions.models import Minutes, MinutesRevision, ModelSession, Question
from tests import make

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def session() -> ModelSession:
    return make.session(starts_in=-timedelta(minutes=10))


def page_of(client, session, user) -> str:
    client.force_login(user)
    answer = client.get(reverse("live", args=[session.pk]))
    assert answer.status_code == 200
    return answer.text


def poll_address(page: str) -> str:
    return page.split('url="/live/')[1].join(["/live/", ""]).split('"')[0]


def ask(session, by, text="Berapa lama daun direndam?") -> Question:
    return services.ask_question(session, by=by, text=text, submission=uuid4())


def test_who_is_there_already_is_not_asked_to_check_in(client, session):
    there, elsewhere = session.participations.first(), make.member(session.group)
    services.invite(session, elsewhere, by=session.planned_by, role="participant")
    services.tick_attendance(session, by=session.planned_by, attendance={there.user_id: "present"})

    pages = [page_of(client, session, user) for user in (there.user, elsewhere)]

    assert ["Catat kehadiran saya" in page for page in pages] == [False, True]


def test_live_page_shows_clock_people_questions_and_minutes(client, session):
    services.start_clock(session, by=session.teacher)
    asker = session.participations.first()
    asker.attendance = "present"
    asker.save()
    ask(session, asker.user)
    services.save_minutes(
        session, by=session.planned_by, revision=0, proceedings="Dibuka.", closing=""
    )

    page = page_of(client, session, make.member(session.group))

    assert 'data-clock="runs"' in page
    assert "1 dari 1 orang hadir" in page
    assert "Berapa lama daun direndam?" in page
    assert "Dibuka." in page
    assert "Mulai jam sesi" not in page


@pytest.mark.parametrize("many", [1, 30])
def test_live_page_asks_the_same_for_one_and_for_thirty(
    client, many: int, django_assert_max_num_queries
):
    group = make.group()
    for _n in range(many):
        make.member(group)
    session = make.session(of=group, starts_in=-timedelta(minutes=10))
    session.participations.update(attendance="present")
    for part in session.participations.all():
        ask(session, part.user)
    page_of(client, session, session.planned_by)

    with django_assert_max_num_queries(14):
        client.get(reverse("live", args=[session.pk]))


def test_a_poll_costs_one_query_and_says_nothing_when_nothing_changed(
    client, session, django_assert_num_queries
):
    address = poll_address(page_of(client, session, session.teacher))
    session.refresh_from_db()
    client.logout()
    client.cookies.clear()

    with django_assert_num_queries(1):
        answer = client.get(f"{address}?v={session.live_version}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_poll_gets_the_parts_that_changed_made_once_for_all(
    client, session, django_assert_num_queries
):
    address = poll_address(page_of(client, session, session.teacher))
    session.refresh_from_db()
    first = client.get(address).json()
    ask(session, session.teacher)
    client.logout()
    client.cookies.clear()

    answer = client.get(f"{address}?v={first['version']}").json()
    with django_assert_num_queries(1):
        again = client.get(f"{address}?v={first['version']}").json()

    assert set(first["parts"]) >= {"clock", "agenda", "questions", "present", "minutes"}
    assert list(answer["parts"]) == ["questions"]
    assert "Berapa lama daun direndam?" in answer["parts"]["questions"]
    assert answer["version"] == first["version"] + 1
    assert again == answer


def test_what_all_see_is_the_same_for_all(client, session):
    ask(session, session.teacher)
    pages = [page_of(client, session, user) for user in (session.teacher, session.planned_by)]
    one, other = (client.get(poll_address(page)).json() for page in pages)

    assert one == other


def test_a_token_runs_out_and_is_given_anew_only_to_who_may_read(client, session):
    stranger = make.person()
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        address = poll_address(page_of(client, session, session.teacher))
        clock.shift(timedelta(minutes=5, seconds=1))
        late = client.get(address)
        renewed = client.get(reverse("live-ticket", args=[session.pk])).json()["url"]
        fresh = client.get(renewed)

    client.force_login(stranger)
    refused = client.get(reverse("live-ticket", args=[session.pk]))

    assert [late.status_code, fresh.status_code, refused.status_code] == [403, 200, 404]
    assert client.get("/live/forged/").status_code == 403


def test_who_leads_starts_and_corrects_the_clock(client, session):
    client.force_login(session.teacher)
    client.post(reverse("start-clock", args=[session.pk]))
    again = client.post(reverse("start-clock", args=[session.pk]), follow=True)
    earlier = timezone.localtime() - timedelta(minutes=5)
    refused = client.post(
        reverse("correct-clock", args=[session.pk]),
        {"started_at": f"{earlier:%Y-%m-%dT%H:%M}", "reason": ""},
    )
    client.post(
        reverse("correct-clock", args=[session.pk]),
        {"started_at": f"{earlier:%Y-%m-%dT%H:%M}", "reason": "Lupa."},
    )

    session.refresh_from_db()
    assert "Jam sesi sudah berjalan." in again.text
    assert refused.status_code == 422
    assert session.minute_at(timezone.now()) in {5, 6}


def test_questions_are_asked_answered_and_taken_back(client, session):
    asker = make.member(session.group)
    session.participations.create(user=asker)
    client.force_login(asker)
    words = {"text": "Mengapa?", "submission": uuid4()}
    for _twice in range(2):
        client.post(reverse("ask-question", args=[session.pk]), words)
    client.post(
        reverse("ask-question", args=[session.pk]), {"text": "Lagi?", "submission": uuid4()}
    )
    empty = client.post(
        reverse("ask-question", args=[session.pk]), {"text": "", "submission": uuid4()}
    )
    first, second = session.questions.order_by("pk")
    client.post(reverse("remove-question", args=[second.pk]))
    client.force_login(session.teacher)
    client.post(reverse("mark-answered", args=[session.pk]), {"question": first.pk})

    assert empty.status_code == 422
    assert [bool(one.answered_at) for one in session.questions.all()] == [True]
    other = make.session(of=session.group, starts_in=timedelta(days=3))
    foreign = client.post(reverse("mark-answered", args=[other.pk]), {"question": first.pk})
    assert foreign.status_code == 404


def write(client, session, text, revision=0, **headers):
    return client.post(
        reverse("minutes", args=[session.pk]),
        {"revision": revision, "proceedings": text, "closing": ""},
        headers=headers,
    )


def test_minutes_are_saved_by_the_form_and_by_themselves(client, session):
    client.force_login(session.planned_by)

    by_form = write(client, session, "Dibuka.")
    by_itself = write(client, session, "Dibuka. Lalu.", 1, **JSON)

    assert by_form.status_code == 302
    assert by_itself.json()["revision"] == 2
    assert Minutes.objects.get().proceedings == "Dibuka. Lalu."


def test_the_other_writer_is_told_who_writes_and_may_take_over(client, session):
    services.save_minutes(
        session, by=session.planned_by, revision=0, proceedings="Dibuka.", closing=""
    )
    client.force_login(make.chair(session.group))
    address = reverse("minutes", args=[session.pk])

    page = client.get(address).text
    taken = client.post(reverse("take-pen", args=[session.pk]), headers=JSON)
    client.post(reverse("take-pen", args=[session.pk]), {"force": "1"})
    after = client.get(address).text

    assert f"{session.planned_by} sedang menulis" in page
    assert "<textarea" not in page.split('id="decisions"')[0]
    assert taken.status_code == 423
    assert "sedang menulis" in taken.json()["words"]
    assert 'name="proceedings"' in after


def test_late_words_are_kept_shown_beside_the_text_and_settled_by_hand(client, session):
    services.save_minutes(
        session, by=session.planned_by, revision=0, proceedings="Dari laptop.", closing=""
    )
    client.force_login(session.planned_by)

    told = write(client, session, "Dari HP.", 0, **JSON)
    by_form = write(client, session, "Dari HP lama.", 0)
    strays = MinutesRevision.objects.order_by("pk")
    client.post(reverse("settle-revision", args=[strays[0].pk]))
    page = client.get(reverse("minutes", args=[session.pk])).text

    assert told.status_code == by_form.status_code == 409
    assert "Dari laptop." in by_form.text
    assert "Dari HP lama." in by_form.text
    assert "Dari HP." not in page
    assert "Dari HP lama." in page


def test_decisions_come_and_go(client, session):
    client.force_login(session.planned_by)
    words = {"text": "Cetak kartu.", "responsible": "Budi", "submission": uuid4()}
    for _twice in range(2):
        client.post(reverse("add-decision", args=[session.pk]), words)
    shown = client.get(reverse("minutes", args=[session.pk])).text
    decision = session.decisions.get()
    client.post(reverse("remove-decision", args=[decision.pk]))

    assert "Cetak kartu." in shown
    assert not session.decisions.exists()


def test_closing_shows_what_is_missing_and_closes_with_one_button(client):
    session = make.session(starts_in=-timedelta(hours=3))
    ModelSession.objects.filter(pk=session.pk).update(lesson_hours=2)
    silent = make.member(session.group)
    session.participations.create(user=silent)
    session.participations.filter(user=session.planned_by).update(attendance="present")
    client.force_login(session.planned_by)
    address = reverse("close-session", args=[session.pk])

    page = client.get(address).text
    client.post(address)
    after = client.get(address).text
    saya = client.get(reverse("me")).text

    assert "menjadi “tanpa keterangan”" in page
    assert silent.name in page
    assert "Notula masih kosong." in page
    assert "2 JP" in page
    assert "Sesi sudah ditutup" in after
    assert "2 JP" in saya
    client.post(reverse("reopen-session", args=[session.pk]), {"reason": "Ani belum tercatat."})
    session.refresh_from_db()
    assert not session.is_closed


def test_the_sheet_of_an_observer_counts_from_the_lesson_clock(client):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=10))
    make.indicator()
    services.start_clock(session, by=session.teacher)
    client.force_login(observer)

    page = client.get(reverse("observe", args=[session.pk])).text
    moments = client.get(reverse("lesson-clock", args=[session.pk])).json()

    assert "Menit 0" in page
    assert moments["start"] == session.clock_started_at.isoformat()


def test_the_live_page_leads_into_the_room_while_its_doors_are_open(client, session):
    ModelSession.objects.filter(pk=session.pk).update(
        mode="online", online_link="https://meet.google.com/abc-defg-hij"
    )

    page = page_of(client, session, session.teacher)

    assert reverse("join-session", args=[session.pk]) in page
    assert "meet.google.com" not in page


def test_parts_are_made_in_the_language_of_who_asks(client, session):
    reader = session.teacher
    reader.language = "en"
    reader.save()

    english = client.get(poll_address(page_of(client, session, reader))).json()["parts"]
    indonesian = client.get(poll_address(page_of(client, session, session.planned_by))).json()

    assert "No questions yet." in english["questions"]
    assert "Belum ada pertanyaan." in indonesian["parts"]["questions"]
    assert english.keys() == indonesian["parts"].keys()
