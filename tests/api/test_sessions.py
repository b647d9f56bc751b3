from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework.test import APIClient

from accounts.models import User
from api.session_examples import DESPITE, LESSON, MEETING
from observations.models import Focus
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db
TITLE = "Mengapa daun tidak semuanya hijau?"


def api(user: User) -> APIClient:
    program = APIClient()
    program.force_authenticate(User.objects.get(pk=user.pk))
    return program


def plan_of(group, **changes) -> dict[str, object]:
    start = timezone.now() + timedelta(days=1)
    return {
        "group": group.pk,
        "teacher": make.member(group).pk,
        "submission": str(uuid4()),
        "title": TITLE,
        "goal": "Murid menjelaskan fungsi pigmen daun.",
        "phase": make.phase().pk,
        "grade": 8,
        "place": "Aula",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(minutes=80)).isoformat(),
        "despite": list(EVERYTHING),
    } | changes


def test_plan_once_for_chosen_people():
    group = make.group()
    board, one, _two = make.chair(group), make.member(group), make.member(group)
    plan = plan_of(group, observers=[one.pk], participants=[board.pk])

    first = api(board).post(reverse("session-list"), plan, format="json")
    second = api(board).post(reverse("session-list"), plan, format="json")

    session = ModelSession.objects.get()
    assert (first.status_code, first.data["id"]) == (201, session.pk)
    assert second.data["id"] == session.pk
    assert dict(session.participations.values_list("user", "role")) == {
        one.pk: "observer",
        board.pk: "participant",
    }


def test_the_examples_plan_what_they_say():
    group = make.group()
    board, leader, speaker = make.chair(group), make.member(group), make.member(group)
    people = {"leader": leader.pk, "note_taker": board.pk}
    agenda = [
        point | ({"speaker": speaker.pk} if "speaker" in point else {})
        for point in MEETING.value["agenda"]
    ]
    meeting = MEETING.value | people | {"group": group.pk, "agenda": agenda}
    lesson = LESSON.value | {
        "group": group.pk,
        "teacher": leader.pk,
        "observers": [speaker.pk],
        "phase": make.phase().pk,
    }

    met = api(board).post(reverse("session-list"), meeting, format="json")
    taught = api(board).post(reverse("session-list"), lesson, format="json")
    moved = api(board).patch(
        reverse("session-detail", args=[met.data["id"]]), DESPITE.value, format="json"
    )

    assert (met.status_code, taught.status_code, moved.status_code) == (201, 201, 200), met.data
    assert (met.data["kind"], met.data["teacher"], met.data["lesson_hours"]) == (
        "workshop",
        None,
        5,
    )
    assert [point["title"] for point in met.data["agenda"]] == [
        "Pembukaan",
        "Program semester",
        "Asesmen",
    ]
    assert met.data["agenda"][1]["speaker"] == speaker.pk
    assert met.data["agenda"][2]["speaker_name"] == "Dr. Sitti Rahma, BPMP"
    assert (taught.data["kind"], taught.data["observer_places"]) == ("lesson", 5)


def test_a_meeting_takes_nothing_of_a_lesson():
    group = make.group()
    board = make.chair(group)
    sent = plan_of(group, kind="sharing", observers=[make.member(group).pk])

    teaches = api(board).post(reverse("session-list"), sent, format="json")
    observed = api(board).post(
        reverse("session-list"),
        sent | {"teacher": None, "phase": None, "grade": None},
        format="json",
    )

    assert teaches.status_code == observed.status_code == 400
    assert list(observed.data) == ["observers"]
    assert not ModelSession.objects.exists()


def test_a_session_says_of_which_series_it_is():
    series = make.series(count=2)
    first, second = series.sessions.order_by("starts_at")
    services.change_session(first, by=series.made_by, place="Perpustakaan")
    alone = make.meeting(of=series.group, starts_in=timedelta(days=40))
    program = api(series.made_by)

    shown = [
        program.get(reverse("session-detail", args=[each.pk])).data
        for each in (first, second, alone)
    ]

    assert [one["series"] for one in shown] == [series.pk, series.pk, None]
    assert [one["deviates"] for one in shown] == [True, False, False]
    assert parse_datetime(shown[0]["occurs_at"]) == first.occurs_at
    assert shown[2]["occurs_at"] is None


