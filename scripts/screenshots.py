"""Take the README's pictures anew: make screenshots. The demo district, on a phone, in Chromium."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dev.served import environment_with, served

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
PASSWORD = "belajar-bersama"  # noqa: S105 -- the demo's
QUIET = ("no-sandbox", "disable-gpu", "disable-background-networking", "disable-sync")


def main() -> int:
    """Load the demo into an empty database, serve it, and look at three pages of it."""
    with tempfile.TemporaryDirectory() as folder:
        given = {"DATA_DIR": folder, "DATABASE_URL": "", "REDIS_URL": "", "SECRET_KEY": "no secret"}
        for command in ("migrate", "load_reference_data", "load_demo"):
            manage = [sys.executable, "manage.py", command]
            subprocess.run(manage, cwd=ROOT, env=environment_with(given), check=True)
        with served(given) as server, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
                args=[f"--{name}" for name in QUIET],
            )
            page = chromium.new_page(
                viewport={"width": 360, "height": 740},
                device_scale_factor=2,
                locale="id-ID",
                timezone_id="Asia/Makassar",
            )
            _take(page, server.address)
            chromium.close()
    return 0


def _take(page: Page, address: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", "guru")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{address}/")
    _save(page, "home")
    page.get_by_role("link", name="Isi lembar observasi").first.click()
    page.wait_for_url("**/observe/")
    _save(page, "observe")
    page.goto(f"{address}/sessions/")
    page.get_by_role("link", name="Mengapa daun tidak semuanya hijau?").first.click()
    page.wait_for_url("**/sessions/*/")
    _save(page, "session")


def _save(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
