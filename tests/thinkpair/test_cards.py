import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activity.events import Event
from activity.models import Entry
from tests import make
from thinkpair import events, services
from thinkpair.models import Card

pytestmark = pytest.mark.django_db


def happened(event: type[Event]) -> list[object]:
    return [entry.event for entry in Entry.objects.filter(name=event.name()).order_by("pk")]


def words_of(card: Card) -> tuple[str, str, str, str]:
    card.refresh_from_db()
    return (card.problem, card.cause, card.attempt, card.need)


def test_a_card_grows_and_says_who_wrote_last():
    pair = make.pair()
    one, other = pair.people.order_by("pk")

    services.edit_card(pair, by=one, revision=0, problem="Murid diam.")
    card = services.edit_card(pair, by=other, revision=1, attempt="Tunggu.")
    services.edit_card(pair, by=other, revision=2, attempt="Tunggu.")

    assert words_of(card) == ("Murid diam.", "", "Tunggu.", "")
    assert (card.revision, card.edited_by) == (2, other)
    assert card.shared_at is None
    assert happened(events.CardEdited) == [events.CardEdited(card_id=card.pk)] * 2
    pair.refresh_from_db()
    assert pair.live_version == 2


def test_what_only_one_changed_is_merged():
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    services.edit_card(pair, by=one, revision=0, problem="Murid diam.", cause="Takut.")

    services.edit_card(pair, by=one, revision=1, cause="Takut salah.")
    card = services.edit_card(pair, by=other, revision=1, problem="Kelas diam.", need="Contoh.")

    assert words_of(card) == ("Kelas diam.", "Takut salah.", "", "Contoh.")


def test_what_both_changed_is_refused_with_the_words_of_the_other():
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    services.edit_card(pair, by=one, revision=0, cause="Takut.")

    with pytest.raises(ValidationError) as refusal:
        services.edit_card(pair, by=other, revision=0, cause="Malu.", need="Contoh.")

    assert refusal.value.message_dict == {
        "cause": ["Sementara itu pasangan menulis: “Takut.” Gabungkan, lalu simpan lagi."]
    }
    assert words_of(Card.objects.get()) == ("", "Takut.", "", "")


def test_ones_own_words_are_never_in_ones_way():
    pair = make.pair()
    one = pair.people.order_by("pk")[0]
    services.edit_card(pair, by=one, revision=0, cause="Takut.")

    card = services.edit_card(pair, by=one, revision=0, cause="Takut salah.")

    assert card.cause == "Takut salah."


def test_a_card_is_shared_once_and_can_be_bettered_until_the_end():
    pair = make.pair()
    one, other = pair.people.order_by("pk")

    card = make.card(of=pair, by=one)
    services.share_card(pair, by=other)
    services.edit_card(pair, by=other, revision=1, attempt="Tunggu tujuh detik.")

    card.refresh_from_db()
    assert (card.shared_by, card.attempt) == (one, "Tunggu tujuh detik.")
    assert happened(events.AnswerShared) == [events.AnswerShared(pair_id=pair.pk)]
    make.end_thread(pair.thread)
    with pytest.raises(PermissionDenied, match="sudah selesai"):
        services.edit_card(pair, by=one, revision=2, attempt="Terlambat.")
    assert words_of(card)[2] == "Tunggu tujuh detik."


def test_sharing_a_card_without_problem_or_attempt_is_refused():
    pair = make.pair()
    one = pair.people.order_by("pk")[0]

    with pytest.raises(ValidationError) as refusal:
        services.share_card(pair, by=one)

    assert set(refusal.value.error_dict) == {"problem", "attempt"}
    assert happened(events.AnswerShared) == []


@pytest.mark.parametrize("who", ["chair", "member", "stranger"])
def test_a_card_of_others_is_not_written_on(who):
    pair = make.pair()
    users = {
        "chair": lambda: make.chair(pair.thread.group),
        "member": lambda: make.member(pair.thread.group),
        "stranger": make.person,
    }
    by = users[who]()

    with pytest.raises(PermissionDenied, match="anggota pasangan"):
        services.edit_card(pair, by=by, revision=0, attempt="Saya.")
    with pytest.raises(PermissionDenied, match="anggota pasangan"):
        services.share_card(pair, by=by)

    assert not Card.objects.exists()
