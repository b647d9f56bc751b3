"""Rencana bersama: the versions of a lesson plan and what colleagues say about them."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sessions.models import LessonPlan
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def test_joint_plan_shows_goal_versions_and_comments_newest_version_first(client):
    session = make.session()
    first, second = make.lesson_plan(of=session), make.lesson_plan(of=session, name="Baru.pdf")
    make.plan_comment(on=first, by=session.planned_by, body="Terlalu panjang?")
    client.force_login(session.teacher)

    page = main(client.get(reverse("joint-plan", args=[session.pk])))

    assert session.goal in page
    assert page.index("Versi 2") < page.index("Versi 1")
    assert "Waktu diskusi lebih lama." in page
    assert "Terlalu panjang?" in page
    assert reverse("lesson-plan-version", args=[first.pk]) in page
    assert reverse("lesson-plan-version", args=[second.pk]) in page
    assert "Bagikan versi baru" in page


def test_joint_plan_without_a_version_says_what_to_do(client):
    session = make.session()

    client.force_login(session.teacher)
    hers = main(client.get(reverse("joint-plan", args=[session.pk])))
    client.force_login(session.participations.get().user)
    others = main(client.get(reverse("joint-plan", args=[session.pk])))

    assert "Bagikan modul ajar" in hers
    assert "Belum ada modul ajar" in others


def test_a_version_is_shared_once_and_a_lie_is_worded(client):
    session = make.session()
    url = reverse("share-lesson-plan", args=[session.pk])
    client.force_login(session.teacher)
    mark = str(uuid4())

    for _ in range(2):
        file = SimpleUploadedFile("Modul.pdf", b"%PDF-1.4 a")
        answer = client.post(url, {"file": file, "change": "Baru.", "submission": mark})
        said = client.get(answer.url).text
    lie = client.post(url, {"file": SimpleUploadedFile("a.pdf", b"MZ"), "submission": str(uuid4())})

    assert answer.url == reverse("joint-plan", args=[session.pk])
    assert "versi 1 dibagikan" in said
    assert LessonPlan.objects.get().change == "Baru."
    assert lie.status_code == 422
    assert "bukan PDF" in lie.text


def test_a_comment_is_sent_from_the_plan_and_seen_by_her_at_once(client):
    plan = make.lesson_plan()
    session = plan.session
    client.force_login(session.planned_by)
    url = reverse("plan-comments", args=[plan.pk])

    sent = client.post(url, {"body": "Kartu peran?", "submission": str(uuid4())})
    empty = client.post(url, {"body": "", "submission": str(uuid4())})
    client.force_login(session.teacher)

    assert sent.url == f"{reverse('joint-plan', args=[session.pk])}#version-{plan.pk}"
    assert empty.status_code == 422
    assert "Kartu peran?" in main(client.get(reverse("joint-plan", args=[session.pk])))


def test_hostile_words_in_a_comment_are_words(client):
    plan = make.lesson_plan(name="<b>.pdf")
    evil = "<script>alert(1)</script>"
    make.plan_comment(on=plan, by=plan.session.teacher, body=evil)
    client.force_login(plan.session.teacher)

    for url in (
        reverse("joint-plan", args=[plan.session_id]),
        reverse("plan-comments", args=[plan.pk]),
    ):
        page = client.get(url).text
        assert evil not in page
        assert "&lt;script&gt;" in page


def test_joint_plan_asks_the_same_for_few_and_many(client, django_assert_max_num_queries):
    plan = make.lesson_plan()
    session = plan.session
    make.plan_comment(on=plan, by=session.teacher)
    client.force_login(session.teacher)
    url, comments = (
        reverse("joint-plan", args=[session.pk]),
        reverse("plan-comments", args=[plan.pk]),
    )
    client.get(url)
    with django_assert_max_num_queries(9) as few:
        client.get(url)
    with django_assert_max_num_queries(6) as one:
        client.get(comments)
    for _ in range(30):
        make.plan_comment(on=plan, by=make.member(session.group))
    for _ in range(6):
        make.plan_comment(on=make.lesson_plan(of=session), by=session.teacher)

    with django_assert_max_num_queries(len(few)):
        page = main(client.get(url))
    with django_assert_max_num_queries(len(one)):
        first = client.get(comments).text

    assert page.count("Versi ") == 5 + len(["Versi sebelumnya"])
    assert "Versi sebelumnya" in page
    more = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    older = client.get(f"{url}{more}", headers=HTMX).text
    assert "Baca semua 31 komentar" in older
    assert first.count("Kartu peran belum ada.") == 20


def test_versions_are_downloaded_by_those_who_read_the_session(client):
    plan = make.lesson_plan()
    newer = make.lesson_plan(of=plan.session, name="Baru.pdf")
    client.force_login(plan.session.planned_by)

    newest = client.get(reverse("lesson-plan", args=[plan.session_id]))
    old = client.get(reverse("lesson-plan-version", args=[plan.pk]))

    assert newest["Content-Disposition"] == f'attachment; filename="{newer.name}"'
    assert old["Content-Disposition"] == 'attachment; filename="Modul.pdf"'
    assert old["Content-Security-Policy"] == "default-src 'none'; sandbox"
    list(newest.streaming_content)
    list(old.streaming_content)
    client.force_login(make.person())
    for name, pk in (("lesson-plan-version", plan.pk), ("plan-comments", plan.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
