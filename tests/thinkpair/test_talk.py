import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from tests import make
from thinkpair import events, live, services
from thinkpair.models import Message, Pair, PairMember, TalkFile

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def version_of(pair: Pair) -> int:
    pair.refresh_from_db()
    return pair.live_version


def nudged() -> list[object]:
    return [entry.event for entry in Entry.objects.filter(name=events.PairIsSilent.name())]


def test_everything_that_the_room_shows_makes_it_new():
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    seen = [version_of(pair)]

    message = make.message(in_=pair, by=one)
    seen.append(version_of(pair))
    services.mark_read(pair, by=other, up_to=message.pk)
    seen.append(version_of(pair))
    services.edit_card(pair, by=one, revision=0, cause="Takut.")
    seen.append(version_of(pair))

    assert seen == [0, 1, 2, 3]
    assert pair.last_said_at is not None


def test_say_with_a_used_mark_swallows_no_other_words_or_file():
    pair, submission = make.pair(), uuid4()
    sent = {"by": pair.people.order_by("pk")[0], "submission": submission, "text": "Modul."}
    said = services.say(pair, **sent, file=make.file(PDF, "modul.pdf"))
    other = make.file(PDF.replace(b"1.4", b"1.5"), "modul.pdf")

    with pytest.raises(ValidationError, match="belum terkirim"):
        services.say(pair, **sent | {"text": "Halo."})
    with pytest.raises(ValidationError, match="belum terkirim"):
        services.say(pair, **sent, file=other)

    assert services.say(pair, **sent, file=make.file(PDF, "modul.pdf")) == said
    assert services.say(pair, **sent) == said
    assert (Message.objects.get(), TalkFile.objects.get()) == (said, said.files.get())


@pytest.mark.django_db
def test_a_file_may_say_everything(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pair = make.pair()
    one = pair.people.order_by("pk")[0]

    said = services.say(
        pair, by=one, submission=uuid4(), file=make.file(PDF, "../modul\u202efdp.pdf")
    )

    file = said.files.get()
    assert (said.text, file.content_type, file.size) == ("", "application/pdf", len(PDF))
    assert "/" not in file.name
    assert "\u202e" not in file.name


@pytest.mark.parametrize(
    ("file", "consent", "field"),
    [
        (None, False, "text"),
        ("jpeg", False, "consent"),
    ],
)
def test_what_cannot_be_handed_over_is_refused(settings, tmp_path, file, consent, field):
    settings.MEDIA_ROOT = tmp_path
    pair = make.pair()
    one = pair.people.order_by("pk")[0]
    content = make.jpeg() if file == "jpeg" else file
    sent = make.file(content, "foto.jpg") if content is not None else None

    with pytest.raises(ValidationError) as refusal:
        services.say(pair, by=one, submission=uuid4(), file=sent, consent=consent)

    assert set(refusal.value.error_dict) == {field}
    assert not Message.objects.exists()
    assert not TalkFile.objects.exists()
    assert version_of(pair) == 0


def test_reading_goes_only_forward_and_only_over_messages_of_the_pair():
    pair, elsewhere = make.pair(), make.pair()
    one, other = pair.people.order_by("pk")
    first, second = (make.message(in_=pair, by=one) for _ in range(2))
    foreign = make.message(in_=elsewhere, by=elsewhere.people.order_by("pk")[0])
    seat = PairMember.objects.get(pair=pair, person=other)

    services.mark_read(pair, by=other, up_to=foreign.pk)
    services.mark_read(pair, by=other, up_to=first.pk)

    seat.refresh_from_db()
    assert seat.read_up_to == second.pk
    assert version_of(pair) == 3


def test_only_the_pair_marks_what_was_read():
    pair = make.pair()
    message = make.message(in_=pair, by=pair.people.order_by("pk")[0])

    with pytest.raises(PermissionDenied, match="anggota pasangan"):
        services.mark_read(pair, by=make.chair(pair.thread.group), up_to=message.pk)

    assert not PairMember.objects.filter(read_up_to__gt=0).exists()


@pytest.mark.parametrize(
    ("hours", "spoke", "meets", "shared", "expected"),
    [
        (23, False, False, False, 0),
        (25, False, False, False, 1),
        (25, True, False, False, 0),
        (25, False, True, False, 0),
        (25, False, False, True, 0),
    ],
)
def test_a_pair_that_is_silent_for_a_day_is_nudged_once(hours, spoke, meets, shared, expected):
    pair = make.pair()
    now = timezone.now() + timedelta(hours=hours)
    if spoke:
        make.message(in_=pair, by=pair.people.order_by("pk")[0])
        Message.objects.update(at=now - timedelta(hours=1))
    if meets:
        type(pair.thread).objects.update(pair_minutes=10)
    if shared:
        make.card(of=pair)

    services.nudge_silent_pairs(now)
    services.nudge_silent_pairs(now)

    assert nudged() == [events.PairIsSilent(pair_id=pair.pk)] * expected


def test_a_pair_that_was_formed_late_has_its_own_day_to_begin():
    pair = make.pair()
    now = timezone.now() + timedelta(hours=40)
    type(pair).objects.update(formed_at=now - timedelta(hours=23))

    services.nudge_silent_pairs(now)
    assert nudged() == []

    services.nudge_silent_pairs(now + timedelta(hours=2))
    assert nudged() == [events.PairIsSilent(pair_id=pair.pk)]


def test_in_a_short_phase_half_of_it_is_long():
    pair = make.pair()
    begun = timezone.now()
    thread = type(pair.thread).objects
    thread.update(paired_at=begun, pair_ends_at=begun + timedelta(hours=8))

    services.nudge_silent_pairs(begun + timedelta(hours=3))
    assert nudged() == []

    services.nudge_silent_pairs(begun + timedelta(hours=5))
    assert nudged() == [events.PairIsSilent(pair_id=pair.pk)]


def test_a_token_tells_who_and_ends(monkeypatch):
    pair = make.pair()
    one = pair.people.order_by("pk")[0]
    token = live.token_for(pair, one)
    ticket = live.read_token(token)

    assert (ticket.pair_pk, ticket.person_pk) == (pair.pk, one.pk)
    assert live.version_for(ticket) == 0
    assert live.versions_of([pair.pk])[(pair.pk, one.pk)] == 0
    with pytest.raises(signing.BadSignature):
        live.read_token(f"{token}x")
    late = time.time() + live.TOKEN_LASTS + 1
    monkeypatch.setattr(time, "time", lambda: late)
    with pytest.raises(signing.SignatureExpired):
        live.read_token(token)


def test_who_left_the_pair_learns_nothing_any_more():
    pair = make.pair()
    one = pair.people.order_by("pk")[0]
    ticket = live.read_token(live.token_for(pair, one))

    PairMember.objects.filter(person=one).delete()

    assert live.version_for(ticket) is None
    assert (pair.pk, one.pk) not in live.versions_of([pair.pk])
