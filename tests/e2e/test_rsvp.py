"""An invitation is answered from its personal link, on a phone that runs no JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from sessions import services
from sessions.models import ModelSession, Participation
from tests import make
from tests.e2e.test_budgets import FIRST_VISIT, REQUESTS, Traffic, visit


def address_of(platform: str, part: Participation) -> str:
    return platform + reverse("rsvp", args=[services.personal_token(part)])


@pytest.fixture
def part() -> Participation:
    group = make.group()
    for _ in range(30):
        make.member(group)
    return make.session(of=group).participations.earliest("pk")


def test_two_taps_answer_without_javascript_and_the_answer_is_changed(
    browser: Browser, platform: str, browser_context_args, part: Participation
):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()

    page.goto(address_of(platform, part))
    expect(page.get_by_role("heading", level=1)).to_have_text(part.session.title)
    page.get_by_role("button", name="Hadir").tap()

    expect(page.get_by_role("heading", name="Jawaban Bapak/Ibu")).to_be_visible()
    expect(page.get_by_text("Terkirim")).to_be_visible()
    part.refresh_from_db()
    assert part.answer == "coming"
    page.get_by_label("Alasan bila berhalangan").fill("Ada rapat dinas.")
    page.get_by_role("button", name="Berhalangan").tap()

    expect(page.get_by_text("1 berhalangan")).to_be_visible()
    part.refresh_from_db()
    assert (part.answer, part.answer_reason) == ("not_coming", "Ada rapat dinas.")
    assert not [cookie for cookie in context.cookies() if cookie["name"] == "sessionid"]
    context.close()


def test_enter_in_the_reason_does_not_say_that_one_comes(
    browser: Browser, platform: str, browser_context_args, part: Participation
):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()

    page.goto(address_of(platform, part))
    page.get_by_label("Alasan bila berhalangan").fill("Sakit.")
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 berhalangan")).to_be_visible()
    context.close()


def test_a_link_that_ran_out_says_so(
    browser: Browser, platform: str, browser_context_args, part: Participation
):
    end = timezone.now() - timedelta(minutes=1)
    ModelSession.objects.update(starts_at=end - timedelta(hours=1), ends_at=end)
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()

    answer = page.goto(address_of(platform, part))

    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_text("Sesi ini sudah selesai.")).to_be_visible()
    context.close()


def test_page_of_the_link_is_light_and_fits_a_small_phone(
    browser: Browser, platform: str, browser_context_args, part: Participation
):
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    traffic = Traffic(context.new_cdp_session(page))

    size, requests = visit(page, address_of(platform, part), traffic)

    assert size <= FIRST_VISIT
    assert requests <= REQUESTS
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
