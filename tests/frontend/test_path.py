"""The talk A-E as a guided path on the session's page: where one is, and the next thing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.models import User
from groups.roles import Role
from reinforcement import services
from sessions.models import ModelSession
from sessions.services import hold_session
from tests import make
from tests.reinforcement.test_voices import WORDS

pytestmark = pytest.mark.django_db


def path(client, user: User, session: ModelSession) -> tuple[list[str], str]:
    """The legs that are done, by their titles, and the one that is now."""
    client.force_login(user)
    page = client.get(session.get_absolute_url()).text
    if 'aria-label="Percakapan A sampai E"' not in page:
        return [], ""
    start = page.index('aria-label="Percakapan A sampai E"')
    legs = re.findall(r"<li.*?</li>", page[start : page.index("</ol>", start)], re.DOTALL)
    titles = {leg: strip_tags(re.findall(r"<b>(.*?)</b>", leg)[0]) for leg in legs}
    done = [title for leg, title in titles.items() if "(selesai)" in leg]
    [now] = [title for leg, title in titles.items() if 'aria-current="step"' in leg] or [""]
    return done, now


def test_the_guru_model_goes_from_preparing_to_what_came_of_it(client):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer])
    teacher = session.model_teacher

    assert path(client, teacher, session) == ([], "Persiapan")
    make.preparation(of=session)
    assert path(client, teacher, session) == (["Persiapan"], "Diamati rekan")

    with time_machine.travel(session.ends_at + timedelta(minutes=5)):
        hold_session(session, by=teacher)
        done = ["Persiapan", "Diamati rekan"]
        assert path(client, teacher, session) == (done, "Tulis refleksi")
        make.observation(of=session, observer=observer, submitted=True)
        services.give_feedback(session, by=observer, **WORDS)
        make.reflection(on=session)
        done.append("Refleksi saya")
        assert path(client, teacher, session) == (done, "Baca semua suara")
        follow_up = services.promise_follow_up(
            session, by=teacher, commitment="Kartu.", due_on=timezone.localdate()
        )
        done += ["Baca semua suara", "Kartu."]
        assert path(client, teacher, session) == (done, "Upaya dan hasilnya")
        make.end(follow_up, "done")
        assert path(client, teacher, session) == ([*done, "Kartu."], "")


def test_an_observer_goes_from_her_request_to_what_came_of_it(client):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer])
    make.preparation(of=session)
    ahead = path(client, observer, session)

    with time_machine.travel(session.ends_at + timedelta(minutes=5)):
        hold_session(session, by=session.model_teacher)
        make.observation(of=session, observer=observer, submitted=True)
        done = ["Persiapan guru model", "Lembar observasi"]
        observed = path(client, observer, session)
        services.give_feedback(session, by=observer, **WORDS)
        make.follow_up(on=session)
        given = path(client, observer, session)

    assert ahead == ([], "Persiapan guru model")
    assert observed == (done, "Beri umpan balik")
    assert given == ([*done, "Umpan balik saya"], "Upaya dan hasilnya")


@pytest.mark.parametrize(
    ("who", "legs"),
    [
        ("guru inti", ([], "Lembar observasi")),
        ("pengawas", ([], "Persiapan guru model")),
        ("participant", ([], "")),
        ("coordinator", ([], "")),
    ],
)
def test_each_has_the_path_of_the_own_part(client, who, legs):
    group = make.group()
    session = make.session(of=group)
    make.preparation(of=session)
    user = {
        "guru inti": lambda: make.member(group, Role.CORE_TEACHER),
        "pengawas": lambda: make.supervisor(session.model_teacher.school),
        "participant": lambda: session.participations.filter(role="participant").latest("pk").user,
        "coordinator": lambda: make.chair(group),
    }[who]()

    assert path(client, user, session) == legs


def test_a_preparation_that_was_never_written_is_no_longer_asked_for(client):
    session = make.session(held=True)

    assert path(client, session.model_teacher, session) == (["Diamati rekan"], "Tulis refleksi")


def test_before_the_reflection_the_path_tells_a_number_and_no_name(client):
    feedback = make.feedback()
    session = feedback.session
    client.force_login(session.teacher)

    page = client.get(session.get_absolute_url()).text

    assert "1 umpan balik menunggu" in page
    assert str(feedback.author) not in page
    assert feedback.appreciation not in page