def test_plan_with_its_file_invites_all_members_too():
    group = make.group()
    board, member = make.chair(group), make.member(group)
    file = SimpleUploadedFile("Modul.pdf", b"%PDF-1.4 a")

    answer = api(board).post(
        reverse("session-list"), plan_of(group, lesson_plan=file), format="multipart"
    )

    session = ModelSession.objects.get()
    assert (answer.status_code, session.lesson_plans.get().name) == (201, "Modul.pdf")
    assert set(session.participations.values_list("user", flat=True)) == {board.pk, member.pk}


def test_plan_is_refused_with_the_words_of_the_page():
    group = make.group()
    board = make.chair(group)
    plan = plan_of(group)
    late = plan_of(group, ends_at=plan["starts_at"], grade=12)
    lie = plan_of(group, lesson_plan=SimpleUploadedFile("a.pdf", b"MZ"))

    by_member = api(make.member(group)).post(reverse("session-list"), plan, format="json")
    wrong = api(board).post(reverse("session-list"), late, format="json")
    lied = api(board).post(reverse("session-list"), lie, format="multipart")
    unknown = api(board).post(reverse("session-list"), plan_of(group, teacher=0), format="json")

    assert by_member.status_code == 403
    assert by_member.data["detail"] == "Hanya pengurus kelompok yang dapat merencanakan sesi."
    assert wrong.data == {
        "ends_at": ["Sesi berakhir sebelum mulai."],
        "grade": ["Fase D adalah kelas 7 sampai 9."],
    }
    assert list(lied.data) == ["lesson_plan"]
    assert list(unknown.data) == ["teacher"]
    assert not ModelSession.objects.exists()


def test_change_cancel_and_hold():
    session = make.session()
    over = make.session(of=session.group, starts_in=-timedelta(hours=2))
    board = api(session.planned_by)

    changed = api(session.teacher).patch(
        reverse("session-detail", args=[session.pk]), {"place": "Kebun"}, format="json"
    )
    empty = board.post(reverse("session-cancel", args=[session.pk]), {}, format="json")
    cancelled = board.post(
        reverse("session-cancel", args=[session.pk]), {"reason": "Banjir."}, format="json"
    )
    held = api(over.teacher).post(reverse("session-hold", args=[over.pk]))
    again = api(over.teacher).post(reverse("session-hold", args=[over.pk]))

    assert changed.data["place"] == "Kebun"
    assert empty.status_code == 400
    assert (cancelled.data["status"], cancelled.data["cancel_reason"]) == ("cancelled", "Banjir.")
    assert held.data["status"] == "held"
    assert (again.status_code, again.data["detail"]) == (403, "Sesi ini sudah terlaksana.")


def test_lesson_plan_is_sent_and_fetched():
    session = make.session()
    file = SimpleUploadedFile("Modul.pdf", b"%PDF-1.4 a")
    url = reverse("session-lesson-plan", args=[session.pk])
    before = api(session.teacher).get(url)

    sent = api(session.teacher).patch(
        reverse("session-detail", args=[session.pk]), {"lesson_plan": file}, format="multipart"
    )
    fetched = api(session.participations.get().user).get(url)

    assert before.status_code == 404
    assert sent.data["lesson_plan_versions"] == 1
    assert fetched.getvalue() == b"%PDF-1.4 a"


