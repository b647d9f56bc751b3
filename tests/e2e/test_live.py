"""Two phones and a live page: what one does, the other sees within three seconds."""

from datetime import timedelta

from playwright.sync_api import expect

from tests import make
from tests.e2e.conftest import OpenAs
from tests.e2e.test_cycle import look, press

WITHIN = 3000


def test_two_phones_see_clock_and_question_within_three_seconds(platform: str, open_as: OpenAs):
    group = make.group()
    leader, member = make.member(group), make.member(group)
    session = make.session(of=group, teacher=leader, starts_in=-timedelta(minutes=4))
    phones = [open_as(person) for person in (leader, member)]
    complaints: list[str] = []
    for phone in phones:
        phone.on("pageerror", lambda error: complaints.append(str(error)))
        phone.goto(f"{platform}/sessions/{session.pk}/live/")
        expect(phone.locator("mg-live [data-state=connected]")).to_be_visible()
    look(phones[1])

    press(phones[0], "Mulai jam sesi")
    expect(phones[1].locator("[data-clock=runs] [data-minute]")).to_have_text("0", timeout=WITHIN)
    phones[1].fill("[name=text]", "Berapa lama daun direndam?")
    press(phones[1], "Tanyakan")
    expect(phones[0].locator("[data-part=questions]")).to_contain_text(
        "Berapa lama daun direndam?", timeout=WITHIN
    )

    expect(phones[1].locator(".for-leaders")).to_be_hidden()
    phones[0].locator(".for-leaders").click()
    shown = phones[1].locator("[data-part=questions] .status-sent")
    expect(shown).to_be_visible(timeout=WITHIN)
    look(phones[0])
    assert complaints == []


def test_minutes_are_saved_by_themselves_and_seen_by_the_others(platform: str, open_as: OpenAs):
    group = make.group()
    session = make.session(of=group, starts_in=-timedelta(minutes=4))
    writer, reader = open_as(session.planned_by), open_as(make.member(group))
    reader.goto(f"{platform}/sessions/{session.pk}/live/")
    expect(reader.locator("mg-live [data-state=connected]")).to_be_visible()
    reader.evaluate("window.isTheSamePage = true")

    writer.goto(f"{platform}/sessions/{session.pk}/minutes/")
    look(writer)
    writer.fill("[name=proceedings]", "Bu Ani membuka dengan tiga daun.")
    expect(writer.locator("mg-minutes [data-state=saved]")).to_be_visible(timeout=WITHIN + 2000)

    expect(reader.locator("[data-part=minutes]")).to_contain_text(
        "Bu Ani membuka dengan tiga daun.", timeout=WITHIN
    )
    assert reader.evaluate("window.isTheSamePage")
    look(reader)
