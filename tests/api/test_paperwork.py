"""Papers, photos and materials by the API."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import User
from sessions.models import SessionFile
from tests import make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


def client(person: User) -> APIClient:
    api = APIClient()
    api.force_authenticate(User.objects.get(pk=person.pk))
    return api


def upload(name: str = "materi.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def test_the_board_reads_and_changes_what_papers_say():
    session = make.session()
    api = client(session.planned_by)
    url = f"/api/v1/sessions/{session.pk}/paperwork/"
    assert api.get(url).data["letter_subject"] == ""

    api.patch(url, {"letter_subject": "Undangan", "letter_on": "2026-11-20"}, format="json")
    answer = api.patch(url, {"funding": "Iuran."}, format="json")

    assert answer.status_code == 200
    assert (answer.data["letter_subject"], answer.data["funding"]) == ("Undangan", "Iuran.")
    assert api.get(url).data["letter_on"] == "2026-11-20"
    assert client(session.teacher).get(url).status_code == 403


def test_what_does_not_fit_is_said_on_its_field():
    session = make.session()
    times = {"began_at": "2026-11-20T10:00:00+08:00", "ended_at": "2026-11-20T09:00:00+08:00"}

    answer = client(session.planned_by).patch(
        f"/api/v1/sessions/{session.pk}/paperwork/", times, format="json"
    )

    assert answer.status_code == 400
    assert list(answer.data) == ["ended_at"]


def test_a_file_is_put_once_listed_fetched_and_taken_away():
    session = make.session()
    api, url = client(session.planned_by), "/api/v1/session-files/"
    words = {"session": session.pk, "kind": "material", "submission": str(uuid4())}
    made = api.post(url, words | {"file": upload()})
    again = api.post(url, words | {"file": upload()})
    assert (made.status_code, again.data["id"]) == (201, made.data["id"])

    reader = client(session.teacher)
    listed = reader.get(url, {"session": session.pk, "kind": "material"}).data["results"]
    assert [file["name"] for file in listed] == ["materi.pdf"]
    assert reader.get(url, {"kind": "photo"}).data["results"] == []
    content = reader.get(f"{url}{made.data['id']}/content/")
    assert b"".join(content.streaming_content) == PDF  # type: ignore[attr-defined]

    assert reader.delete(f"{url}{made.data['id']}/").status_code == 403
    assert api.delete(f"{url}{made.data['id']}/").status_code == 204
    assert not SessionFile.objects.exists()


def test_a_photo_without_consent_is_refused_on_its_field():
    session = make.session()

    answer = client(session.planned_by).post(
        "/api/v1/session-files/", {"session": session.pk, "kind": "photo", "file": upload()}
    )

    assert answer.status_code == 400
    assert list(answer.data) == ["has_consent"]


def test_the_list_asks_the_same_for_one_and_many(django_assert_num_queries):
    session = make.session()
    api = client(session.planned_by)
    for number in range(12):
        api.post(
            "/api/v1/session-files/",
            {"session": session.pk, "kind": "material", "file": upload()},
        )
        if number in {0, 11}:
            fresh = client(session.planned_by)
            with django_assert_num_queries(3):
                fresh.get("/api/v1/session-files/")
