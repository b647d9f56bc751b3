"""While everyone thinks, no answer is read, and nobody learns who or how many have answered."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from activity.models import Entry
from activity.services import relay
from notifications import services as notifications
from notifications.models import Notice
from tests import make
from thinkpair import services
from thinkpair.models import Pair, Thread

pytestmark = pytest.mark.django_db
WORDS = "Rahasia sendiri"
WHO = (
    *("chair", "member", "one who thought", "thread author", "core teacher"),
    *("pengawas", "kepsek", "dinas", "stranger", "superuser"),
)
# What differs each time that a page is shown.
CHANGING = re.compile(r"csrfmiddlewaretoken\S* \S*|nonce=\S*|name=\"submission\"[^>]*")


@pytest.fixture(params=["think", "arrange"])
def thread(request) -> Thread:
    """A thread in which three thought, alone still, or with pairs that are only proposed."""
    group = make.group()
    thread = make.thread(of=group, is_arranged=True)
    for _ in range(3):
        think(thread, make.member(group))
    if request.param == "arrange":
        services.end_thinking(thread, by=make.chair(group))
    return thread


def think(thread: Thread, person: User) -> None:
    text = f"{WORDS} {person.username}"
    services.think(thread, by=person, text=text, standing="struggling")


def author_of(thread: Thread) -> User:
    return thread.thoughts.earliest("pk").author


def person(who: str, thread: Thread) -> User:
    group, school = thread.group, author_of(thread).school
    assert school
    makers: dict[str, Callable[[], User]] = {
        "chair": lambda: make.chair(group),
        "member": lambda: make.member(group),
        "one who thought": lambda: thread.thoughts.latest("pk").author,
        "thread author": lambda: thread.author,
        "core teacher": lambda: make.member(group, "core_teacher"),
        "pengawas": lambda: make.supervisor(school),
        "kepsek": lambda: make.principal(school),
        "dinas": make.officer,
        "stranger": make.person,
        "superuser": lambda: User.objects.create_superuser(
            "admin", name="Admin", approved_at=timezone.now()
        ),
    }
    return makers[who]()


def of_others(text: str, reader: User) -> list[str]:
    """What the text holds of answers that are not the reader's own."""
    said = re.findall(rf"{WORDS} [\w.-]+", text)
    return [words for words in said if words != f"{WORDS} {reader.username}"]


@pytest.mark.parametrize("who", WHO)
def test_no_page_shows_another_persons_answer(client: Client, thread: Thread, who: str):
    reader = person(who, thread)
    client.force_login(reader)
    addresses = ["/", "/threads/", "/posts/", "/notices/", "/me/", "/problems/"]
    addresses += [thread.get_absolute_url(), f"/library/?q={WORDS}", f"/problems/?q={WORDS}"]
    addresses += [reverse("fairness", args=[thread.group_id]), thread.group.get_absolute_url()]
    proposed = Pair.objects.filter(thread=thread)

    for address in addresses:
        assert of_others(client.get(address, follow=True).text, reader) == [], address
    for pair in proposed:
        assert client.get(pair.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", WHO)
def test_no_answer_of_the_api_holds_another_persons_thought(thread: Thread, who: str):
    reader, api = person(who, thread), APIClient()
    api.force_authenticate(reader)
    hers = thread.thoughts.earliest("pk")
    paths = ["thoughts/", "threads/", f"threads/{thread.pk}/", "pairs/", "messages/", "problems/"]
    paths += [f"posts/?search={WORDS}", f"problems/?q={WORDS}", "notices/"]

    for path in paths:
        assert of_others(api.get(f"/api/v1/{path}").content.decode(), reader) == [], path
    assert api.get(f"/api/v1/thoughts/{hers.pk}/").status_code == 404
    assert api.get("/api/v1/pairs/").json()["results"] == []


@pytest.mark.usefixtures("thread")
def test_no_notice_no_letter_and_no_log_holds_an_answer(mailoutbox):
    relay()
    notifications.remind_of_owed(timezone.now() + timedelta(days=2))
    relay()
    notifications.send_due_letters()

    assert Notice.objects.exists()
    assert not any(WORDS in str(row) for row in Notice.objects.values())
    assert not any(WORDS in f"{mail.subject}{mail.body}" for mail in mailoutbox)
    assert not any(WORDS in str(entry.data) for entry in Entry.objects.all())


def test_the_admin_shows_no_answer_nor_who_gave_one(client: Client, thread: Thread):
    client.force_login(person("superuser", thread))

    assert "Thought" not in {model.__name__ for model in admin.site._registry}
    for address in (
        reverse("admin:thinkpair_thread_changelist"),
        reverse("admin:thinkpair_thread_change", args=[thread.pk]),
    ):
        assert WORDS not in client.get(address).text
    log = client.get(reverse("admin:activity_entry_changelist")).text
    assert "thinkpair.ThoughtWritten" in log
    assert not any(one.author.name in log for one in thread.thoughts.select_related("author"))


def test_the_library_finds_no_answer(client: Client, thread: Thread):
    make.post(of=thread.group)
    call_command("index_posts", "--all", verbosity=0)
    client.force_login(make.member(thread.group))

    found = client.get(f"/library/?q={WORDS}").text
    everything = client.get("/library/").text

    assert re.findall(r"/posts/\d+/", found) == []
    assert re.findall(r"/posts/\d+/", everything) != []


@pytest.mark.parametrize("who", ["chair", "member", "core teacher", "dinas", "pengawas"])
def test_one_more_answer_changes_nothing_that_others_are_shown(client: Client, who: str):
    thread = make.thread()
    for _ in range(2):
        think(thread, make.member(thread.group))
    late = make.member(thread.group)
    reader = person(who, thread)
    client.force_login(reader)
    addresses = ["/", "/threads/", thread.get_absolute_url(), thread.group.get_absolute_url()]
    addresses += [f"/api/v1/threads/{thread.pk}/", "/api/v1/thoughts/", "/api/v1/threads/"]

    def seen() -> list[str]:
        return [CHANGING.sub("", client.get(address).text) for address in addresses]

    seen()
    before = seen()
    think(thread, late)

    assert seen() == before
