"""What is thought alone is never written over unseen."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from rest_framework.test import APIClient

from activity.models import Entry
from activity.services import relay
from sessions import services as session_services
from tests import make
from thinkpair import services
from thinkpair.models import Thought

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("goes_on_from", "text", "is_taken"),
    [
        ("the newest", "Baru", True),
        ("an older one", "Baru", False),
        ("nothing", "Baru", False),
        # What is there already changes nothing.
        ("nothing", "Dua", True),
        # The API and pages without a script may ask nothing.
        (None, "Baru", True),
    ],
)
def test_think_goes_on_only_from_what_was_seen(goes_on_from, text, is_taken):
    thread = make.thread()
    author = make.member(thread.group)
    older = services.think(thread, by=author, text="Satu", seen="").version
    newest = services.think(thread, by=author, text="Dua", seen=older).version
    seen = {"the newest": newest, "an older one": older, "nothing": ""}.get(goes_on_from)
    entries = Entry.objects.count()

    if is_taken:
        services.think(thread, by=author, text=text, seen=seen)
    else:
        with pytest.raises(ValidationError) as refusal:
            services.think(thread, by=author, text=text, seen=seen)
        assert "“Dua”" in str(refusal.value)

    assert Thought.objects.get().text == (text if is_taken else "Dua")
    assert Entry.objects.count() == entries


def test_the_api_tells_the_version_and_takes_it_back():
    thread = make.thread()
    author, client = make.member(thread.group), APIClient()
    client.force_authenticate(author)
    url = "/api/v1/thoughts/"

    first = client.post(url, {"thread": thread.pk, "text": "Satu", "seen": ""})
    services.think(thread, by=author, text="Dari HP")
    stale = client.post(url, {"thread": thread.pk, "text": "Dua", "seen": first.json()["version"]})

    assert (first.status_code, stale.status_code) == (201, 400)
    assert "Dari HP" in str(stale.json())
    assert Thought.objects.get().text == "Dari HP"
    assert client.get(url).json()["results"][0]["version"] == Thought.objects.get().version


def test_who_called_herself_absent_and_then_thinks_takes_part():
    group = make.group()
    people = [make.member(group) for _ in range(3)]
    thread = make.thread(of=group, thinkers=people[:2])
    services.mark_absent(thread, by=people[2], person=people[2])

    services.think(thread, by=people[2], text="Jadi ikut.")
    services.end_thinking(thread, by=make.chair(group))

    assert set(thread.pairs.get().people.all()) == set(people)


def test_whom_the_board_called_absent_stays_so_by_thinking():
    thread = make.thread()
    person = make.member(thread.group)
    services.mark_absent(thread, by=make.chair(thread.group), person=person)

    services.think(thread, by=person, text="Saya ada.")

    assert thread.absences.get().person == person


def at_session(*, present: int):
    session = make.session(held=True)
    people = [make.member(session.group) for _ in range(present)]
    for person in people:
        session.participations.update_or_create(user=person, defaults={"attendance": "present"})
    thread = make.thread(of=session.group, session=session)
    services.end_thinking(thread, by=make.chair(session.group))
    return thread, people


def test_who_sits_at_a_session_without_an_answer_may_still_give_one_to_the_pair():
    thread, people = at_session(present=3)
    partner = people[0].pairs.get().people.exclude(pk=people[0].pk)[0]

    services.think(thread, by=people[0], text="Saya baru sempat.")

    assert [t.author for t in Thought.objects.visible_to(partner)] == [people[0]]
    with pytest.raises(PermissionDenied, match="tidak diubah lagi"):
        services.think(thread, by=people[0], text="Lain.")


@pytest.mark.parametrize("how", ["tick", "check in"])
def test_who_comes_late_to_the_session_is_seated_with_somebody(how):
    thread, _people = at_session(present=3)
    session, late = thread.session, make.member(thread.group)

    if how == "tick":
        session_services.tick_attendance(
            session, by=make.chair(thread.group), attendance={late.pk: "late"}
        )
    else:
        session_services.check_in(
            session, by=late, method="qr", at=timezone.now(), submission=uuid4()
        )
    relay()

    assert late.pk in thread.seated().values_list("seats__person", flat=True)


def test_who_came_since_pairs_were_proposed_is_seated_when_their_rooms_open():
    group = make.group()
    session = make.session(of=group, held=True)
    people = [make.member(group) for _ in range(4)]
    for person in people[:3]:
        session.participations.update_or_create(user=person, defaults={"attendance": "present"})
    thread = make.thread(of=group, session=session, is_arranged=True)
    services.end_thinking(thread, by=make.chair(group))
    session.participations.update_or_create(user=people[3], defaults={"attendance": "late"})

    services.open_pairs(thread, by=make.chair(group))

    assert sorted(pair.people.count() for pair in thread.pairs.all()) == [2, 3]
    assert people[3].pairs.get().thread == thread
