"""A post kept on the phone, with the network really off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from sharing import services
from tests import make
from tests.e2e.conftest import OpenAs
from tests.e2e.test_cycle import look
from tests.matrix import PDF


def test_a_kept_post_opens_without_signal_and_goes_when_it_is_withdrawn(
    platform: str, open_as: OpenAs, tmp_path: Path, settings: Any
):
    settings.MEDIA_ROOT = tmp_path / "media"
    group = make.group()
    post = make.post(of=group)
    services.attach_file(post, make.file(PDF, "kartu.pdf"), by=post.author)
    page = open_as(make.member(group))
    phone = page.context
    page.goto(f"{platform}{post.get_absolute_url()}")
    page.get_by_role("button", name="Simpan di HP").click()
    expect(page.locator("mg-keep-post [data-kept]")).to_be_visible()
    look(page)
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")

    phone.set_offline(True)
    page.goto(f"{platform}/sessions/")
    page.get_by_role("link", name="Bahan di HP ini").click()
    look(page)
    page.get_by_role("link", name=post.title).click()
    expect(page.get_by_text("Kol ungu dari pasar")).to_be_visible()
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="kartu.pdf").click()
    assert Path(download.value.path()).read_bytes() == PDF
    page.goto(f"{platform}{post.get_absolute_url()}")
    expect(page.get_by_text("Kol ungu dari pasar")).to_be_visible()

    phone.set_offline(False)
    services.withdraw_post(post, by=post.author)
    page.goto(f"{platform}/posts/kept/")
    expect(page.get_by_text("Belum ada bahan di HP ini")).to_be_visible()
    phone.set_offline(True)
    page.goto(f"{platform}{post.get_absolute_url()}")
    expect(page.get_by_text("Tidak ada sinyal")).to_be_visible()


def test_signing_out_hides_what_is_kept(
    platform: str, open_as: OpenAs, tmp_path: Path, settings: Any
):
    settings.MEDIA_ROOT = tmp_path / "media"
    post = make.post()
    page = open_as(post.author)
    page.goto(f"{platform}{post.get_absolute_url()}")
    page.get_by_role("button", name="Simpan di HP").click()
    expect(page.locator("mg-keep-post [data-kept]")).to_be_visible()
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")

    page.goto(f"{platform}/me/")
    page.get_by_role("button", name="Keluar").click()
    expect(page.locator("body[data-person='']")).to_be_attached()
    page.context.set_offline(True)
    page.goto(f"{platform}/posts/kept/")

    expect(page.get_by_text("Belum ada bahan di HP ini")).to_be_visible()
    page.goto(f"{platform}/posts/{post.pk}/kept/")
    expect(page.get_by_text("Tidak ada sinyal")).to_be_visible()
