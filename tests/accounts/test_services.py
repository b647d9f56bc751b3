from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from accounts import services
from accounts.models import User
from accounts.tasks import clear_sessions
from activity.models import Entry
from tests import make

pytestmark = pytest.mark.django_db


def _names() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


def test_sign_up_makes_somebody_who_is_not_let_in_yet():
    school = make.school()

    person = services.sign_up(
        password="daun-ketapang-9",
        name="  Nirmala   Pongsapan ",
        phone="0812 3456 7890",
        school=school,
    )

    person.refresh_from_db()
    assert (person.name, person.phone, person.school) == (
        "Nirmala Pongsapan",
        "+6281234567890",
        school,
    )
    assert (person.username, person.email) == ("nirmala.pongsapan", "")
    assert person.check_password("daun-ketapang-9")
    assert person.approved_at is None
    assert _names() == ["accounts.SignedUp"]


def test_sign_up_numbers_the_username_when_it_is_taken():
    usernames = [services.sign_up(password="x", name="Andi Baso").username for _ in range(3)]

    assert usernames == ["andi.baso", "andi.baso2", "andi.baso3"]


def test_sign_up_with_wrong_words_makes_nobody():
    with pytest.raises(ValidationError) as refusal:
        services.sign_up(password="x", name="", phone="12", email="bukan surel")

    assert set(refusal.value.message_dict) == {"name", "phone", "email"}
    assert not User.objects.exists()
    assert _names() == []


def test_edit_profile_changes_what_is_given_and_nothing_else():
    person = make.person()
    before = person.name

    services.edit_profile(person, by=person, phone="081234567890", title_after="S.Pd.")

    person.refresh_from_db()
    assert (person.name, person.phone, person.title_after) == (before, "+6281234567890", "S.Pd.")
    assert _names() == ["accounts.ProfileEdited"]


def test_a_name_with_its_titles_is_one_line():
    person = make.person()

    services.edit_profile(
        person, by=person, name="Ani\n\nSari", title_before=" Dr.\r", title_after="S.Pd.\nM.Si."
    )

    person.refresh_from_db()
    assert person.full_name == "Dr. Ani Sari, S.Pd. M.Si."


def test_edit_profile_of_another_changes_nothing():
    person, other = make.person(), make.person()

    with pytest.raises(PermissionDenied, match="hanya dapat diubah oleh pemiliknya"):
        services.edit_profile(person, by=other, name="Lain")

    person.refresh_from_db()
    assert person.name != "Lain"
    assert _names() == []


def test_edit_profile_with_a_wrong_nip_changes_nothing():
    person = make.person()

    with pytest.raises(ValidationError) as refusal:
        services.edit_profile(person, by=person, nip="123", name="Nama Baru")

    person.refresh_from_db()
    assert refusal.value.message_dict == {"nip": ["NIP terdiri atas 18 angka."]}
    assert person.name != "Nama Baru"


def test_first_admin_link_works_once():
    token = services.invite_first_admin()
    admin = services.find_first_admin(token)
    assert admin

    services.become_first_admin(
        admin, password="daun-ketapang-9", name="Kepala Bidang", username="bidang.smp"
    )

    made = User.objects.get(username="bidang.smp")
    assert (made.is_superuser, made.is_staff, made.is_active) == (True, True, True)
    assert made.check_password("daun-ketapang-9")
    assert made.approved_at
    assert services.find_first_admin(token) is None
    assert _names() == ["accounts.FirstAdminCame"]
    with pytest.raises(PermissionDenied, match="Tautan ini sudah dipakai"):
        services.become_first_admin(made, password="lain-sekali-1", name="Penyusup")
    with pytest.raises(ValidationError):
        services.invite_first_admin()


def test_first_admin_link_ends_after_a_day_and_with_a_newer_one(time_machine):
    time_machine.move_to("2026-11-24T08:00:00+08:00", tick=False)
    older = services.invite_first_admin()
    token = services.invite_first_admin()

    assert services.find_first_admin(older) is None
    assert services.find_first_admin("dikarang") is None
    time_machine.move_to("2026-11-25T07:59:00+08:00", tick=False)
    assert services.find_first_admin(token)
    time_machine.move_to("2026-11-25T08:01:00+08:00", tick=False)
    assert services.find_first_admin(token) is None
    assert User.objects.count() == 1


def test_first_admin_with_a_weak_password_stays_waiting():
    admin = services.find_first_admin(services.invite_first_admin())
    assert admin

    with pytest.raises(ValidationError) as refusal:
        services.become_first_admin(admin, password="123", name="Kepala Bidang")

    assert list(refusal.value.message_dict) == ["password"]
    assert not User.objects.filter(is_active=True).exists()


def test_invite_admin_prints_a_link_until_there_is_one(capsys, settings):
    settings.SITE_URL = "https://mgmp.contoh.id"

    call_command("invite_admin")
    link = capsys.readouterr().out.splitlines()[-1]
    admin = services.find_first_admin(link.split("/")[-2])
    assert admin
    services.become_first_admin(admin, password="daun-ketapang-9", name="Admin")
    call_command("invite_admin")

    assert link.startswith("https://mgmp.contoh.id/first-admin/")
    assert capsys.readouterr().out == "There is an admin already; nobody was invited.\n"


def test_clear_sessions_forgets_only_what_ran_out():
    now = timezone.now()
    for key, ends in (("old", now - timedelta(days=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)

    clear_sessions()

    assert [session.session_key for session in Session.objects.all()] == ["new"]
