"""The problem bank and the wall through the API."""

import pytest

from sharing.models import Topic
from tests import make
from tests.thinkpair.walls import card as new_card
from tests.thinkpair.walls import wall, wall_cards, writer
from thinkpair import services
from thinkpair.models import Card, Trial

pytestmark = pytest.mark.django_db
URL = "/api/v1/problems/"


def ids(client, query: str = "") -> list[int]:
    return [row["id"] for row in client.get(f"{URL}{query}").json()["results"]]


def test_list_holds_what_the_bank_holds_and_no_unshared_card(client):
    group = make.group()
    thread = wall(of=group, cards=2)
    one, two = wall_cards(thread)
    secret = new_card(thread, shared=False, problem="Rahasia pasangan.")
    wall()
    for reader in (make.member(group), writer(secret), make.chair(group)):
        client.force_login(reader)

        assert ids(client) == [two.pk, one.pk]
        assert ids(client, "?q=rahasia") == []
        assert client.get(f"{URL}{secret.pk}/").status_code == 404


def test_list_is_narrowed_by_words_subject_and_topic(client):
    group = make.group()
    about = wall(of=group, cards=0)
    one = new_card(about, number=1, problem="Murid tidak mau mencatat.")
    about.topics.add(topic := Topic.objects.create(name="diskusi"))
    [other] = wall_cards(wall(of=group))
    client.force_login(make.member(group))

    assert ids(client, "?q=catatan") == [one.pk]
    assert ids(client, f"?topic={topic.pk}") == [one.pk]
    assert ids(client, f"?subject={group.subject_id}") == [other.pk, one.pk]
    assert ids(client, "?subject=x") == []


def test_marks_merging_and_picking(client):
    thread = wall(cards=2)
    kept, other = wall_cards(thread)
    client.force_login(make.chair(thread.group))

    def post(action: str, **sent):
        return client.post(f"{URL}{action}/", sent, content_type="application/json")

    marked = post(f"{kept.pk}/mark", kind="vote").json()
    merged = post(f"{kept.pk}/merge", cards=[other.pk])
    nonsense = post(f"{kept.pk}/mark", kind="love")
    picked = post("pick", thread=thread.pk, cards=[kept.pk])

    assert (marked["vote_count"], marked["has_voted"]) == (1, True)
    assert (merged.status_code, nonsense.status_code, picked.status_code) == (200, 400, 204)
    assert ids(client, "?picked=true") == [kept.pk]
    other.refresh_from_db()
    assert other.merged_into == kept


def test_trials_and_their_outcome(client):
    [card] = wall_cards(wall(phase="closed"))
    client.force_login(make.member(card.pair.thread.group))

    made = client.post("/api/v1/trials/", {"card": card.pk}, content_type="application/json")
    url = f"/api/v1/trials/{made.json()['id']}/"
    told = client.patch(url, {"outcome": "Meja 5 bertanya."}, content_type="application/json")
    refused = client.delete(url)

    assert (made.status_code, told.status_code, refused.status_code) == (201, 200, 403)
    assert Trial.objects.get().outcome == "Meja 5 bertanya."


def test_became_tells_only_what_the_reader_may_read(client):
    [card] = wall_cards(wall(phase="closed"))
    group = card.pair.thread.group
    teacher = make.member(group)
    promise = make.follow_up(on=make.session(of=group, teacher=teacher, held=True))
    services.carry_to_follow_up(card, by=teacher, follow_up=promise)

    def told(by) -> object:
        client.force_login(by)
        return client.get(f"{URL}{card.pk}/became/").json()["follow_up"]

    assert told(teacher) == promise.pk
    assert told(make.member(group)) is None
    assert "follow_up" not in client.get(f"{URL}{card.pk}/").json()


def test_an_unshared_card_cannot_be_merged_picked_or_tried_by_its_number(client):
    thread = wall()
    [kept] = wall_cards(thread)
    secret = new_card(thread, shared=False)
    client.force_login(make.chair(thread.group))

    answers = [
        client.post(
            f"{URL}{kept.pk}/merge/", {"cards": [secret.pk]}, content_type="application/json"
        ),
        client.post(
            f"{URL}pick/",
            {"thread": thread.pk, "cards": [secret.pk]},
            content_type="application/json",
        ),
        client.post("/api/v1/trials/", {"card": secret.pk}, content_type="application/json"),
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert not Card.objects.exclude(merged_into=None).exists()
