"""What two say to each other reaches nobody else, whichever door one tries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from activity.models import Entry
from activity.services import relay
from notifications.models import Notice
from tests import make
from thinkpair import live, services
from thinkpair.models import Message, Pair, PairMember, TalkFile, Thought

pytestmark = pytest.mark.django_db
WORDS = "Rahasia berdua"


@pytest.fixture
def pair(settings, tmp_path) -> Pair:
    """A pair with words, a picture, a card that is not shared, and what each read."""
    settings.MEDIA_ROOT = tmp_path
    group = make.group()
    thinkers = [make.member(group) for _ in range(4)]
    thread = make.thread(of=group, thinkers=thinkers)
    services.end_thinking(thread, by=make.chair(group))
    found = thread.pairs.order_by("number")[0]
    one, other = found.people.order_by("pk")
    message = make.message(in_=found, by=one, text=f"{WORDS}: satu.")
    file = make.file(make.jpeg(), f"{WORDS}.jpg")
    services.say(found, by=other, submission=uuid4(), file=file, consent=True)
    services.mark_read(found, by=other, up_to=message.pk)
    services.edit_card(found, by=one, revision=0, cause=f"{WORDS}: kartu.")
    Thought.objects.filter(pair=found).update(text=f"{WORDS}: pikiran.")
    return found


def person(who: str, pair: Pair) -> User:
    group = pair.thread.group
    school = pair.people.order_by("pk")[0].school
    assert school
    makers = {
        "chair": lambda: make.chair(group),
        "member": lambda: make.member(group),
        "other pair": lambda: group_pair(pair).people.order_by("pk")[0],
        "thread author": lambda: pair.thread.author,
        "left the pair": lambda: one_who_left(pair),
        "pengawas": lambda: make.supervisor(school),
        "kepsek": lambda: make.principal(school),
        "dinas": make.officer,
        "stranger": make.person,
        "superuser": lambda: User.objects.create_superuser(
            "admin", name="Admin", approved_at=timezone.now()
        ),
    }
    return makers[who]()


def group_pair(pair: Pair) -> Pair:
    return pair.thread.pairs.exclude(pk=pair.pk).get()


def one_who_left(pair: Pair) -> User:
    """Somebody who had the room open, and was then paired anew."""
    left = pair.people.order_by("pk")[0]
    PairMember.objects.filter(pair=pair, person=left).delete()
    Thought.objects.filter(pair=pair, author=left).update(pair=None, text="Lain.")
    return left


WHO = (
    *("chair", "member", "other pair", "thread author", "left the pair"),
    *("pengawas", "kepsek", "dinas", "stranger", "superuser"),
)


@pytest.mark.parametrize("who", WHO)
def test_no_page_tells_what_a_pair_said(client: Client, pair: Pair, who: str):
    file = TalkFile.objects.get()
    client.force_login(person(who, pair))
    closed = [reverse(name, args=[pair.pk]) for name in ("pair", "pair-news", "pair-ticket")]
    closed += [reverse(name, args=[file.key]) for name in ("talk-file", "small-talk-file")]
    open_ = ["/", "/threads/", "/posts/", "/notices/", "/me/"]
    open_ += [pair.thread.get_absolute_url(), f"/posts/?q={WORDS}", "/sheets/"]

    for address in closed:
        assert client.get(address).status_code == 404, address
    for address in open_:
        assert WORDS not in client.get(address, follow=True).text, address
    for name in ("say", "mark-read", "edit-card", "share-card"):
        sent = {"text": "Saya", "submission": str(uuid4()), "revision": 1, "cause": "Saya"}
        assert client.post(reverse(name, args=[pair.pk]), sent).status_code == 404, name
    assert Message.objects.count() == 2


@pytest.mark.parametrize("who", WHO)
def test_no_answer_of_the_api_tells_what_a_pair_said(pair: Pair, who: str):
    api, message = APIClient(), Message.objects.earliest("pk")
    api.force_authenticate(person(who, pair))
    lists = ["pairs", "messages", f"messages/?pair={pair.pk}", "thoughts", "threads", "posts"]
    lists += [f"threads/{pair.thread_id}/cards"]

    for path in lists:
        address = f"/api/v1/{path}" if "?" in path else f"/api/v1/{path}/"
        assert WORDS not in api.get(address).content.decode(), address
    for path in (f"pairs/{pair.pk}/", f"pairs/{pair.pk}/card/", f"messages/{message.pk}/"):
        assert api.get(f"/api/v1/{path}").status_code == 404
    for path in ("read/", "share-card/"):
        answer = api.post(f"/api/v1/pairs/{pair.pk}/{path}", {"up_to": 1})
        assert answer.status_code == 404


def test_a_token_of_another_pair_or_another_time_opens_no_poll(client: Client, pair: Pair):
    one, other = pair.people.order_by("pk")
    stranger = make.person()
    opened = reverse("pair-live", args=[live.token_for(pair, one)])
    foreign = reverse("pair-live", args=[live.token_for(pair, stranger)])
    before = client.get(opened)

    PairMember.objects.filter(pair=pair, person=one).delete()

    assert before.json() == {"version": 4}
    assert client.get(foreign).status_code == 403
    assert client.get(opened).status_code == 403
    assert (
        client.get(reverse("pair-live", args=[f"{live.token_for(pair, other)}x"])).status_code
        == 403
    )


@pytest.mark.usefixtures("pair")
def test_no_notice_no_letter_and_no_log_holds_the_words(mailoutbox):
    relay()
    services.nudge_silent_pairs(timezone.now() + timedelta(days=3))
    relay()

    told = [str(row) for row in Notice.objects.values()]
    assert told
    assert not any(WORDS in words for words in told)
    assert not any(WORDS in f"{mail.subject}{mail.body}" for mail in mailoutbox)
    assert not any(WORDS in str(entry.data) for entry in Entry.objects.all())


def test_the_admin_has_no_talk_and_no_thought():
    names = {model.__name__ for model in admin.site._registry}

    assert not names & {"Message", "TalkFile", "Thought", "PairMember", "Card"}


def test_the_admins_pages_of_pairs_hold_no_words(client: Client, pair: Pair):
    client.force_login(person("superuser", pair))

    for address in ("admin:thinkpair_pair_changelist", "admin:thinkpair_thread_changelist"):
        assert WORDS not in client.get(reverse(address)).text
    page = client.get(reverse("admin:thinkpair_pair_change", args=[pair.pk]))
    assert WORDS not in page.text


def test_no_cache_keeps_a_room(client: Client, pair: Pair):
    client.force_login(pair.people.order_by("pk")[0])
    file = TalkFile.objects.get()

    for name in ("pair", "pair-news", "pair-ticket"):
        answer = client.get(reverse(name, args=[pair.pk]))
        assert answer.headers["Cache-Control"] == "private, no-store"
    for name in ("talk-file", "small-talk-file"):
        answer = client.get(reverse(name, args=[file.key]))
        assert answer.getvalue()
        assert answer.headers["Cache-Control"] == "private, no-cache"
