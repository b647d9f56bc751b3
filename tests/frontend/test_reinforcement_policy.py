"""Who meets which words of the talk, on pages, in the API and in notices, from when on.

Product, section 3. Each kind of words is a mark that is found nowhere else.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from activity.services import relay
from groups.roles import Role
from notifications.models import Notice
from reinforcement import services
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db
SEEN, PRIVATE, PROMISED = "Zzseen meja lima", "Zzprivate", "Zzpromised"
WORDS = {
    "appreciation": "Zzpraise meja sebelas bicara.",
    "seen": f"{SEEN} bertanya.",
    "suggestion": "Beri nomor.",
    "private_note": PRIVATE,
}
STATES = ("draft", "given", "two days on", "reflected")
NEVER: set[str] = set()
ALWAYS = set(STATES)
OPENED = {"two days on", "reflected"}


def people_around(session: ModelSession, observer: User) -> dict[str, Callable[[], User]]:
    group, school = session.group, session.model_teacher.school
    return {
        "guru model": lambda: session.model_teacher,
        "observer": lambda: observer,
        "co-giver": lambda: make.feedback(on=session).author,
        "participant": lambda: session.participations.filter(role="participant").latest("pk").user,
        "coordinator": lambda: make.chair(group),
        "guru inti": lambda: make.member(group, Role.CORE_TEACHER),
        "pengawas": lambda: make.supervisor(school),
        "pengawas elsewhere": lambda: make.supervisor(make.school()),
        "kepala sekolah": lambda: make.principal(school),
        "Dinas": make.officer,
        "member": lambda: make.member(group),
        "stranger": make.person,
    }


def pages(user: User, *addresses: str) -> str:
    """All that the person finds at these addresses, whatever is answered."""
    client = Client()
    client.force_login(user)
    return "".join(client.get(address, follow=True).text for address in addresses)


def answers(user: User, *paths: str) -> str:
    """All that the API answers to the person at these paths."""
    api = APIClient()
    api.force_authenticate(User.objects.get(pk=user.pk))
    return "".join(api.get(f"/api/v1/{path}").content.decode() for path in paths)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("who", "reads", "reads_private"),
    [
        ("author", ALWAYS, ALWAYS),
        ("guru model", OPENED, OPENED),
        ("shared with", OPENED, NEVER),
        ("observer", NEVER, NEVER),
        ("co-giver", NEVER, NEVER),
        ("participant", NEVER, NEVER),
        ("coordinator", NEVER, NEVER),
        ("guru inti", NEVER, NEVER),
        ("pengawas", NEVER, NEVER),
        ("kepala sekolah", NEVER, NEVER),
        ("Dinas", NEVER, NEVER),
        ("stranger", NEVER, NEVER),
    ],
)
def test_who_meets_the_words_of_feedback(who, reads, reads_private, state):
    group = make.group()
    observer, author = make.member(group), make.member(group, Role.INSTRUCTOR)
    session = make.session(of=group, observers=[observer], held=True)
    reader = make.member(group)
    around = people_around(session, observer)
    user = {"author": author, "shared with": reader}.get(who) or around[who]()
    act = services.save_feedback if state == "draft" else services.give_feedback
    feedback = act(session, by=author, **WORDS)
    if state == "reflected":
        make.reflection(on=session)

    later = timedelta(hours=49 if state == "two days on" else 0)
    with time_machine.travel(timezone.now() + later):
        if state in OPENED:
            services.share_feedback(feedback, by=session.model_teacher, reader=reader)
        here = [session.pk]
        found = pages(
            user,
            feedback.get_absolute_url(),
            session.get_absolute_url(),
            *(reverse(name, args=here) for name in ("give-feedback", "all-feedback", "promise")),
            reverse("home"),
            reverse("notices"),
        )
        told = answers(
            user,
            "feedback/",
            f"feedback/{feedback.pk}/",
            f"feedback/{feedback.pk}/private-note/",
            f"sessions/{session.pk}/voices/",
            f"sessions/{session.pk}/",
            "notices/",
        )

    assert ((SEEN in found), (SEEN in told)) == ((state in reads),) * 2
    assert ((PRIVATE in found), (PRIVATE in told)) == ((state in reads_private),) * 2


@pytest.mark.parametrize("state", ["open", "done", "dropped"])
@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("guru model", True),
        ("co-giver", True),
        ("pengawas", True),
        ("next observer", True),
        ("observer", False),
        ("participant", False),
        ("coordinator", False),
        ("guru inti", False),
        ("pengawas elsewhere", False),
        ("kepala sekolah", False),
        ("Dinas", False),
        ("member", False),
        ("stranger", False),
    ],
)
def test_who_meets_the_words_of_a_promise(who, reads, state):
    group = make.group()
    observer, next_observer = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    around = people_around(session, observer)
    user = next_observer if who == "next observer" else around[who]()
    make.reflection(on=session)
    follow_up = services.promise_follow_up(
        session,
        by=session.model_teacher,
        commitment=PROMISED,
        due_on=timezone.localdate(),
    )
    make.end(follow_up, state)
    coming = make.session(of=group, teacher=session.model_teacher, observers=[next_observer])

    found = pages(
        user,
        session.get_absolute_url(),
        coming.get_absolute_url(),
        reverse("promise", args=[session.pk]),
        reverse("all-feedback", args=[session.pk]),
        reverse("notices"),
    )
    told = answers(
        user, "follow-ups/", f"follow-ups/{follow_up.pk}/", f"sessions/{coming.pk}/", "notices/"
    )

    assert (PROMISED in found, PROMISED in told) == (reads, reads)


def test_notices_never_hold_what_was_written():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    coming = make.session(of=group, teacher=session.model_teacher, observers=[observer])
    services.prepare_session(coming, by=session.model_teacher, target="Zztarget", request="Zzask")
    feedback = services.give_feedback(session, by=observer, **WORDS)
    make.reflection(on=session)
    services.thank_for_feedback(feedback, by=session.model_teacher, text="Zzthanks")
    services.share_feedback(feedback, by=session.model_teacher, reader=make.member(group))
    follow_up = services.promise_follow_up(
        session, by=session.model_teacher, commitment=PROMISED, due_on=timezone.localdate()
    )
    services.drop_follow_up(follow_up, by=session.model_teacher, reason="Zzreason")

    relay()

    texts = " ".join(Notice.objects.values_list("text", flat=True))
    assert "berterima kasih" in texts
    assert "menghentikan tindak lanjut" in texts
    assert "Zz" not in texts
