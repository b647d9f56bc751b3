"""The board's form for the papers of a session, and its photos and materials."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from accounts.models import User
from sessions import services
from sessions.models import ModelSession, Paperwork, SessionFile
from tests import make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


def picture() -> ContentFile[bytes]:
    stored = BytesIO()
    Image.new("RGB", (4, 4), "green").save(stored, "JPEG")
    return ContentFile(stored.getvalue(), name="foto.jpg")


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


def kept(session: ModelSession, by: User) -> SessionFile:
    file = make.file(PDF, "materi.pdf")
    return services.keep_file(session, by=by, kind="material", file=file, submission=uuid4())


def test_the_board_fills_in_a_little_and_comes_back_to_it(client):
    session = make.session()
    client.force_login(session.planned_by)
    url = reverse("paperwork", args=[session.pk])
    page = client.get(url).text
    assert f'key="paperwork-{session.pk}"' in page

    answer = client.post(
        url,
        {
            "seen": seen(page),
            "letter_subject": "Undangan",
            "letter_on": "2026-11-20",
            "bring": "Laptop",
        },
    )

    assert answer.url == url
    paper = Paperwork.objects.get()
    assert (paper.letter_subject, f"{paper.letter_on}", paper.bring) == (
        "Undangan",
        "2026-11-20",
        "Laptop",
    )
    again = client.get(url).text
    assert "Isian tersimpan." in again
    assert 'value="2026-11-20"' in again
    shown = client.get(session.get_absolute_url()).text
    assert url in shown
    assert "Laptop" in shown, "the invitation says at once what to bring"


def test_what_somebody_else_wrote_meanwhile_is_shown_and_nothing_typed_is_lost(client):
    session = make.session()
    client.force_login(session.planned_by)
    url = reverse("paperwork", args=[session.pk])
    words = {"seen": seen(client.get(url).text), "results": "Milik saya.", "funding": "Iuran."}
    services.fill_paperwork(
        session, by=session.planned_by, results="Milik rekan.", problems="Hujan."
    )

    answer = client.post(url, words)

    assert answer.status_code == 422
    assert "“Milik rekan.”" in answer.text
    assert "Milik saya." in answer.text
    assert "Iuran." in answer.text
    merged = words | {
        "seen": seen(answer.text),
        "results": "Milik rekan. Milik saya.",
        "problems": "Hujan.",
    }
    assert client.post(url, merged).status_code == 302
    paper = Paperwork.objects.get()
    assert (paper.results, paper.problems) == ("Milik rekan. Milik saya.", "Hujan.")


def test_an_end_before_the_beginning_is_said_on_its_field(client):
    session = make.session()
    client.force_login(session.planned_by)
    url = reverse("paperwork", args=[session.pk])

    answer = client.post(url, {"began_at": "2026-11-20T10:00", "ended_at": "2026-11-20T09:00"})

    assert answer.status_code == 422
    assert "Sesi berakhir sebelum mulai." in answer.text


def test_files_are_put_read_and_taken_away(client):
    session = make.session()
    chair, member = session.planned_by, make.member(session.group)
    client.force_login(chair)
    url = reverse("session-files", args=[session.pk])
    assert "Belum ada foto atau materi" in client.get(url).text

    words = {"kind": "photo", "file": picture(), "submission": str(uuid4())}
    refused = client.post(url, words)
    assert refused.status_code == 422
    assert "gambar hanya disimpan bila orang di dalamnya setuju" in refused.text
    words["file"] = picture()
    answer = client.post(url, words | {"has_consent": "on"}, follow=True)
    assert "Berkas tersimpan." in answer.text
    kept(session, chair)
    photo = SessionFile.objects.get(kind="photo")
    remove = reverse("remove-session-file", args=[photo.pk])
    assert remove in client.get(url).text

    client.force_login(member)
    page = client.get(url).text
    assert "foto.jpg" in page
    assert "materi.pdf" in page
    assert remove not in page
    assert "Tambah foto atau materi" not in page
    content = client.get(reverse("session-file", args=[photo.pk]))
    assert b"".join(content.streaming_content).startswith(b"\xff\xd8")

    client.force_login(chair)
    assert "foto.jpg dihapus." in client.post(remove, follow=True).text
    assert not SessionFile.objects.filter(kind="photo").exists()
    assert client.post(remove).status_code == 404


def test_a_signed_sheet_is_listed_for_the_board_alone_and_stays(client):
    session = make.session()
    sheet = services.keep_sheet(
        session,
        by=session.planned_by,
        file=make.file(PDF, "daftar.pdf"),
        submission=uuid4(),
    )
    url = reverse("session-files", args=[session.pk])
    client.force_login(session.planned_by)
    page = client.get(url).text
    assert "daftar.pdf" in page
    assert reverse("remove-session-file", args=[sheet.pk]) not in page

    client.force_login(session.teacher)
    assert "daftar.pdf" not in client.get(url).text


def test_the_list_of_files_asks_the_same_for_one_and_many(client, django_assert_num_queries):
    session = make.session()
    client.force_login(session.planned_by)
    for number in range(30):
        kept(session, session.planned_by)
        if number in {0, 29}:
            with django_assert_num_queries(5):
                page = client.get(reverse("session-files", args=[session.pk])).text
    assert page.count("materi.pdf</b>") == 30


def test_a_cancelled_session_has_no_papers_to_fill_in(client):
    session = make.session(cancelled=True)
    client.force_login(session.planned_by)

    assert (
        reverse("paperwork", args=[session.pk]) not in client.get(session.get_absolute_url()).text
    )
    assert client.get(reverse("paperwork", args=[session.pk])).status_code == 403
    assert client.get(reverse("session-files", args=[session.pk])).status_code == 200
