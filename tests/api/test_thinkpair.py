from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from tests import make
from thinkpair import services
from thinkpair.models import Message, Pair, Thought, Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def api():
    return APIClient()


def problem(**changes):
    now = timezone.now()
    return {
        "title": "Murid diam",
        "problem": "Saya bertanya, lalu sepi.",
        "think_ends_at": (now + timedelta(days=3)).isoformat(),
        "pair_ends_at": (now + timedelta(days=6)).isoformat(),
        "share_ends_at": (now + timedelta(days=9)).isoformat(),
    } | changes


def test_a_thread_goes_from_thinking_to_its_end(api):
    group = make.group()
    cycle = make.cycle(of=group)
    chair, member = make.chair(group), make.member(group)

    api.force_authenticate(chair)
    opened = api.post("/api/v1/threads/", problem(group=group.pk))
    url = f"/api/v1/threads/{opened.data['id']}/"
    for user in (chair, member):
        api.force_authenticate(user)
        thought = api.post("/api/v1/thoughts/", {"thread": opened.data["id"], "text": "Tunggu."})
        assert thought.status_code == 201
    refused = api.post(f"{url}end-thinking/")
    api.force_authenticate(chair)
    made = api.post(f"{url}end-thinking/")
    [pair] = api.get("/api/v1/pairs/").data["results"]
    said = api.post("/api/v1/messages/", {"pair": pair["id"], "text": "Halo."})
    words = {"revision": 0, "problem": "Diam.", "attempt": "Tunggu."}
    written = api.patch(f"/api/v1/pairs/{pair['id']}/card/", words)
    shared = api.post(f"/api/v1/pairs/{pair['id']}/share-card/")
    cards = api.get(f"{url}cards/")
    early_close = api.post(f"{url}close/", {"conclusion": "Tunggu."})
    sharing = api.post(f"{url}begin-sharing/")
    empty = api.post(f"{url}close/", {})
    closed = api.post(f"{url}close/", {"conclusion": "Tunggu tujuh detik."})
    late = api.post("/api/v1/messages/", {"pair": pair["id"], "text": "Satu lagi."})

    assert (opened.status_code, opened.data["cycle"]) == (201, cycle.pk)
    assert refused.data["detail"] == "Hanya pengurus kelompok yang dapat melakukan ini."
    assert made.data["phase"] == "pair"
    assert set(pair["people"]) == {chair.pk, member.pk}
    assert (said.status_code, shared.status_code) == (201, 200)
    assert (written.data["revision"], [card["attempt"] for card in cards.data["results"]]) == (
        1,
        ["Tunggu."],
    )
    assert early_close.status_code == 403
    assert sharing.data["phase"] == "share"
    assert (empty.status_code, set(empty.data)) == (400, {"conclusion"})
    assert (closed.data["phase"], closed.data["conclusion"]) == ("closed", "Tunggu tujuh detik.")
    assert (late.status_code, late.data["detail"]) == (403, "Diskusi ini sudah selesai.")


def test_the_same_submission_opens_and_says_once(api):
    pair = make.pair()
    group, one = pair.thread.group, pair.people.first()
    api.force_authenticate(one)
    thread = problem(group=group.pk, submission=str(uuid4()))
    message = {"pair": pair.pk, "text": "Halo.", "submission": str(uuid4())}

    opened = [api.post("/api/v1/threads/", thread).data["id"] for _ in range(2)]
    said = [api.post("/api/v1/messages/", message).data["id"] for _ in range(2)]

    assert len(set(opened)) == len(set(said)) == 1
    assert (Thread.objects.count(), Message.objects.count()) == (2, 1)


def test_a_thread_with_what_cannot_be_is_refused(api):
    group = make.group()
    api.force_authenticate(make.member(group))
    yesterday = (timezone.now() - timedelta(days=1)).isoformat()
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()

    def refusal(**changes) -> set[str]:
        answer = api.post("/api/v1/threads/", problem(group=group.pk) | changes)
        assert answer.status_code == 400
        return set(answer.data)

    assert refusal(think_ends_at=yesterday) == {"think_ends_at"}
    assert refusal(pair_ends_at=tomorrow) == {"non_field_errors"}
    assert refusal(title="") == {"title"}
    assert refusal(cycle=make.cycle().pk) == {"cycle"}
    elsewhere = api.post("/api/v1/threads/", problem(group=make.group().pk))
    assert elsewhere.status_code == 403
    assert not Thread.objects.exists()


