"""The button Gabung, the page that leads on, and the observers' places on Rencana bersama."""

import gzip
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions import services
from sessions.models import ModelSession
from tests import make
from tests.sessions.test_joining import LINK, bbb, online  # noqa: F401 -- a fixture
from tests.sessions.test_observers import lesson, observer_of

pytestmark = pytest.mark.django_db


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def test_before_the_doors_open_the_page_says_when_and_keeps_the_link(client):
    session = online(starts_in=timedelta(days=1))
    client.force_login(session.participations.get(role="observer").user)

    page = client.get(session.get_absolute_url()).text
    refused = client.post(reverse("join-session", args=[session.pk]))

    assert "Gabung: dibuka" in page
    assert "Google Meet: kira-kira" in page
    assert LINK not in page
    assert refused.status_code == 403
    assert "Ruang dibuka" in refused.text


def test_gabung_leads_on_by_a_page_of_ours_and_is_written_down(client):
    session = online()
    part = session.participations.get(role="observer")
    client.force_login(part.user)

    page = main(client.get(session.get_absolute_url()))
    joined = client.post(reverse("join-session", args=[session.pk]), {"submission": uuid4()})

    part.refresh_from_db()
    assert reverse("join-session", args=[session.pk]) in page
    assert LINK not in page
    assert (joined.status_code, part.method) == (200, "online")
    assert f'content="2;url={LINK}"' in joined.text
    assert "Kehadiran tercatat" in joined.text
    assert "no-store" in joined["Cache-Control"]
    assert client.get(reverse("join-session", args=[session.pk])).status_code == 405


def test_a_room_that_does_not_answer_says_what_to_do(client, bbb):  # noqa: F811
    session = online(provider="bigbluebutton", online_link="")
    part = session.participations.get(role="observer")
    client.force_login(part.user)
    url = reverse("join-session", args=[session.pk])
    bbb.failures = [500, 500, 500]

    failed = client.post(url)
    part.refresh_from_db()
    before = part.attendance
    joined = client.post(url)

    assert (failed.status_code, before) == (503, "")
    assert "Kehadiran Bapak/Ibu belum dicatat" in failed.text
    assert joined.status_code == 200
    assert "checksum=" in joined.text


def test_a_meeting_has_a_page_without_guru_model(client):
    session = online()
    ModelSession.objects.filter(pk=session.pk).update(
        kind="workshop", teacher=None, phase=None, grade=None, leader=session.planned_by,
        lesson_hours=4,
    )  # fmt: skip
    session.agenda.create(position=1, title="Menyusun program", minutes=60, speaker_name="Bu Ani")
    client.force_login(session.planned_by)

    page = main(client.get(session.get_absolute_url()))

    assert "Rapat kerja" in page
    assert "Menyusun program" in page
    assert "4 JP @ 45 menit" in page
    assert "Guru model" not in page
    assert "None" not in page
    assert client.get(reverse("joint-plan", args=[session.pk])).status_code == 404


def test_a_place_is_taken_from_the_page_and_a_full_house_is_worded(client):
    session = lesson(places=2)
    one, two = make.member(session.group), make.member(session.group)
    url = reverse("take-place", args=[session.pk])
    client.force_login(one)

    page = main(client.get(session.get_absolute_url()))
    client.post(url)
    client.force_login(two)
    refused = client.post(url)

    assert "Ambil tempat pengamat (sisa 1)" in page
    assert session.participations.observers().filter(user=one).exists()
    assert refused.status_code == 403
    assert "sudah terisi" in refused.text


def test_places_and_tasks_are_managed_on_the_joint_plan(client):
    session = lesson()
    part, substitute = observer_of(session), make.member(session.group)
    client.force_login(session.teacher)

    client.post(reverse("set-task", args=[part.pk]), {"task": "Kelompok 1–2"})
    plan = main(client.get(reverse("joint-plan", args=[session.pk])))
    form = main(client.get(reverse("hand-over-place", args=[part.pk])))
    client.post(reverse("hand-over-place", args=[part.pk]), {"to": substitute.pk})
    now = observer_of(session)
    client.force_login(substitute)
    left = client.post(reverse("leave-place", args=[now.pk]))

    assert "Kelompok 1–2" in plan
    assert substitute.name in form
    assert session.teacher.name not in form
    assert (now.user, now.task) == (substitute, "Kelompok 1–2")
    assert left.url == reverse("joint-plan", args=[session.pk])
    assert not session.participations.observers().exists()


