"""A photo is made light on the phone, before a byte of it is sent."""

import io
import random
from datetime import timedelta

from PIL import Image
from playwright.sync_api import expect

from sessions.models import SessionFile
from tests import make
from tests.e2e.conftest import OpenAs


def test_a_photo_is_shrunk_on_the_phone(platform: str, open_as: OpenAs):
    session = make.meeting(starts_in=timedelta(hours=-1))
    page = open_as(session.planned_by)
    page.goto(f"{platform}/sessions/{session.pk}/files/")
    sent: list[int] = []
    # Playwright sets an attribute on the listener, which a method of a list has no room for.
    page.on("request", lambda asked: sent.append(len(asked.post_data_buffer or b"")))

    field = page.locator("input[type=file]")
    field.set_input_files({"name": "kelas.jpg", "mimeType": "image/jpeg", "buffer": _photo()})
    for _ in range(100):
        if field.evaluate("field => field.files[0].size") <= 200_000:
            break
        page.wait_for_timeout(100)
    page.get_by_label("setuju").check()
    page.get_by_role("button", name="Simpan berkas").click()
    expect(page.get_by_text("kelas.jpg").first).to_be_visible()

    kept = SessionFile.objects.get()
    assert (kept.name, kept.kind, kept.size <= 200_000) == ("kelas.jpg", "photo", True)
    with kept.file.open() as file:
        assert max(Image.open(file).size) <= 1600
    assert max(sent) < 210_000


def _photo() -> bytes:
    """Some 3000 × 2000 pixels with as much detail as a phone's camera sees, above two megabytes."""
    chance = random.Random(7)  # noqa: S311 -- no secret, only the same picture each time
    rough = Image.frombytes("RGB", (750, 500), chance.randbytes(750 * 500 * 3))
    written = io.BytesIO()
    rough.resize((3000, 2000), Image.Resampling.BICUBIC).save(written, "JPEG", quality=95)
    assert written.tell() > 2_000_000
    return written.getvalue()
