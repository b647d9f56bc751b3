"""Planning a meeting with its agenda on a phone: the clash is told, the warning waved through."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from sessions.models import ModelSession
from tests import make
from tests.e2e.conftest import OpenAs
from tests.e2e.test_cycle import look, press

AGENDA = [("Pembukaan", "10"), ("Membagi kisi-kisi menurut kelas", "60")]


def at(page: Page, start: str, end: str) -> None:
    """Write both times, and leave the field as a finger does."""
    page.get_by_label("Mulai").fill(start)
    page.get_by_label("Selesai").fill(end)
    page.locator("#id_ends_at").dispatch_event("change")


def test_a_meeting_is_planned_with_its_agenda_and_a_clash_is_told(platform: str, open_as: OpenAs):
    group = make.group()
    chair, leader = make.chair(group), make.member(group)
    busy = make.meeting(of=group, leader=leader, starts_in=timedelta(days=30))
    begins = timezone.localtime(busy.starts_at).replace(second=0, microsecond=0)
    page = open_as(chair)
    page.goto(f"{platform}/sessions/")
    page.get_by_role("link", name="Rencanakan sesi").first.tap()
    page.get_by_role("link", name="Rapat kerja").tap()
    page.get_by_label("Judul pertemuan").fill("Menyusun soal akhir semester")
    page.get_by_label("Pemimpin").select_option(str(leader.pk))
    page.locator("[name=place]").fill("Aula Dinas Pendidikan Kabupaten Luwu Utara")
    for row, (title, minutes) in enumerate(AGENDA):
        page.locator(f"[name=agenda-{row}-title]").fill(title)
        page.locator(f"[name=agenda-{row}-minutes]").fill(minutes)
    page.locator("[name=agenda-1-speaker]").fill("Dr. Andi Baso Pattiware")

    at(page, f"{begins:%Y-%m-%dT%H:%M}", f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    clash = re.compile(f"{re.escape(str(leader))} sudah memimpin “{busy.title}”")
    expect(page.locator("#check")).to_contain_text(clash)
    press(page, "Rencanakan dan undang")
    expect(page.get_by_role("alert")).to_contain_text("Belum tersimpan")
    expect(page.locator(".errors")).to_contain_text(clash)
    look(page)

    at(page, "2027-08-17T09:00", "2027-08-17T10:10")
    expect(page.locator("#check")).to_contain_text("17 Agustus 2027 bukan hari kerja")
    press(page, "Rencanakan dan undang")
    press(page, "Tetap rencanakan")

    expect(page.get_by_text("Pertemuan direncanakan. 3 orang diundang.")).to_be_visible()
    expect(page.get_by_text("Dr. Andi Baso Pattiware")).to_be_visible()
    look(page)
    made = ModelSession.objects.get(title="Menyusun soal akhir semester")
    assert [(item.title, item.minutes) for item in made.agenda.order_by("position")] == [
        ("Pembukaan", 10),
        ("Membagi kisi-kisi menurut kelas", 60),
    ]
    page.get_by_role("link", name="Bagikan ke grup WhatsApp").tap()
    expect(page.get_by_role("button", name="Salin undangan untuk WhatsApp")).to_be_in_viewport()
