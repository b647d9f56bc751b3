"""What people handed in goes out as what it is, from every place, and nothing in it runs."""

from __future__ import annotations

from uuid import uuid4

import pytest

from sessions import services as sessions
from sharing import services as sharing
from tests import make
from tests.hostile import PDF, SCRIPT
from thinkpair import services as thinkpair

pytestmark = pytest.mark.django_db


def of_post(name: str, content: bytes):
    post = make.post()
    file = sharing.attach_file(post, make.file(content, name), by=post.author)
    return post.author, [file.get_absolute_url(), f"/api/v1/attachments/{file.key}/content/"]


def of_plan(name: str, content: bytes):
    session = make.session()
    plan = sessions.share_lesson_plan(
        session,
        by=session.model_teacher,
        file=make.file(content, name),
        submission=uuid4(),
    )
    paths = [f"/lesson-plans/{plan.pk}/", f"/api/v1/lesson-plans/{plan.pk}/content/"]
    newest = [f"/sessions/{session.pk}/lesson-plan/", f"/api/v1/sessions/{session.pk}/lesson-plan/"]
    return session.model_teacher, paths + newest


def of_session(name: str, content: bytes):
    session = make.session()
    kept = sessions.keep_file(
        session,
        by=session.planned_by,
        kind="material",
        file=make.file(content, name),
        submission=uuid4(),
    )
    paths = [f"/session-files/{kept.pk}/", f"/api/v1/session-files/{kept.pk}/content/"]
    return session.planned_by, paths


def of_pair(name: str, content: bytes):
    pair = make.pair()
    one = pair.people.order_by("pk")[0]
    file = make.file(content, name)
    said = thinkpair.say(pair, by=one, submission=uuid4(), file=file)
    return one, [f"/pairs/files/{said.files.get().key}/"]


@pytest.mark.parametrize("handed_in", [of_post, of_plan, of_session, of_pair])
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("catatan.txt", SCRIPT, "text/plain; charset=utf-8"),
        ("nilai.csv", SCRIPT, "text/csv; charset=utf-8"),
        ("modul.pdf", PDF, "application/pdf"),
    ],
)
def test_file_is_a_download_in_which_nothing_runs(client, handed_in, name, content, kind):
    person, paths = handed_in(name, content)
    client.force_login(person)

    for path in paths:
        fetched = client.get(path)

        assert fetched.getvalue() == content, path
        assert fetched["Content-Type"] == kind, path
        assert fetched["Content-Disposition"] == f'attachment; filename="{name}"', path
        assert fetched["X-Content-Type-Options"] == "nosniff", path
        assert fetched["Content-Security-Policy"] == "default-src 'none'; sandbox", path
