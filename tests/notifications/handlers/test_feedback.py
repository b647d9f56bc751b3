"""What is told of observations, feedback and promises."""

import pytest
from django.urls import reverse

from notifications.models import Notice
from observations import services as observations
from reinforcement import services as reinforcement
from sessions import services as sessions
from sessions.models import ModelSession, Participation
from tests import make
from tests.notifications.telling import links, quiet, told

pytestmark = pytest.mark.django_db


def held_session() -> ModelSession:
    session = make.session(held=True)
    quiet()
    return session


def test_observers_and_her_partner_hear_once_that_she_prepared():
    group = make.group()
    observer, partner = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer])
    quiet()

    make.preparation(of=session, partner=partner)
    make.preparation(of=session, partner=partner)

    words = f"{session.teacher} menulis persiapan “{session}”: apa yang diminta diamati."
    assert told() == {observer: words, partner: words}
    assert links() == {reverse("prepare", args=[session.pk])}


def test_before_her_reflection_the_teacher_hears_only_that_something_waits():
    session = held_session()

    first, second = make.feedback(on=session), make.feedback(on=session)
    observer = make.member(session.group)
    sessions.invite(session, observer, by=session.teacher, role=Participation.Role.OBSERVER)
    make.observation(of=session, observer=observer, submitted=True)

    text = told()[session.model_teacher]
    assert text == f"Umpan balik menunggu. Tulis refleksi “{session}” untuk membacanya."
    assert not any(str(hidden.author) in text for hidden in (first, second))
    assert Notice.objects.get(recipient=session.teacher).url == reverse(
        "reflect", args=[session.pk]
    )


def test_after_her_reflection_the_teacher_hears_who_wrote_but_not_what():
    session = held_session()
    make.reflection(on=session)

    feedback = make.feedback(on=session)

    assert told() == {
        session.teacher: f"{feedback.author} memberi umpan balik tentang “{session}”.",
    }
    assert links() == {feedback.get_absolute_url()}


def test_after_her_reflection_the_teacher_hears_of_observations():
    observation = make.observation()
    session = observation.session
    make.reflection(on=session)
    quiet()

    observations.submit_observation(observation, by=observation.observer)

    assert told() == {
        session.teacher: f"{observation.observer} mengirim lembar observasi “{session}”.",
    }


def test_of_a_correction_the_teacher_hears_once_she_may_read_the_sheet():
    observation = make.observation(submitted=True)
    session = observation.session
    quiet()

    make.correction(of=observation)
    before = told()
    make.reflection(on=session)
    quiet()
    make.correction(of=observation)

    assert before == {}
    assert told() == {
        session.teacher: f"{observation.observer} mengoreksi lembar observasi “{session}”.",
    }
    assert links() == {observation.get_absolute_url()}


def test_author_is_told_of_thanks_and_reader_of_shared_feedback():
    session = held_session()
    make.reflection(on=session)
    feedback = make.feedback(on=session)
    reader = make.person()
    quiet()

    reinforcement.thank_for_feedback(feedback, by=session.teacher, text="Sangat membantu.")
    reinforcement.share_feedback(feedback, by=session.teacher, reader=reader)

    assert told() == {
        feedback.author: f"{session.teacher} berterima kasih atas umpan balik “{session}”.",
        reader: f"{session.teacher} membagikan satu umpan balik “{session}” kepada Bapak/Ibu.",
    }


def test_nobody_is_told_of_feedback_that_was_shared_and_taken_back():
    session = held_session()
    make.reflection(on=session)
    feedback = make.feedback(on=session)
    reader = make.person()
    quiet()

    reinforcement.share_feedback(feedback, by=session.teacher, reader=reader)
    reinforcement.unshare_feedback(feedback, by=session.teacher, reader=reader)

    assert told() == {}


def test_who_gave_feedback_is_told_of_promise_and_of_what_came_of_it():
    session = held_session()
    feedback = make.feedback(on=session)
    quiet()

    follow_up = make.follow_up(on=session)
    assert told() == {
        feedback.author: f"{session.teacher} memilih tindak lanjut setelah “{session}”.",
    }

    Notice.objects.all().delete()
    reinforcement.complete_follow_up(
        follow_up, by=session.teacher, effort="Di kelas 8.", result="Murid bertanya."
    )
    assert told() == {
        feedback.author: f"{session.teacher} menjalankan tindak lanjut dari “{session}”.",
    }


def test_who_gave_feedback_is_told_that_a_promise_was_changed_and_dropped_but_not_why():
    session = held_session()
    feedback = make.feedback(on=session)
    follow_up = make.follow_up(on=session)
    quiet()

    successor = reinforcement.change_follow_up(
        follow_up,
        by=session.teacher,
        reason="Kartunya hilang.",
        commitment="Memakai nomor meja.",
        due_on=follow_up.due_on,
    )
    assert told() == {
        feedback.author: f"{session.teacher} mengganti tindak lanjut dari “{session}”.",
    }

    Notice.objects.all().delete()
    reinforcement.drop_follow_up(successor, by=session.teacher, reason="Saya pindah kelas.")
    assert told() == {
        feedback.author: f"{session.teacher} menghentikan tindak lanjut dari “{session}”.",
    }
    assert links() == {reverse("promise", args=[session.pk])}