def test_invite_attendance_and_focus():
    session = make.session(starts_in=-timedelta(minutes=5))
    board, guest = session.planned_by, make.person()
    program = api(board)
    here = [session.pk]

    invited = program.post(
        reverse("session-invite", args=here), {"person": guest.pk, "role": "observer"}
    )
    ticked = program.post(
        reverse("session-attendance", args=here),
        {"attendance": {str(guest.pk): "late"}},
        format="json",
    )
    wrong = [
        program.post(reverse("session-attendance", args=here), {"attendance": words}, format="json")
        for words in ({"x": "late"}, {"0": "late"}, {"9" * 5000: "late"}, {str(guest.pk): "datang"})
    ]
    program.post(reverse("session-focus", args=here), {"indicator": make.indicator().pk})

    assert (invited.status_code, invited.data["role"]) == (201, "observer")
    assert ticked.status_code == 200
    assert [answer.status_code for answer in wrong] == [400] * 4
    assert wrong[0].data == {"attendance": ["Sebut tiap orang dengan nomornya."]}
    assert make.participation(session, guest).attendance == "late"
    assert Focus.objects.get().session == session


def test_answer_ones_own_invitation_only():
    session = make.session()
    part = session.participations.get()
    url = reverse("participation-answer", args=[part.pk])

    own = api(part.user).post(url, {"answer": "not_coming", "reason": "Ada rapat."})
    empty = api(part.user).post(url, {"answer": ""})
    other = api(session.teacher).post(url, {"answer": "coming"})
    stranger = api(make.person()).post(url, {"answer": "coming"})

    part.refresh_from_db()
    assert own.data["answer"] == "not_coming"
    assert [empty.status_code, other.status_code, stranger.status_code] == [400, 403, 404]
    assert (part.answer, part.answer_reason) == ("not_coming", "Ada rapat.")


def test_many_people_are_invited_in_few_queries(django_assert_max_num_queries):
    group = make.group()
    board, members = make.chair(group), [make.member(group) for _ in range(60)]
    program = api(board)
    plan = plan_of(group, participants=[person.pk for person in members])
    program.get(reverse("session-list"))

    with django_assert_max_num_queries(40):
        made = program.post(reverse("session-list"), plan, format="json")

    assert made.status_code == 201
    assert set(ModelSession.objects.get().participations.values_list("user", flat=True)) == {
        person.pk for person in members
    }


@pytest.mark.parametrize("people", [["x"], [0], [2**70], {"a": 1}, "7", [[7]], [987654321]])
def test_people_who_are_not_there_are_refused_on_their_field(people: object):
    group = make.group()

    made = api(make.chair(group)).post(
        reverse("session-list"), plan_of(group, participants=people), format="json"
    )

    assert (made.status_code, list(made.data)) == (400, ["participants"])


def test_an_endless_agenda_is_refused_before_its_points_are_looked_at():
    group = make.group()
    points = [{"title": "Acara", "minutes": 1}] * 101

    made = api(make.chair(group)).post(
        reverse("session-list"), plan_of(group, agenda=points), format="json"
    )

    assert (made.status_code, list(made.data)) == (400, ["agenda"])


def test_why_somebody_cannot_come_is_read_by_that_person_and_the_board_alone():
    group = make.group()
    absent, colleague = make.member(group), make.member(group)
    session = make.session(of=group)
    part = make.participation(session, absent)
    services.answer_invitation(part, by=absent, answer="not_coming", reason="Operasi.")

    def read_by(user: User) -> list[str]:
        listed = api(user).get(reverse("participation-list"), {"session": session.pk})
        one = api(user).get(reverse("participation-detail", args=[part.pk]))
        rows = [row for row in listed.data["results"] if row["id"] == part.pk]
        return [row["answer_reason"] for row in [*rows, one.data]]

    assert read_by(absent) == read_by(session.planned_by) == ["Operasi."] * 2
    assert read_by(colleague) == read_by(session.teacher) == [""] * 2


def test_strangers_find_nothing_and_members_filter():
    group = make.group()
    member = make.member(group)
    cycle = make.cycle(of=group)
    session, other = make.session(of=group), make.session(of=make.group())
    program = api(member)

    listed = program.get(reverse("session-list"), {"cycle": cycle.pk}).data["results"]
    people = program.get(reverse("participation-list"), {"session": session.pk}).data["results"]

    assert [row["id"] for row in listed] == [session.pk]
    assert {row["user"] for row in people} == {member.pk, session.planned_by_id}
    assert program.get(reverse("session-list"), {"group": other.group_id}).data["results"] == []
    assert program.get(reverse("session-detail", args=[other.pk])).status_code == 404
    assert program.post(reverse("session-hold", args=[other.pk])).status_code == 404


