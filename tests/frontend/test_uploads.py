"""Hostile files through the page that people share with, and how files are handed out."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.handlers.wsgi import WSGIHandler

from accounts.services import edit_profile
from sharing import services
from sharing.models import Attachment, Post
from tests import make
from tests.hostile import HIDDEN, NAMES, NEUTRALISED, PDF, REFUSED, SCRIPT

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def temp(settings, tmp_path: Path) -> Path:
    """Where files wait while a request lasts."""
    folder = tmp_path / "temp"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return folder


@pytest.fixture
def send(client):
    """Share a post with files as a member does: `send(("modul.pdf", b"…"), consent="on")`."""
    group = make.group()
    client.force_login(make.member(group))

    def sent(*files: tuple[str, bytes], **more: object):
        words: dict[str, object] = {
            "kind": "information",
            "title": "Kol ungu",
            "body": "Isi yang panjang.",
            "audience": "group",
            "link": "",
        }
        given = [_named(name, content) for name, content in files]
        words |= {"group": group.pk, "submission": uuid4(), "attachments": given, **more}
        return client.post("/posts/new/", words)

    return sent


def _named(name: str, content: bytes) -> ContentFile[bytes]:
    """A file whose name Django did not clean yet, as a program may send it."""
    file = ContentFile(content)
    file.name = name
    return file


def stored(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_hostile_file_is_refused_on_the_page_and_words_stay(settings, send, temp, name, content):
    answer = send((name, content))

    assert answer.status_code == 422
    assert "Isi yang panjang." in answer.text
    assert not Post.objects.exists()
    assert stored(settings) == []
    assert list(temp.iterdir()) == []


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_hostile_file_is_refused_by_the_api(client, settings, temp, name, content):
    post = make.post()
    client.force_login(post.author)

    answer = client.post(
        "/api/v1/attachments/", {"post": post.pk, "file": _named(name, content), "consent": True}
    )

    assert answer.status_code == 400
    assert not Attachment.objects.exists()
    assert stored(settings) == []
    assert list(temp.iterdir()) == []


@pytest.mark.parametrize(("name", "content"), NEUTRALISED.values(), ids=NEUTRALISED)
def test_picture_is_handed_out_without_what_it_hid(client, send, name, content):
    answer = send((name, content), consent="on")

    fetched = client.get(Attachment.objects.get().get_absolute_url())
    whole = fetched.getvalue()
    assert answer.status_code == 302
    assert [mark for mark in HIDDEN if mark in whole] == []
    assert fetched["Content-Type"].startswith("image/")
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert fetched["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert fetched["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("name", ["catatan.txt", "nilai.csv"])
def test_markup_in_a_text_is_handed_out_as_text_to_download(client, send, name):
    send((name, SCRIPT))

    fetched = client.get(Attachment.objects.get().get_absolute_url())
    assert fetched.getvalue() == SCRIPT
    assert fetched["Content-Type"].startswith(("text/plain", "text/csv"))
    assert fetched["Content-Disposition"] == f'attachment; filename="{name}"'
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in fetched["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "shown"), NAMES.items(), ids=range(len(NAMES)))
def test_hostile_name_stores_nothing_outside_the_folder_of_files(settings, send, name, shown):
    answer = send((name, PDF))

    # A name of nothing but dots is no file to Django; then there is a post without one.
    assert answer.status_code == 302
    for file in Attachment.objects.all():
        assert file.name == shown
    for path in stored(settings):
        assert path.parent.parent.parent.name == "posts"
        assert path.stem.isalnum()


def test_file_over_ten_megabytes_is_never_stored_whole(monkeypatch, settings, send, temp):
    most = []

    def measured(self, chunk, start, *, _receive=TemporaryFileUploadHandler.receive_data_chunk):
        most.append(start + len(chunk))
        return _receive(self, chunk, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", measured)

    answer = send(("film.pdf", PDF + b"\0" * (30 * MB)), ("kecil.pdf", PDF))

    assert answer.status_code == 422
    assert "Berkas lebih besar dari 10 MB." in answer.text
    assert "Isi yang panjang." in answer.text
    assert max(most) <= 10 * MB
    assert stored(settings) == []
    assert list(temp.iterdir()) == []


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[WSGIServer]:
    """The platform behind a real socket; what it answers here asks no database."""
    with make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Silent) as running:
        thread = Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/posts/new/", "/api/v1/attachments/"])
def test_hundred_megabytes_are_refused_before_they_come(server, temp, path):
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)

    # Only the head is sent: had the server wanted the rest, there would be no answer.
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(100 * MB))
    connection.endheaders()
    connection.send(b'--x\r\nContent-Disposition: form-data; name="attachments"; filename="a"')
    answer = connection.getresponse()
    words = answer.read().decode()
    connection.close()

    assert answer.status == 413
    assert (
        "Berkas yang dikirim terlalu besar: paling banyak 5 berkas, masing-masing 10 MB." in words
    )
    assert list(temp.iterdir()) == []


@pytest.mark.parametrize("path", ["/posts/new/", "/api/v1/attachments/"])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Berkas yang dikirim terlalu besar: paling banyak 5 berkas"),
        ("en", "The files sent are too big: 5 files at most"),
    ],
)
def test_who_sent_too_much_reads_so_in_their_language(client, settings, path, language, sentence):
    person = make.person()
    edit_profile(person, by=person, language=language)
    much = {"CONTENT_LENGTH": str(100 * MB)}

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    stranger = client.post(path, {}, **much)
    client.cookies.clear()
    client.force_login(person)
    member = client.post(path, {}, **much)

    for answer in (stranger, member):
        assert answer.status_code == 413
        assert sentence in answer.text


def test_five_files_of_ten_megabytes_are_no_too_much(send):
    photos = [(f"modul {n}.pdf", PDF + b" " * 1000) for n in range(5)]

    assert send(*photos).status_code == 302


# --- who reads a file, and for how long ---------------------------------------------------------
def test_file_is_kept_by_the_browser_but_asked_for_each_time(client):
    post = make.post()
    file = services.attach_file(post, make.file(PDF, "kartu.pdf"), by=post.author)
    member = make.member(post.group)
    client.force_login(member)

    first = client.get(file.get_absolute_url())
    again = client.get(file.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    services.withdraw_post(post, by=post.author)
    late = client.get(file.get_absolute_url(), headers={"If-None-Match": first["ETag"]})

    assert first.getvalue() == PDF
    assert first["Cache-Control"] == again["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert late.status_code == 404


def test_file_has_an_address_that_nobody_can_count_to(client):
    post = make.post(audience="public")
    file = services.attach_file(post, make.file(PDF, "kartu.pdf"), by=post.author)

    assert file.get_absolute_url() == f"/files/{file.key}/"
    for address in (f"/attachments/{file.pk}/", f"/files/{file.pk}/", f"/files/{uuid4()}/"):
        assert client.get(address).status_code == 404
    assert client.get(file.get_absolute_url()).getvalue() == PDF


def test_file_that_the_disk_lost_is_not_found(client):
    post = make.post(audience="public")
    file = services.attach_file(post, make.file(PDF, "kartu.pdf"), by=post.author)
    file.file.storage.delete(str(file.file))

    assert client.get(file.get_absolute_url()).status_code == 404


# --- small pictures -----------------------------------------------------------------------------
def test_post_shows_each_file_with_its_picture_kind_size_and_pages(client):
    post = make.post()
    made = make.pdf(pages=3)
    file = services.attach_file(post, make.file(made, "modul.pdf"), by=post.author)
    member = make.member(post.group)
    client.force_login(member)

    before = client.get(post.get_absolute_url()).text
    services.make_thumbnails()
    after = client.get(post.get_absolute_url()).text
    small = client.get(f"{file.get_absolute_url()}thumbnail/")

    assert f"{file.get_absolute_url()}thumbnail/" not in before
    assert f'src="{file.get_absolute_url()}thumbnail/"' in after
    assert 'loading="lazy"' in after
    assert "3 halaman" in after
    assert small["Content-Type"] == "image/jpeg"
    assert small["Cache-Control"] == "private, no-cache"
    assert small["X-Content-Type-Options"] == "nosniff"
    assert small.getvalue()[:2] == b"\xff\xd8"
    services.withdraw_post(post, by=post.author)
    assert client.get(f"{file.get_absolute_url()}thumbnail/").status_code == 404
