"""Planning a series on a phone of 360 px."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from sessions.models import Series
from tests import make
from tests.e2e.conftest import OpenAs
from tests.e2e.test_cycle import look, press


def test_a_series_is_planned_on_a_phone(platform: str, open_as: OpenAs):
    group = make.group()
    teacher, chair = make.member(group), make.chair(group)
    make.phase()
    page = open_as(chair)
    page.goto(f"{platform}/sessions/new/?group={group.pk}")
    page.get_by_label("Judul pembelajaran").fill("Perbandingan senilai")
    page.get_by_label("Guru model").select_option(str(teacher.pk))
    page.get_by_label("Tujuan pembelajaran").fill("Murid menemukan pola.")
    page.get_by_label("Kelas").select_option("7")
    page.get_by_label("Mulai").fill("2027-07-13T14:00")
    page.get_by_label("Selesai").fill("2027-07-13T15:20")
    page.locator("[name=place]").fill("Aula")
    page.get_by_label("Ulangi").select_option("weekly")
    look(page)

    press(page, "Rencanakan dan undang")
    holiday = page.get_by_label(re.compile("Lewati Selasa, 17 Agustus 2027"))
    expect(holiday).to_be_checked()
    look(page)

    press(page, "Rencanakan dan undang")
    expect(page.get_by_role("heading", name="Rangkaian sesi")).to_be_visible()
    expect(page.get_by_text("Setiap Selasa, 6 kali")).to_be_visible()
    look(page)
    assert Series.objects.get().sessions.count() == 5
