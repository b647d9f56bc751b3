"""The observation sheet with the network really off: nothing is lost, and nothing comes twice."""

from __future__ import annotations

import io
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from PIL import Image
from playwright.sync_api import BrowserContext, BrowserType, Locator, Page, Route, expect

from accounts.models import User
from dev.served import served
from observations.models import Note, Observation, Photo
from observations.services import choose_focus
from sessions.models import ModelSession
from sessions.services import hold_session
from tests import make
from tests.database import database_url
from tests.e2e.conftest import OpenAs
from tests.e2e.test_cycle import look

type OpenPhone = Callable[[], BrowserContext]

NOTES, PHOTOS = 40, 10
# 256 kbit/s, with the delay of a weak mobile signal.
WEAK = {"offline": False, "latency": 200, "downloadThroughput": 32_000, "uploadThroughput": 32_000}
SLOW = {**WEAK, "latency": 300, "uploadThroughput": 64_000}
FREE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
FACT = "Meja 7 dan 8 belum mendapat tugas."
LAST_PHOTO = """async () => {
  const db = await new Promise(async (done) => {
    const found = (await indexedDB.databases()).find((one) => one.name.startsWith("mgmp-"));
    const asked = indexedDB.open(found.name);
    asked.onsuccess = () => done(asked.result);
  });
  const rows = await new Promise((done) => {
    const asked = db.transaction("sheets").objectStore("sheets").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  db.close();
  return rows[0].content.photos.at(-1).uid;
}"""
SUMS = """async (name) => {
  const db = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const rows = await new Promise((done) => {
    const asked = db.transaction("photos").objectStore("photos").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  db.close();
  const sums = {};
  for (const { uid, bytes } of rows) {
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    sums[uid] = [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  return sums;
}"""


class Platform:
    """One served platform for all tests of this file, which may become a new version."""

    def __init__(self, data: Path) -> None:
        self.environment = {"DATABASE_URL": database_url(), "DATA_DIR": str(data)}
        self.running = ExitStack()
        self.address = self.running.enter_context(served(self.environment)).address

    def upgrade(self) -> None:
        """Put other files in place of those that were collected, as a new version does."""
        self.running.close()
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        names = json.loads(manifest.read_text())
        for plain in ("frontend/app.js", "frontend/sheet.js", "frontend/app.css"):
            old = manifest.parent / names["paths"][plain]
            stem, kind = plain.rsplit(".", 1)
            new = f"{stem}.{token_hex(6)}.{kind}"
            (manifest.parent / new).write_bytes(old.read_bytes() + b"\n/* new */\n")
            for packed in (old, old.with_name(old.name + ".gz"), old.with_name(old.name + ".br")):
                packed.unlink(missing_ok=True)
            names["paths"][plain] = new
        manifest.write_text(json.dumps(names))
        port = urlsplit(self.address).port
        self.running.enter_context(served(self.environment, port=port, collects=False))


@pytest.fixture(scope="module")
def server(
    django_db_setup: None,  # noqa: ARG001 -- its database
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Platform]:
    running = Platform(tmp_path_factory.mktemp("data"))
    yield running
    running.running.close()


@pytest.fixture
def platform(
    transactional_db: None,  # noqa: ARG001 -- its rows
    server: Platform,
    settings: Any,
) -> str:
    settings.MEDIA_ROOT = Path(server.environment["DATA_DIR"]) / "media"
    return server.address


def begun() -> tuple[ModelSession, User]:
    call_command("load_reference_data", verbosity=0)
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=timedelta(minutes=-12))
    choose_focus(session, by=session.planned_by, indicator=make.indicator())
    return session, observer


def sign_in(context: BrowserContext, person: User, platform: str) -> None:
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    tomorrow = time.time() + 86_400
    cookie = {"name": name, "value": client.cookies[name].value, "url": platform}
    context.add_cookies([{**cookie, "expires": tomorrow}])  # type: ignore[typeddict-item]


