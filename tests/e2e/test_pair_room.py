"""Two phones in the room of a pair: live, without the event channel, and without signal."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dev.served import channelled, served
from dev.services import free_port
from tests import make
from tests.database import database_url
from tests.e2e.conftest import OpenAs
from tests.e2e.test_cycle import look
from tests.matrix import PDF
from thinkpair import services
from thinkpair.models import Card, Message, Pair, TalkFile

WITHIN = 2000


@pytest.fixture
def events() -> Iterator[ExitStack]:
    """The event process; closed, it is gone."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def platform(transactional_db: None, tmp_path: Path, events: ExitStack) -> Iterator[str]:  # noqa: ARG001 -- its rows
    port, channel = free_port(), free_port()
    site = f"http://127.0.0.1:{port}"
    here = {"DATABASE_URL": database_url(), "DATA_DIR": str(tmp_path), "SITE_URL": site}
    events.enter_context(channelled(here, port=channel))
    here["EVENTS_URL"] = f"http://127.0.0.1:{channel}"
    with served(here, port=port, threads=4) as server:
        yield server.address


@pytest.fixture
def pair() -> Pair:
    return make.pair()


@pytest.fixture
def phones(platform: str, pair: Pair, open_as: OpenAs) -> list[Page]:
    found = [open_as(person) for person in pair.people.order_by("pk")]
    for phone in found:
        phone.goto(f"{platform}/pairs/{pair.pk}/")
    return found


def say(phone: Page, words: str) -> None:
    phone.locator("#say [name=text]").fill(words)
    phone.locator("#say button[type=submit]").click()


def bubble(phone: Page, words: str):
    return phone.locator(".talk .bubble", has_text=words)


@contextmanager
def no_signal(phone: Page) -> Iterator[None]:
    phone.context.set_offline(True)
    yield
    phone.context.set_offline(False)


def test_what_one_says_the_other_sees_within_two_seconds(phones: list[Page]):
    one, other = phones
    one.wait_for_timeout(1500)

    for phone, seer, words in ((one, other, "Berapa lama?"), (other, one, "Tujuh detik.")):
        say(phone, words)
        expect(bubble(phone, words).locator(".status-sent")).to_be_visible(timeout=WITHIN)
        expect(bubble(seer, words)).to_be_visible(timeout=WITHIN)

    bubble(other, "Berapa lama?").scroll_into_view_if_needed()
    bubble(one, "Tujuh detik.").scroll_into_view_if_needed()
    expect(bubble(other, "Tujuh detik.").locator("[data-seen]")).to_contain_text("Dibaca")
    look(one)


def test_with_the_event_process_gone_words_still_arrive(phones: list[Page], events: ExitStack):
    one, other = phones
    one.wait_for_timeout(1500)

    events.close()
    other.wait_for_timeout(500)
    say(one, "Masih terbaca?")

    expect(bubble(other, "Masih terbaca?")).to_be_visible(timeout=6000)


def test_what_is_written_without_signal_arrives_once_and_in_order(
    phones: list[Page], pair: Pair, platform: str
):
    one, other = phones
    with no_signal(one):
        for number in range(3):
            say(one, f"Tanpa sinyal {number}.")
        kept = bubble(one, "Tanpa sinyal 2.")
        expect(kept.locator("[data-state=kept]")).to_be_visible()
        expect(bubble(other, "Tanpa sinyal")).to_have_count(0)
        look(one)
    one.goto(f"{platform}/pairs/{pair.pk}/")

    expect(bubble(other, "Tanpa sinyal")).to_have_count(3, timeout=15_000)
    expect(bubble(one, "Tanpa sinyal")).to_have_count(3)
    time.sleep(1)
    said = Message.objects.order_by("pk").values_list("text", flat=True)
    assert list(said) == [f"Tanpa sinyal {number}." for number in range(3)]


def test_a_file_that_is_handed_over_without_signal_arrives_once(phones: list[Page]):
    one, other = phones
    one.get_by_text("Sertakan berkas atau foto").click()
    with no_signal(one):
        one.locator("#say [name=file]").set_input_files(
            {"name": "kartu.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        say(one, "Ini kartunya.")
        kept = bubble(one, "Ini kartunya.")
        expect(kept.locator("[data-state=kept]")).to_be_visible()
        expect(kept.locator("[data-file]")).to_contain_text("kartu.pdf")
        expect(one.get_by_text("Terputus, mencoba lagi.")).to_be_visible(timeout=30_000)
        look(one)

    expect(bubble(other, "kartu.pdf")).to_be_visible(timeout=20_000)
    expect(bubble(one, "Ini kartunya.").locator(".status-sent")).to_be_visible(timeout=20_000)
    expect(one.get_by_text("Terputus, mencoba lagi.")).to_be_hidden()
    assert TalkFile.objects.get().message.text == "Ini kartunya."


def test_words_for_a_pair_that_is_no_more_are_shown_and_can_be_copied(
    phones: list[Page], pair: Pair, platform: str
):
    one, _other = phones
    person = pair.people.earliest("pk")
    with no_signal(one):
        say(one, "Belum sampai.")
        expect(bubble(one, "Belum sampai.").locator("[data-state=kept]")).to_be_visible()
        services.mark_absent(pair.thread, by=person, person=person)

    line = bubble(one, "Belum sampai.")
    expect(line.get_by_text("Belum terkirim: pasangan ini sudah berubah.")).to_be_visible(
        timeout=20_000
    )
    expect(one.get_by_text("Ruang ini tidak menerima pesan lagi.")).to_be_visible()
    look(one)
    one.goto(f"{platform}{pair.thread.get_absolute_url()}")
    left = one.locator("mg-left-talk")
    expect(left.get_by_text("Belum sampai.").first).to_be_visible()
    look(one)
    left.get_by_role("button", name="Hapus dari HP").click()
    expect(left).to_be_hidden()


def test_the_card_is_written_by_two_and_neither_loses_words(phones: list[Page], pair: Pair):
    one, other = phones
    one.fill("[name=problem]", "Murid diam.")
    expect(other.locator("[name=problem]")).to_have_value("Murid diam.", timeout=8000)

    one.fill("[name=cause]", "Takut salah.")
    other.fill("[name=cause]", "Malu bertanya.")
    other.fill("[name=attempt]", "Tunggu tujuh detik.")
    either = [phone.locator("[data-conflict-shown]") for phone in phones]
    for _ in range(60):
        if any(each.count() for each in either):
            break
        one.wait_for_timeout(200)
    loser = one if either[0].count() else other
    look(loser)
    loser.get_by_role("button", name="Gabungkan").click()

    expect(one.locator("[name=attempt]")).to_have_value("Tunggu tujuh detik.", timeout=8000)
    for phone in phones:
        expect(phone.locator("[name=cause]")).to_have_value(
            re.compile("Takut salah|Malu bertanya"), timeout=8000
        )
    one.wait_for_timeout(4500)
    cause = Card.objects.get(pair=pair).cause
    assert "Takut salah." in cause
    assert "Malu bertanya." in cause
