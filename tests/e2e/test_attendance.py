"""Being there, on a phone: with the six digits, and without signal."""

import re
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from sessions.codes import digits, qr_token
from sessions.models import CheckIn, ModelSession
from tests import make
from tests.e2e.conftest import OpenAs
from tests.e2e.test_cycle import look


def begun() -> ModelSession:
    call_command("load_reference_data", verbosity=0)
    return make.session(starts_in=timedelta(minutes=-5))


def test_the_six_digits_let_in(platform: str, open_as: OpenAs):
    session = begun()
    page = open_as(session.planned_by)
    page.goto(f"{platform}/here/{session.pk}/")
    look(page)

    page.fill("[name=code]", digits(session.pk, session.secret, timezone.now()))
    page.get_by_role("button", name="Saya hadir").click()

    expect(page.get_by_text("Tercatat pukul").first).to_be_visible()
    assert CheckIn.objects.get().method == "code"
    look(page)


def test_digits_typed_without_signal_are_sent_when_it_is_back(platform: str, open_as: OpenAs):
    session = begun()
    page = open_as(session.planned_by)
    page.goto(f"{platform}/here/{session.pk}/")
    page.context.set_offline(True)

    page.fill("[name=code]", digits(session.pk, session.secret, timezone.now()))
    page.get_by_role("button", name="Saya hadir").click()
    expect(page.get_by_text("Tersimpan di HP pukul")).to_be_visible()
    typed = timezone.now()
    page.wait_for_timeout(3000)
    page.context.set_offline(False)

    expect(page.get_by_text(re.compile("Terkirim .*✓"))).to_be_visible()
    kept = CheckIn.objects.get()
    assert abs(kept.at - typed) < timedelta(seconds=2)
    assert kept.arrived_at - kept.at > timedelta(seconds=2)


def test_a_code_opened_by_the_camera_without_signal_is_kept(platform: str, open_as: OpenAs):
    session = begun()
    page = open_as(session.planned_by)
    page.goto(f"{platform}/here/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)

    token = qr_token(session.pk, session.secret, timezone.now())
    page.goto(f"{platform}/here/{token}/")
    expect(page.get_by_text("Tersimpan di HP pukul")).to_be_visible()
    look(page)
    page.context.set_offline(False)

    expect(page.get_by_text(re.compile("Terkirim .*✓"))).to_be_visible()
    assert CheckIn.objects.get().method == "qr"