def test_a_busy_person_reads_why_on_the_plan(client):
    session = lesson()
    busy = make.member(session.group)
    make.session(of=session.group, observers=[busy])
    client.force_login(busy)

    answer = client.post(reverse("take-place", args=[session.pk]), follow=True)

    assert "sudah menjadi pengamat" in answer.text


def test_while_it_goes_on_the_page_leads_to_check_in_and_live_page(client):
    session = lesson(starts_in=-timedelta(minutes=5))
    member = make.member(session.group)
    client.force_login(member)
    url = session.get_absolute_url()
    here, live, codes = (
        reverse(name, args=[session.pk]) for name in ("check-in", "live", "attendance-codes")
    )

    before = main(client.get(url))
    services.check_in(session, by=member, method="qr", at=timezone.now(), submission=uuid4())
    after = main(client.get(url))
    client.force_login(session.planned_by)
    board = main(client.get(url))
    client.force_login(session.participations.get(role="observer").user)
    later = main(client.get(make.session(of=session.group).get_absolute_url()))

    assert here in before
    assert live in before
    assert codes not in before
    assert (here in after, live in after) == (False, True)
    assert codes in board
    assert reverse("minutes", args=[session.pk]) in after
    assert reverse("close-session", args=[session.pk]) in board
    assert "Sedang berlangsung" not in later


def test_the_page_has_one_primary_action(client):
    group = make.group()
    for session in (
        online(),
        online(mode="blended"),
        lesson(of=group, starts_in=-timedelta(minutes=5)),
        lesson(of=group),
    ):
        observer = session.participations.get(role="observer").user
        for user in (make.member(session.group), observer, session.teacher, session.planned_by):
            client.force_login(user)
            page = main(client.get(session.get_absolute_url()))
            assert page.count("btn-primary") <= 1, (session.mode, user)


def test_a_full_page_asks_little_and_stays_small(client, django_assert_max_num_queries):
    session = online(mode="blended")
    make.lesson_plan(of=session)
    for number in range(1, 6):
        session.agenda.create(position=number, title=f"Acara {number}", minutes=15)
    asked = []
    for people in (0, 60):
        for _ in range(people):
            session.participations.create(user=make.member(session.group))
        for user in (session.teacher, session.planned_by):
            client.force_login(user)
            client.get("/sessions/")
            make.plan_comment(on=session.lesson_plans.get(), by=session.teacher)
            with django_assert_max_num_queries(12) as queries:
                page = client.get(session.get_absolute_url())
            asked.append(len(queries))

    assert asked[:2] == asked[2:]
    assert len(gzip.compress(page.content)) < 12_000


def test_a_guest_without_account_joins_by_the_personal_link(client):
    session = online(starts_in=timedelta(days=1))
    part = services.invite_guest(
        session, by=session.planned_by, name="Dr. Tenri", institution="UNM", role="resource_person"
    )
    link = services.personal_token(part)
    url = reverse("join-by-link", args=[link])

    early = client.get(reverse("rsvp", args=[link])).text
    refused = client.post(url)
    soon = timezone.now() + timedelta(minutes=5)
    ModelSession.objects.filter(pk=session.pk).update(
        starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    page = client.get(reverse("rsvp", args=[link])).text
    joined = client.post(url)

    part.refresh_from_db()
    assert "Gabung: dibuka" in early
    assert refused.status_code == 403
    assert "Ruang dibuka" in refused.text
    assert url in page
    assert LINK not in early + page
    assert f'content="2;url={LINK}"' in joined.text
    assert "no-store" in joined["Cache-Control"]
    assert (part.attendance, part.method) == ("present", "online")
    assert "sessionid" not in client.cookies


def test_a_revoked_link_lets_nobody_in(client):
    session = online()
    part = session.participations.get(role="observer")
    link = services.personal_token(part)
    services.revoke_link(part, by=session.planned_by)

    assert client.post(reverse("join-by-link", args=[link])).status_code == 410
    assert client.post(reverse("join-by-link", args=["x"])).status_code == 404
