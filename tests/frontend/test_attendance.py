"""The board's pages of attendance."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from sessions.models import CheckIn, ModelSession, SessionFile
from tests import make

pytestmark = pytest.mark.django_db


def begun() -> ModelSession:
    return make.session(starts_in=timedelta(minutes=-40))


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(session: ModelSession, query: str = "") -> str:
    client = client_of(session.planned_by)
    return client.get(reverse("attendance", args=[session.pk]) + query).content.decode()


def tick(session: ModelSession, words: dict[str, str], **more: str):
    client = client_of(session.planned_by)
    return client.post(reverse("attendance", args=[session.pk]), words | more)


def test_the_page_says_method_who_and_when_and_leads_to_the_history():
    session = begun()
    made = make.check_in(to=session, by=session.planned_by)

    page = page_of(session)

    assert "Kode 6 angka" in page
    assert reverse("attendance-history", args=[made.participation_id]) in page
    assert "1 dari 2 hadir" in page


def test_only_changed_rows_are_written():
    session = begun()
    one, two = session.planned_by.pk, session.model_teacher.pk

    tick(
        session,
        {f"was-{one}": "", f"person-{one}": "present", f"was-{two}": "sick"},
        **{f"person-{two}": "sick"},
    )

    assert [line.participation.user_id for line in CheckIn.objects.all()] == [one]


def test_a_change_asks_for_a_reason_and_keeps_what_was_chosen():
    session = begun()
    make.check_in(to=session, by=session.planned_by)
    pk = session.planned_by.pk
    late = session.participations.get(user=pk).attendance
    words = {f"was-{pk}": late, f"person-{pk}": "excused"}

    refused = tick(session, words)
    assert refused.status_code == 422
    assert "Tulis alasan" in refused.content.decode()

    assert tick(session, words, reason="Salah orang.").status_code == 302
    assert session.participations.get(user=pk).attendance == "excused"


def test_what_a_colleague_wrote_meanwhile_stays_and_is_told():
    session = begun()
    pk = session.planned_by.pk
    make.check_in(to=session, by=session.planned_by)

    tick(session, {f"was-{pk}": "", f"person-{pk}": "absent"})

    assert session.participations.get(user=pk).was_present


def test_all_the_rest_are_present_and_copied_from_paper():
    session = begun()
    people = [session.planned_by.pk, session.model_teacher.pk]

    tick(session, {f"was-{pk}": "" for pk in people}, all="1", paper="on")

    assert (
        list(session.participations.values_list("attendance", "method"))
        == [("present", "paper")] * 2
    )


def test_the_search_works_without_javascript():
    session = begun()
    other = make.member(session.group)

    page = page_of(session, f"?q={other.name}")

    assert f"person-{other.pk}" in page
    assert f"person-{session.planned_by.pk}" not in page


def test_a_guest_is_written_down_once():
    session = begun()
    words = {
        "guest-name": "Andi",
        "guest-institution": "Dinas",
        "guest-submission": str(uuid4()),
    }
    client = client_of(session.planned_by)

    for _twice in range(2):
        assert client.post(reverse("add-guest", args=[session.pk]), words).status_code == 302

    guest = session.participations.get(user__is_guest=True)
    assert (guest.user.name, guest.user.institution, guest.attendance) == (
        "Andi",
        "Dinas",
        "present",
    )
    assert "Andi" in page_of(session)


def test_the_signed_sheet_is_kept_for_the_board_alone():
    session = begun()
    file = SimpleUploadedFile("daftar.pdf", b"%PDF-1.4\n%%EOF\n")
    client = client_of(session.planned_by)

    client.post(
        reverse("keep-sheet", args=[session.pk]),
        {"sheet-file": file, "sheet-submission": str(uuid4())},
    )

    kept = SessionFile.objects.get()
    address = reverse("session-file", args=[kept.pk])
    assert kept.kind == "sheet"
    shown = client.get(address)
    assert b"".join(shown.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert client_of(session.model_teacher).get(address).status_code == 404


def test_the_printed_sheet_has_the_narasumber_apart():
    session = begun()
    session.participations.create(user=make.person(), role="resource_person")

    page = client_of(session.planned_by).get(reverse("attendance-sheet", args=[session.pk]))

    assert page.content.decode().count("<table") == 2


@pytest.mark.parametrize("name", ["attendance", "attendance-sheet"])
def test_as_many_queries_for_one_as_for_thirty(name: str):
    session = begun()
    client = client_of(session.planned_by)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(name, args=[session.pk]))
        return len(asked)

    make.check_in(to=session, by=session.planned_by)
    few = queries()
    for _number in range(30):
        make.check_in(to=session, by=make.member(session.group))

    assert queries() == few
