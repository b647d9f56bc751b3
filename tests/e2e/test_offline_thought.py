"""What one thinks alone, with the network really off; and the clock of a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import make
from tests.e2e.conftest import OpenAs
from tests.e2e.test_cycle import look
from thinkpair import services
from thinkpair.models import Thread

KEPT = "Tersimpan di HP, dikirim bila ada sinyal"


@pytest.fixture
def thread() -> Thread:
    return make.thread()


@pytest.fixture
def member(thread: Thread) -> User:
    person = make.member(thread.group)
    services.think(thread, by=person, text="Saya diam.")
    return person


@pytest.fixture
def page(platform: str, open_as: OpenAs, thread: Thread, member: User) -> Page:
    """The discussion, opened once with signal on a phone that keeps it from then on."""
    page = open_as(member)
    page.goto(f"{platform}{thread.get_absolute_url()}")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def test_a_thought_is_gone_on_with_without_signal_and_sent_by_itself(
    platform: str, page: Page, thread: Thread
):
    page.context.set_offline(True)
    page.goto(f"{platform}{thread.get_absolute_url()}")
    expect(page.get_by_role("heading", name=thread.title)).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("Saya diam.")
    page.fill("[name=text]", "Saya diam tujuh detik.")
    expect(page.get_by_text(KEPT)).to_be_visible()
    look(page)

    page.goto(f"{platform}/sessions/")
    expect(page.get_by_text(KEPT)).to_be_visible()
    look(page)
    page.get_by_role("link", name=thread.title).click()
    expect(page.locator("[name=text]")).to_have_value("Saya diam tujuh detik.")

    page.context.set_offline(False)
    expect(page.locator("[data-state=saved]")).to_be_visible(timeout=20_000)
    assert thread.thoughts.get().text == "Saya diam tujuh detik."
    page.goto(f"{platform}{thread.get_absolute_url()}")
    expect(page.locator("[name=text]")).to_have_value("Saya diam tujuh detik.")
    expect(page.locator("[data-state=saved]")).to_be_visible()
    look(page)


def test_words_that_come_too_late_are_shown_and_can_be_copied(
    platform: str, page: Page, thread: Thread
):
    page.context.set_offline(True)
    page.goto(f"{platform}{thread.get_absolute_url()}")
    page.fill("[name=text]", "Terlambat, tetapi penting.")
    services.think(thread, by=make.member(thread.group), text="Saya juga.")
    services.end_thinking(thread, by=make.chair(thread.group))

    page.context.set_offline(False)
    expect(page.locator("[data-state=refused]")).to_be_visible(timeout=20_000)
    look(page)
    page.goto(f"{platform}{thread.get_absolute_url()}")

    kept = page.locator("mg-kept-thoughts")
    expect(kept.get_by_text("Pasangan Bapak/Ibu sudah dibagi.")).to_be_visible()
    expect(kept.locator("textarea")).to_have_value("Terlambat, tetapi penting.")
    look(page)
    assert thread.thoughts.earliest("pk").text == "Saya diam."
    kept.get_by_role("button", name="Hapus dari HP").click()
    expect(kept).to_be_hidden()


def test_signing_out_leaves_nothing_to_read(platform: str, page: Page, thread: Thread):
    page.goto(f"{platform}/me/")
    page.get_by_role("button", name="Keluar").click()
    expect(page.locator("body[data-person='']")).to_be_attached()

    page.context.set_offline(True)
    page.goto(f"{platform}{thread.get_absolute_url()}")

    expect(page.get_by_text("Diskusi ini perlu sinyal")).to_be_visible()
    expect(page.get_by_text(thread.title)).to_have_count(0)
    look(page)
    stored = page.evaluate("JSON.stringify({ ...localStorage })")
    assert "Saya diam" not in stored
    assert thread.title not in stored


def test_in_a_meeting_the_page_moves_on_and_takes_the_last_words_along(
    platform: str, open_as: OpenAs
):
    group = make.group()
    thread = make.thread(
        of=group,
        thinkers=[make.member(group), make.member(group)],
        think_minutes=1,
        pair_minutes=5,
        share_minutes=5,
    )
    Thread.objects.filter(pk=thread.pk).update(think_ends_at=timezone.now() + timedelta(seconds=12))
    one = thread.thoughts.earliest("pk").author
    page = open_as(one)
    page.goto(f"{platform}{thread.get_absolute_url()}")
    expect(page.locator("mg-countdown [data-left]")).to_have_text("0:05", timeout=20_000)
    page.fill("[name=text]", "Kata terakhir.")
    look(page)

    expect(page.get_by_text("Waktunya habis.")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-state=saved]")).to_be_visible()
    services.move_on(timezone.now())

    room = page.get_by_role("link", name="Buka ruang pasangan saya")
    expect(room).to_be_visible(timeout=10_000)
    assert thread.thoughts.get(author=one).text == "Kata terakhir."
    room.click()
    expect(page.locator("mg-countdown")).to_be_visible()
    look(page)