def test_lists_cost_the_same_however_long(django_assert_max_num_queries):
    group = make.group()
    member = make.member(group)
    first = make.session(of=group)
    for path in ("session-list", "participation-list"):
        with django_assert_max_num_queries(5):
            api(member).get(reverse(path))
    for day in range(3, 20):
        services.plan_session(
            group, by=first.planned_by, teacher=first.teacher, submission=uuid4(), title=TITLE,
            goal="Tahu.", despite=EVERYTHING, phase=first.phase, grade=8, place="Aula",
            starts_at=first.starts_at + timedelta(days=day),
            ends_at=first.ends_at + timedelta(days=day),
        )  # fmt: skip

    for path in ("session-list", "participation-list"):
        with django_assert_max_num_queries(5):
            assert len(api(member).get(reverse(path)).data["results"]) >= 18


def test_versions_of_a_lesson_plan_are_shared_read_and_commented():
    session = make.session()
    reader = session.participations.get().user

    def share(by, **words):
        file = SimpleUploadedFile("Modul.pdf", b"%PDF-1.4 a")
        sent = {"session": session.pk, "file": file, "submission": str(uuid4())} | words
        return api(by).post(reverse("lesson-plan-list"), sent, format="multipart")

    shared = share(session.teacher, change="Lebih singkat.")
    refused = share(make.member(session.group))
    outside = share(make.person())
    listed = api(reader).get(reverse("lesson-plan-list"), {"session": session.pk})
    content = api(reader).get(reverse("lesson-plan-content", args=[shared.data["id"]]))
    said = api(reader).post(
        reverse("plan-comment-list"), {"plan": shared.data["id"], "body": "Bagus."}, format="json"
    )

    assert (shared.status_code, shared.data["number"]) == (201, 1)
    assert shared.data["change"] == "Lebih singkat."
    assert (refused.status_code, outside.status_code) == (403, 400)
    assert [plan["name"] for plan in listed.data["results"]] == ["Modul.pdf"]
    assert content.getvalue() == b"%PDF-1.4 a"
    assert (said.status_code, said.data["author"]) == (201, reader.pk)


def test_waiting_list_is_told_with_the_answer():
    group = make.group()
    first, second = make.member(group), make.member(group)
    session = make.session(of=group)
    session.capacity = 1
    session.save()
    urls = [
        reverse("participation-answer", args=[make.participation(session, one).pk])
        for one in (first, second)
    ]

    one = api(first).post(urls[0], {"answer": "coming"})
    two = api(second).post(urls[1], {"answer": "coming"})
    maybe = api(second).post(urls[1], {"answer": "maybe"})

    assert (one.data["turn"], two.data["turn"], maybe.data["turn"]) == (None, 1, None)


def test_guest_is_invited_and_answers_by_the_link_until_it_is_revoked(client):
    session = make.session()
    board = api(session.planned_by)

    guest = board.post(
        reverse("session-guests", args=[session.pk]),
        {"name": "Dr. Sitti Rahma", "institution": "BPMP", "phone": "0812 3456 7890"},
    )
    link = board.post(reverse("participation-link", args=[guest.data["id"]])).data
    answered = client.post(link["url"], {"answer": "coming"})
    board.post(reverse("participation-revoke-link", args=[guest.data["id"]]))

    part = session.participations.get(pk=guest.data["id"])
    assert guest.data["role"] == "resource_person"
    assert (part.user.phone, part.user.is_guest, part.user.is_active) == (
        "+6281234567890", True, False,
    )  # fmt: skip
    assert answered.status_code == 302
    assert part.answer == "coming"
    assert client.get(link["url"]).status_code == 410


def test_uninvited_is_gone():
    session = make.session()
    part = session.participations.get()

    answer = api(session.teacher).post(reverse("participation-uninvite", args=[part.pk]))

    assert answer.status_code == 204
    assert not session.participations.exists()