def test_thoughts_are_private_until_pairs_are_made(api):
    group = make.group()
    one, other = make.member(group), make.member(group)
    thread = make.thread(of=group, thinkers=[one, other])
    chair = make.chair(group)

    def read_by(user: User) -> list[int]:
        api.force_authenticate(User.objects.get(pk=user.pk))
        return [thought["author"] for thought in api.get("/api/v1/thoughts/").data["results"]]

    assert (read_by(one), read_by(chair)) == ([one.pk], [])
    services.end_thinking(thread, by=chair)
    assert (sorted(read_by(one)), read_by(chair)) == (sorted([one.pk, other.pk]), [])
    api.force_authenticate(one)
    late = api.post("/api/v1/thoughts/", {"thread": thread.pk, "text": "Terlambat."})
    assert late.data["detail"] == "Pasangan Bapak/Ibu sudah dibagi. Jawaban tidak diubah lagi."
    assert Thought.objects.count() == 2


@pytest.mark.parametrize("who", ["ketua", "member", "stranger", "Dinas"])
def test_a_pairs_talk_never_reaches_others(api, who):
    pair = make.pair()
    message = make.message(in_=pair, by=pair.people.first(), text="Rahasia berdua.")
    group = pair.thread.group
    users = {
        "ketua": lambda: make.chair(group),
        "member": lambda: make.member(group),
        "stranger": make.person,
        "Dinas": make.officer,
    }
    api.force_authenticate(users[who]())

    for path in ("pairs/", "messages/", f"messages/?pair={pair.pk}", "thoughts/"):
        assert api.get(f"/api/v1/{path}").data["results"] == []
    assert api.get(f"/api/v1/pairs/{pair.pk}/").status_code == 404
    assert api.get(f"/api/v1/messages/{message.pk}/").status_code == 404
    assert api.get(f"/api/v1/pairs/{pair.pk}/card/").status_code == 404
    assert api.post(f"/api/v1/pairs/{pair.pk}/share-card/").status_code == 404
    said = api.post("/api/v1/messages/", {"pair": pair.pk, "text": "Halo."})
    assert (said.status_code, set(said.data)) == (400, {"pair"})
    assert Message.objects.count() == 1


def test_messages_of_one_pair_newest_first(api):
    pair = make.pair()
    one = pair.people.first()
    group = pair.thread.group
    elsewhere = make.thread(of=group)
    for person in (one, make.member(group)):
        services.think(elsewhere, by=person, text="Tunggu.")
    services.end_thinking(elsewhere, by=make.chair(group))
    make.message(in_=elsewhere.pairs.get(), by=one, text="Di sana.")
    for text in ("Satu.", "Dua."):
        make.message(in_=pair, by=one, text=text)
    api.force_authenticate(one)

    found = api.get("/api/v1/messages/", {"pair": pair.pk}).data["results"]

    assert [message["text"] for message in found] == ["Dua.", "Satu."]
    assert len(api.get("/api/v1/messages/", {"pair": "x"}).data["results"]) == 3


@pytest.mark.parametrize(
    ("path", "queries"), [("threads", 2), ("thoughts", 1), ("pairs", 2), ("messages", 2)]
)
@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_however_long(api, django_assert_num_queries, path, queries, count):
    group = make.group()
    one, other, chair = make.member(group), make.member(group), make.chair(group)
    for _ in range(count):
        thread = make.thread(of=group, thinkers=[one, other])
        services.end_thinking(thread, by=chair)
        make.message(in_=thread.pairs.get(), by=one)
    api.force_authenticate(one)
    api.get(f"/api/v1/{path}/")

    with django_assert_num_queries(queries):
        answer = api.get(f"/api/v1/{path}/")

    assert len(answer.data["results"]) == min(count * (2 if path == "thoughts" else 1), 20)
    assert Pair.objects.count() == count