@pytest.fixture
def open_phone(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path: Path,
) -> Iterator[OpenPhone]:
    """A phone whose memory outlives its browser: each call opens it again."""
    opened: list[BrowserContext] = []
    given = {**browser_type_launch_args, **browser_context_args}

    def open_one() -> BrowserContext:
        context = browser_type.launch_persistent_context(tmp_path / "phone", **given)
        context.set_default_timeout(20_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


def at(platform: str, session: ModelSession) -> str:
    return f"{platform}/sessions/{session.pk}/observe/"


def prepare(page: Page, address: str) -> None:
    """Open the sheet with signal, until the phone has it."""
    page.goto(address)
    page.locator("[data-ready]:not([hidden])").wait_for(state="attached")


def state(page: Page) -> Locator:
    return page.locator("[data-status]")


def write_note(page: Page, text: str) -> None:
    quick = page.locator("[data-quick]")
    quick.fill(text)
    quick.press("Enter")
    expect(quick).to_have_value("")


def picture(number: int) -> bytes:
    """A photo with as much in it as a classroom, different for each number."""
    chance = random.Random(number)  # noqa: S311 -- no secret, only the same picture each time
    rough = Image.frombytes("RGB", (400, 300), chance.randbytes(400 * 300 * 3))
    written = io.BytesIO()
    rough.resize((1200, 900), Image.Resampling.BICUBIC).save(written, "JPEG", quality=85)
    return written.getvalue()


def take_photo(page: Page, number: int) -> None:
    file = {"name": "kelas.jpg", "mimeType": "image/jpeg", "buffer": picture(number)}
    page.locator("[data-photo]").set_input_files(file)
    page.locator("[data-consent]").check()
    page.locator("[data-keep-photo]").click()
    expect(page.locator("[data-photo-dialog]")).to_be_hidden()


def fill_whole(page: Page) -> int:
    """Fill every item of SMART Ringkas and go to the last step. Gives the number of taps."""
    taps = 0
    while page.locator("[data-next]").is_visible():
        item = page.locator(".is-now")
        if item.locator(".scale-option").count():
            item.locator(".scale-option").nth(1).click()
            taps += 1
        field = item.locator("textarea")
        field.click()
        field.fill(FACT)
        page.locator("[data-next]").click()
        taps += 2
    return taps


def to_last_step(page: Page) -> None:
    while page.locator("[data-next]").is_visible():
        page.locator("[data-next]").click()


def kept_sums(page: Page, person: User) -> dict[str, str]:
    sums: dict[str, str] = page.evaluate(SUMS, f"mgmp-sheets-{person.pk}")
    return sums


def arrived_sums() -> dict[str, str]:
    """What arrived whole and became a picture, by the sum that the phone and the server agreed on.

    What is stored has another sum: every picture is made anew.
    """
    found = {}
    for photo in Photo.objects.exclude(stored_at=None):
        with photo.file.open() as file, Image.open(file) as picture:
            picture.load()
        found[str(photo.uid)] = photo.sha256
    return found


def test_a_lesson_without_signal_arrives_whole(
    platform: str,
    open_phone: OpenPhone,
    capsys: pytest.CaptureFixture[str],
):
    session, observer = begun()
    phone = open_phone()
    sign_in(phone, observer, platform)
    page = phone.new_page()
    prepare(page, at(platform, session))
    look(page)
    phone.set_offline(True)
    page.reload()
    for number in range(NOTES):
        write_note(page, f"Catatan {number}")
    for number in range(PHOTOS):
        take_photo(page, number)
    fill_whole(page)
    expect(state(page)).to_contain_text("Tersimpan di HP")
    look(page)

    # The browser is closed, and opened again still without signal: by any page of the platform.
    phone.close()
    phone = open_phone()
    phone.set_offline(True)
    page = phone.new_page()
    page.goto(f"{platform}/")
    expect(page.get_by_text("Tersimpan di HP")).to_be_visible()
    look(page)
    page.get_by_role("link", name=session.title).click()
    to_last_step(page)
    expect(page.locator("[data-timeline] > li")).to_have_count(NOTES + PHOTOS)
    kept = kept_sums(page, observer)
    assert len(set(kept.values())) == PHOTOS

    # The signal comes back, weak; it is cut once more at the last piece.
    hold_session(session, by=session.planned_by)
    seconds = send_over_a_weak_signal(page, phone)

    sheet = Observation.objects.get()
    assert sheet.submitted_at
    assert sorted(note.text for note in Note.objects.all()) == sorted(
        f"Catatan {number}" for number in range(NOTES)
    )
    assert arrived_sums() == kept
    assert sheet.submissions.count() == 1
    look(page)
    phone.set_offline(True)
    page.reload()
    expect(state(page)).to_contain_text("Terkirim")
    expect(page.locator(".is-now textarea")).to_have_value(FACT)
    with capsys.disabled():
        size = sum(photo.size for photo in Photo.objects.all())
        print(f"\n{NOTES} notes, {PHOTOS} photos ({size:,} B) at 256 kbit/s: {seconds:.1f} s")  # noqa: T201 -- the measurement
    assert seconds < 60


def send_over_a_weak_signal(page: Page, phone: BrowserContext) -> float:
    """Hand in, with the last piece of the last photo cut off once. Gives the seconds it took."""
    last = page.evaluate(LAST_PHOTO)
    cuts: list[str] = []

    def cut_once(route: Route) -> None:
        at_start = route.request.headers.get("upload-offset") == "0"
        if cuts or at_start:
            route.continue_()
        else:
            cuts.append(route.request.url)
            route.abort()

    page.route(f"**/api/v1/photos/{last}/", cut_once)
    debugger = phone.new_cdp_session(page)
    page.locator("[data-submit]").click()
    expect(state(page)).to_contain_text("menunggu")
    began = time.monotonic()
    phone.set_offline(False)
    debugger.send("Network.enable")
    debugger.send("Network.emulateNetworkConditions", WEAK)
    expect(state(page)).to_contain_text("Mengirim")
    expect(state(page)).to_contain_text(re.compile("Terkirim .*WITA ✓"), timeout=90_000)
    seconds = time.monotonic() - began
    debugger.send("Network.emulateNetworkConditions", FREE)
    assert len(cuts) == 1
    return seconds


def test_a_page_killed_while_it_sends_loses_and_doubles_nothing(
    platform: str,
    open_as: OpenAs,
):
    session, observer = begun()
    page = open_as(observer)
    phone = page.context
    prepare(page, at(platform, session))
    phone.set_offline(True)
    for number in range(5):
        write_note(page, f"Catatan {number}")
    for number in range(5):
        take_photo(page, number)
    kept = kept_sums(page, observer)
    chance = random.Random(11)  # noqa: S311 -- no secret, only the same points each time

    for _kill in range(5):
        debugger = phone.new_cdp_session(page)
        debugger.send("Network.enable")
        phone.set_offline(False)
        debugger.send("Network.emulateNetworkConditions", SLOW)
        page.wait_for_timeout(chance.randrange(1200))
        page.close()
        phone.set_offline(True)
        page = phone.new_page()
        page.goto(at(platform, session))
        expect(state(page)).to_contain_text("Tersimpan di HP")
        to_last_step(page)
        expect(page.locator("[data-timeline] > li")).to_have_count(10)
    phone.set_offline(False)

    expect(state(page)).to_contain_text(re.compile("Draf terkirim .*✓"))
    assert Observation.objects.count() == 1
    assert sorted(note.text for note in Note.objects.all()) == [
        f"Catatan {number}" for number in range(5)
    ]
    assert arrived_sums() == kept


def test_sign_in_that_ended_another_account_and_two_tabs(platform: str, open_as: OpenAs):
    session, observer = begun()
    other = make.member(session.group)
    page = open_as(observer)
    phone = page.context
    prepare(page, at(platform, session))

    # Two tabs: one writes, the other says so and may take over.
    second = phone.new_page()
    second.goto(at(platform, session))
    expect(second.get_by_text("sedang diisi di tab lain")).to_be_visible()
    expect(second.locator(".is-now textarea")).to_be_disabled()
    write_note(page, "Dari tab pertama")
    to_last_step(second)
    expect(second.locator("[data-timeline]")).to_contain_text("Dari tab pertama")
    second.get_by_role("button", name="Isi di sini saja").click()
    expect(page.get_by_text("sedang diisi di tab lain")).to_be_visible()
    look(page)
    write_note(second, "Dari tab kedua")
    expect(state(second)).to_contain_text("Draf terkirim")
    page.close()

    # The sign-in ended meanwhile: what is written stays, and says what it needs.
    phone.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write_note(second, "Tanpa masuk")
    expect(state(second)).to_contain_text("Masuk dulu")
    look(second)
    assert Note.objects.count() == 2

    # Another account on the same phone sees nothing of it, with or without signal.
    sign_in(phone, other, platform)
    second.goto(f"{platform}/sheets/")
    expect(second.get_by_text("Belum ada lembar observasi")).to_be_visible()
    assert not second.get_by_text(session.title).count()
    phone.set_offline(True)
    second.goto(at(platform, session))
    expect(second.get_by_role("heading", name="Lembar di HP ini")).to_be_visible()
    assert not second.get_by_text(session.title).count()
    phone.set_offline(False)

    # Her queue waited for her, and goes from whichever page she opens.
    sign_in(phone, observer, platform)
    second.goto(f"{platform}/")
    waits = second.locator("mg-sync [data-state=connected]")
    expect(waits).to_be_visible()
    assert Note.objects.count() == 3
    waits.click()
    expect(second.get_by_text(re.compile("Draf terkirim .*✓"))).to_be_visible()
    look(second)
    assert {note.text for note in Note.objects.all()} == {
        "Dari tab pertama",
        "Dari tab kedua",
        "Tanpa masuk",
    }
    assert Observation.objects.count() == 1


def test_a_full_phone_says_so_and_loses_nothing(platform: str, open_as: OpenAs):
    session, observer = begun()
    page = open_as(observer)
    debugger = page.context.new_cdp_session(page)
    # Room for the page itself, and for a few photos.
    debugger.send("Storage.overrideQuotaForOrigin", {"origin": platform, "quotaSize": 2_000_000})
    prepare(page, at(platform, session))
    page.context.set_offline(True)
    write_note(page, "Sebelum penuh")

    refusal = page.get_by_text("HP penuh: foto ini tidak tersimpan")
    for number in range(20):
        take_photo(page, number)
        page.wait_for_timeout(300)
        if refusal.is_visible():
            break
    expect(refusal).to_be_visible()
    look(page)
    photos = len(kept_sums(page, observer))
    full = page.get_by_text("HP penuh, isian ini belum tersimpan")
    field = page.locator(".is-now textarea")
    typed = ""
    while not full.is_visible() and len(typed) < 2000:
        typed += FACT
        field.fill(typed)
        page.wait_for_timeout(50)
    expect(full).to_be_visible()
    expect(field).to_have_value(typed)
    look(page)
    debugger.send("Storage.overrideQuotaForOrigin", {"origin": platform})

    expect(full).to_be_hidden()
    page.reload()
    expect(page.locator(".is-now textarea")).to_have_value(typed)
    to_last_step(page)
    expect(page.locator("[data-timeline] > li")).to_have_count(1 + photos)


def test_smart_ringkas_takes_at_most_twenty_five_taps(
    platform: str, open_as: OpenAs, capsys: pytest.CaptureFixture[str]
):
    session, observer = begun()
    hold_session(session, by=session.planned_by)
    page = open_as(observer)
    page.goto(at(platform, session))
    expect(page.locator("[data-back]")).to_be_disabled()

    taps = fill_whole(page)
    look(page)
    page.locator("[data-submit]").click()
    taps += 1

    expect(state(page)).to_contain_text(re.compile("Terkirim .*✓"))
    assert Observation.objects.get().submitted_at
    with capsys.disabled():
        print(f"\nSMART Ringkas: {taps} taps and typing, without notes")  # noqa: T201 -- the measurement
    assert taps <= 25


def test_a_sent_sheet_is_corrected_without_signal_and_what_it_said_is_kept(
    platform: str, open_as: OpenAs
):
    session, observer = begun()
    hold_session(session, by=session.planned_by)
    page = open_as(observer)
    prepare(page, at(platform, session))
    fill_whole(page)
    page.locator("[data-submit]").click()
    expect(state(page)).to_contain_text(re.compile("Terkirim .*✓"))
    page.context.set_offline(True)

    page.locator("[data-edit]").click()
    page.locator("[data-reason]").fill("Salah meja")
    for _ in range(6):
        page.locator("[data-back]").click()
    page.locator(".is-now textarea").fill("Meja 2, bukan meja 7, belum mendapat tugas.")
    to_last_step(page)
    page.locator("[data-submit]").click()
    expect(state(page)).to_contain_text("menunggu")
    look(page)
    assert Observation.objects.get().submissions.count() == 1
    page.context.set_offline(False)

    expect(state(page)).to_contain_text(re.compile("Terkirim .*✓"))
    sheet = Observation.objects.get()
    assert sheet.corrected_at
    first, second = sheet.submissions.order_by("number")
    assert (first.reason, second.reason) == ("", "Salah meja")
    assert FACT in json.dumps(first.content)
    assert "bukan meja 7" in json.dumps(second.content)


def test_of_two_phones_the_observer_says_which_is_right(platform: str, open_as: OpenAs):
    session, observer = begun()
    first, second = open_as(observer), open_as(observer)
    prepare(first, at(platform, session))
    first.context.set_offline(True)
    write_note(first, "Dari HP pertama")
    prepare(second, at(platform, session))
    write_note(second, "Dari HP kedua")
    expect(state(second)).to_contain_text("Draf terkirim")

    first.context.set_offline(False)
    first.locator("[data-compare]").click()
    versions = first.locator("[data-versions]")
    expect(versions).to_contain_text("Dari HP pertama")
    expect(versions).to_contain_text("Dari HP kedua")
    look(first)
    assert [note.text for note in Note.objects.all()] == ["Dari HP kedua"]
    first.get_by_role("button", name="Pakai yang di HP ini").click()

    expect(state(first)).to_contain_text("Draf terkirim")
    assert [note.text for note in Note.objects.all()] == ["Dari HP pertama"]
    assert Observation.objects.count() == 1


def test_a_sheet_begun_before_an_upgrade_is_read_and_sent_after_it(
    platform: str, server: Platform, open_as: OpenAs
):
    session, observer = begun()
    page = open_as(observer)
    phone = page.context
    prepare(page, at(platform, session))
    script = page.locator("script[src*=sheet]")
    before = script.get_attribute("src")
    phone.set_offline(True)
    write_note(page, "Sebelum versi baru")

    server.upgrade()
    page.reload()
    write_note(page, "Masih versi lama")
    phone.set_offline(False)
    expect(state(page)).to_contain_text("Draf terkirim")
    prepare(page, at(platform, session))
    to_last_step(page)
    expect(page.locator("[data-timeline] > li")).to_have_count(2)
    after = script.get_attribute("src")
    assert after != before
    assert len([name for name in page.evaluate("caches.keys()") if "sheet-" in name]) == 1
    phone.set_offline(True)
    page.reload()
    assert script.get_attribute("src") == after
    write_note(page, "Versi baru tanpa sinyal")
    phone.set_offline(False)

    expect(state(page)).to_contain_text("Draf terkirim")
    assert Observation.objects.count() == 1
    assert Note.objects.count() == 3
