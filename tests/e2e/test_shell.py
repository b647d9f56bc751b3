"""The shell and the components in a real browser, under the policy of production."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests import make

pytestmark = pytest.mark.urls("tests.e2e.probe")

# What every page brings; the mark on the tab is counted, too, though not every browser asks for it.
FIRST_FILES = {"app.css", "app.js", "icons.svg", "mark.svg"}


@pytest.fixture
def _signed_in(context: BrowserContext, live_server) -> None:
    user = make.chair(make.group())
    user.is_staff = True
    user.save()
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of, e.g. a breach of the policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.usefixtures("_signed_in")
@pytest.mark.parametrize(
    ("address", "width", "height", "scheme"),
    [
        ("/gallery/", 360, 740, "light"),
        ("/gallery/", 360, 740, "dark"),
        ("/gallery/", 1280, 800, "light"),
        ("/gallery/", 1280, 800, "dark"),
        ("/gallery/?focus=1", 360, 740, "dark"),
    ],
)
def test_nothing_on_the_gallery_stands_in_a_readers_way(  # noqa: PLR0917 -- what it is given
    page: Page, live_server, complaints: list[str], address, width, height, scheme
):
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)

    page.goto(live_server.url + address)

    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # axe is no part of the page; it comes in by the debugger's door, past the policy.
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.usefixtures("_signed_in")
def test_a_refusal_is_told_in_the_message_line_and_changes_nothing(page: Page, live_server):
    page.goto(f"{live_server.url}/probe/")

    page.get_by_role("button", name="Ditolak").click()

    expect(page.locator("#messages")).to_contain_text("Sesi ini belum dilaksanakan.")
    expect(page.locator("#part")).to_be_visible()


@pytest.mark.usefixtures("_signed_in")
def test_a_broken_or_unreachable_server_is_told_of(page: Page, live_server):
    page.goto(f"{live_server.url}/probe/")

    page.get_by_role("button", name="Rusak").click()
    expect(page.locator("#messages")).to_contain_text("Belum berhasil")

    page.route("**/probe/broken/", lambda route: route.abort())
    page.get_by_role("button", name="Rusak").click()
    expect(page.locator("#messages")).to_contain_text("Belum terkirim")
    expect(page.locator("#part")).to_be_visible()


@pytest.mark.usefixtures("_signed_in")
def test_the_mark_stands_on_the_bar_without_a_frame(page: Page, live_server):
    page.goto(f"{live_server.url}/probe/")

    mark = page.locator(".brand .mark").first
    expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(mark).to_have_css("border-left-width", "0px")


@pytest.mark.usefixtures("_signed_in")
def test_a_whole_page_is_not_put_into_a_part(page: Page, live_server):
    page.goto(f"{live_server.url}/probe/")

    page.get_by_role("button", name="Ke mana-mana").click()

    expect(page).to_have_url(f"{live_server.url}/probe/sent/")


@pytest.mark.usefixtures("_signed_in")
def test_a_list_grows_and_the_keyboard_goes_on_where_it_was(page: Page, live_server):
    page.goto(f"{live_server.url}/probe/")

    page.get_by_role("link", name="Muat lagi").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Baris")).to_have_count(6)
    expect(page.get_by_role("link", name="Baris 4")).to_be_focused()
    expect(page.get_by_role("link", name="Muat lagi")).to_have_count(0)


@pytest.mark.usefixtures("_signed_in")
def test_words_survive_a_lost_signal_and_are_sent_once(page: Page, live_server):
    page.goto(f"{live_server.url}/probe/")
    mark = page.locator("[name=submission]").input_value()
    page.get_by_label("Tulisan").fill("Tunggu tujuh detik.")
    expect(page.get_by_text("Tersimpan di HP", exact=True)).to_be_visible()

    page.route("**/probe/", lambda route: route.abort())
    page.get_by_role("button", name="Kirim").click()
    page.unroute("**/probe/")
    page.goto(f"{live_server.url}/probe/")
    expect(page.get_by_label("Tulisan")).to_have_value("Tunggu tujuh detik.")
    page.get_by_role("button", name="Kirim").click()

    expect(page.get_by_text(f"Terkirim {mark}")).to_be_visible()
    page.goto(f"{live_server.url}/probe/")
    expect(page.get_by_label("Tulisan")).to_have_value("")


@pytest.mark.usefixtures("_signed_in")
def test_a_form_to_mend_shows_what_was_sent(page: Page, live_server):
    page.goto(f"{live_server.url}/probe/")
    page.get_by_label("Tulisan").evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("Tulisan").fill("Ini lebih panjang dari dua puluh huruf.")

    page.get_by_role("button", name="Kirim").click()

    expect(page.get_by_role("alert")).to_contain_text("Belum tersimpan")
    expect(page.get_by_label("Tulisan")).to_have_value("Ini lebih panjang dari dua puluh huruf.")


@pytest.mark.usefixtures("_signed_in")
def test_without_javascript_forms_and_lists_work(browser, live_server, context: BrowserContext):
    plain = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    page = plain.new_page()
    page.goto(f"{live_server.url}/probe/")

    page.get_by_label("Tulisan").fill("Tanpa skrip.")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", name="Sampai")).to_be_visible()

    page.goto(f"{live_server.url}/probe/")
    page.get_by_role("link", name="Muat lagi").click()
    expect(page).to_have_url(f"{live_server.url}/probe/?after=x")
    plain.close()


def test_a_first_visit_is_light(page: Page, live_server):
    requests: list[Request] = []
    # Playwright sets an attribute on the listener, which a method of a list has no room for.
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 -- see above

    page.goto(f"{live_server.url}/")
    page.wait_for_load_state("networkidle")

    # The test server compresses nothing; what is built is measured as Caddy would send it.
    built = Path(settings.BASE_DIR) / "frontend" / "static" / "frontend"
    names = {Path(urlsplit(request.url).path).name for request in requests}
    assert {path.name for path in built.iterdir()} & names <= FIRST_FILES
    sent = sum(len(gzip.compress((built / name).read_bytes())) for name in FIRST_FILES)
    assert len(requests) <= 10
    assert sent <= 45_000
