"""Signing in and up, passwords, e-mail and the second factor: allauth under our words."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from groups.models import Invitation
from groups.services import make_invitation
from tests import make
from tests.mail_server import MailServer
from tests.settings import mailer

pytestmark = pytest.mark.django_db

PASSWORD = "daun-ketapang-9"  # noqa: S105 -- of nobody


@pytest.fixture
def teacher() -> User:
    teacher = make.person()
    teacher.username, teacher.email = "nirmala", "nirmala@contoh.sch.id"
    teacher.phone = "+6281234567890"
    teacher.set_password(PASSWORD)
    teacher.save()
    EmailAddress.objects.create(user=teacher, email=teacher.email, verified=True, primary=True)
    return teacher


@pytest.fixture
def invitation() -> Invitation:
    group = make.group()
    return make_invitation(group, by=make.chair(group))


def _sign_in(client, name: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def _person(client) -> User | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None


def _newcomer(**changes: str) -> dict[str, str]:
    return {
        "name": "Andi Baso",
        "phone": "0812 1111 2222",
        "school": make.school().npsn,
        "email": "",
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | changes


def _confirm(client) -> None:
    """Give the password once more, which changes of the account's safety ask for."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def _code(secret: str) -> str:
    code: str = format_hotp_value(hotp_value(secret, next(counters())))
    return code


def _link(letter: EmailMessage) -> str:
    found = re.search(r"http://\S+", letter.get_content())
    assert found
    return found[0]


# --- in -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        "nirmala",
        "NIRMALA",
        "nirmala@contoh.sch.id",
        "Nirmala@Contoh.sch.id",
        "081234567890",
        "0812 3456 7890",
        "+62 812-3456-7890",
    ],
)
def test_sign_in_by_username_email_or_phone(client, teacher, name: str):
    answer = _sign_in(client, name)

    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert _person(client) == teacher


@pytest.mark.usefixtures("teacher")
def test_sign_in_comes_back_to_the_page_that_was_asked_for(client):
    asked = client.get(reverse("me"))

    answer = client.post(asked.url, {"login": "nirmala", "password": PASSWORD, "next": "/me/"})

    assert asked.url == f"{reverse('account_login')}?next=/me/"
    assert answer.url == "/me/"


@pytest.mark.usefixtures("teacher")
@pytest.mark.parametrize("name", ["nirmala", "nirmala@contoh.sch.id", "081234567890", "siapa"])
def test_sign_in_with_a_wrong_password_says_the_same_for_everyone(client, name: str):
    answer = _sign_in(client, name, "salah-sekali-1")

    assert "Nama atau kata sandi tidak cocok." in answer.text
    assert _person(client) is None


def test_sign_in_of_someone_deactivated_is_refused(client, teacher):
    teacher.is_active = False
    teacher.save()

    answer = client.post(
        reverse("account_login"), {"login": "nirmala", "password": PASSWORD}, follow=True
    )

    assert "Akun ini tidak aktif" in answer.text
    assert _person(client) is None


@pytest.mark.usefixtures("teacher")
def test_many_wrong_guesses_close_the_name_for_a_while_and_not_the_address(client):
    for _ in range(5):
        _sign_in(client, "nirmala", "salah-sekali-1")

    assert "Terlalu banyak percobaan yang gagal" in _sign_in(client, "nirmala").text
    neighbour = make.person()
    neighbour.set_password(PASSWORD)
    neighbour.save()
    assert _sign_in(client, neighbour.username).status_code == 302


def test_sign_out_is_one_press(client, teacher):
    client.force_login(teacher)

    answer = client.post(reverse("account_logout"))

    assert answer.url == reverse("home")
    assert _person(client) is None


# --- up -----------------------------------------------------------------------------------------
def test_sign_up_without_invitation_waits_and_chooses_a_group(client):
    answer = client.post(reverse("account_signup"), _newcomer())

    person = User.objects.get(phone="+6281211112222")
    assert answer.url == reverse("groups")
    assert (person.name, person.username, person.approved_at) == ("Andi Baso", "andi.baso", None)
    assert _person(client) == person


def test_sign_up_by_invitation_joins_the_group_at_once(client, invitation):
    client.get(invitation.get_absolute_url())

    assert invitation.group.name in client.get(reverse("account_signup")).text
    answer = client.post(reverse("account_signup"), _newcomer(), follow=True)

    person = User.objects.get(phone="+6281211112222")
    assert answer.redirect_chain == [(reverse("home"), 302)]
    assert f"Selamat datang di {invitation.group}." in answer.text
    assert person.approved_at
    assert [seat.group for seat in person.memberships.all()] == [invitation.group]


def test_sign_up_by_an_invitation_that_ran_out_waits_like_others(client, invitation):
    client.get(invitation.get_absolute_url())
    invitation.expires_at = timezone.now() - timedelta(hours=1)
    invitation.save()

    answer = client.post(reverse("account_signup"), _newcomer(), follow=True)

    person = User.objects.get(phone="+6281211112222")
    assert "Undangan ini sudah tidak berlaku." in answer.text
    assert (person.approved_at, person.memberships.count()) == (None, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phone": "0812 3456 7890"}, "Nomor HP ini sudah dipakai orang lain."),
        ({"email": "NIRMALA@contoh.sch.id"}, "Surel ini sudah dipakai orang lain."),
        ({"phone": "12"}, "Nomor HP tidak dikenali."),
        ({"school": "12"}, "NPSN terdiri atas 8 angka."),
        ({"name": ""}, "Bidang ini harus diisi."),
        ({"password1": "12345678", "password2": "12345678"}, "terlalu umum"),
        ({"password1": "andi baso", "password2": "andi baso"}, "terlalu mirip"),
        ({"password2": "lain-sekali-2"}, "kata sandi yang sama"),
    ],
)
def test_sign_up_says_what_is_wrong_and_makes_nobody(client, teacher, changes, words: str):
    answer = client.post(reverse("account_signup"), _newcomer(**changes))

    assert words in answer.text
    assert set(User.objects.all()) == {teacher}
    assert _person(client) is None


def test_sign_up_with_an_email_sends_a_link_that_confirms_it(client, mail_server: MailServer):
    client.post(reverse("account_signup"), _newcomer(email="andi@contoh.sch.id"))
    [letter] = mail_server.letters

    page = client.get(_link(letter))
    client.post(_link(letter))

    assert (letter["To"], letter["Subject"]) == (
        "andi@contoh.sch.id",
        "Konfirmasi surel untuk Smart MGMP",
    )
    assert "Benar, andi@contoh.sch.id surel Andi Baso?" in page.text
    assert EmailAddress.objects.get(email="andi@contoh.sch.id").verified


def test_sign_up_works_while_the_mail_server_is_down(client, settings):
    settings.MAILERS = {"default": mailer("smtp://127.0.0.1:9")}

    answer = client.post(
        reverse("account_signup"), _newcomer(email="andi@contoh.sch.id"), follow=True
    )

    assert "Surel ke andi@contoh.sch.id belum dapat dikirim." in answer.text
    assert _person(client)


# --- passwords ----------------------------------------------------------------------------------
@pytest.mark.usefixtures("teacher")
def test_a_lost_password_is_set_anew_by_a_link_that_works_once(client, mail_server: MailServer):
    client.post(reverse("account_reset_password"), {"email": "nirmala@contoh.sch.id"})
    [letter] = mail_server.letters
    assert letter["Subject"] == "Kata sandi baru untuk Smart MGMP"
    page = client.get(_link(letter), follow=True)
    new = {"password1": "rumput-laut-7", "password2": "rumput-laut-7"}

    done = client.post(page.redirect_chain[-1][0], new, follow=True)

    assert "Kata sandi sudah diganti" in done.text
    assert _sign_in(client, "nirmala", "rumput-laut-7").status_code == 302
    client.post(reverse("account_logout"))
    assert "tidak berlaku lagi" in client.get(_link(letter), follow=True).text


def test_a_password_reset_for_an_unknown_email_tells_nothing(client, mail_server: MailServer):
    answer = client.post(
        reverse("account_reset_password"), {"email": "siapa@contoh.sch.id"}, follow=True
    )

    assert "Bila surel itu terdaftar" in answer.text
    assert mail_server.letters == []


def test_password_is_changed_with_the_old_one(client, teacher):
    client.force_login(teacher)
    new = {"password1": "rumput-laut-7", "password2": "rumput-laut-7"}
    url = reverse("account_change_password")

    wrong = client.post(url, {"oldpassword": "salah", **new})
    right = client.post(url, {"oldpassword": PASSWORD, **new}, follow=True)

    assert "Kata sandi sekarang tidak cocok." in wrong.text
    assert "Kata sandi sudah diganti." in right.text
    teacher.refresh_from_db()
    assert teacher.check_password("rumput-laut-7")


# --- e-mail -------------------------------------------------------------------------------------
def test_a_new_email_counts_once_it_is_confirmed(client, teacher, mail_server: MailServer):
    client.force_login(teacher)
    client.post(reverse("account_email"), {"action_add": "", "email": "baru@contoh.sch.id"})
    assert "Menunggu konfirmasi" in client.get(reverse("account_email")).text
    teacher.refresh_from_db()
    assert teacher.email == "nirmala@contoh.sch.id"

    client.post(_link(mail_server.letters[0]))

    teacher.refresh_from_db()
    assert teacher.email == "baru@contoh.sch.id"
    assert [row.email for row in EmailAddress.objects.all()] == ["baru@contoh.sch.id"]


# --- the second factor --------------------------------------------------------------------------
@pytest.mark.usefixtures("teacher")
def test_second_factor_is_set_up_asked_for_and_taken_off(client):
    _sign_in(client, "nirmala")
    _confirm(client)
    page = client.get(reverse("mfa_activate_totp")).text
    secret = client.session["mfa.totp.secret"]
    assert "<svg" in page
    assert "viewBox" in page
    assert "data:image" not in page

    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    codes = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)}, follow=True)
    client.post(reverse("account_logout"))
    asked = _sign_in(client, "nirmala")
    [recovery, *_rest] = re.findall(r"<code>(\w+)</code>", codes.text)

    assert "Kode tidak cocok." in wrong.text
    assert "Kode cadangan" in codes.text
    assert asked.url == reverse("mfa_authenticate")
    assert _person(client) is None
    answer = client.post(asked.url, {"code": recovery})
    assert answer.url == reverse("home")
    _confirm(client)
    client.post(reverse("mfa_deactivate_totp"))
    client.post(reverse("account_logout"))
    assert _sign_in(client, "nirmala").url == reverse("home")


def test_second_factor_needs_the_password_again_after_a_while(client, teacher):
    client.force_login(teacher)

    answer = client.get(reverse("mfa_activate_totp"), follow=True)

    assert "Pastikan ini Bapak/Ibu" in answer.text


def test_second_factor_guards_the_admin_too(client, teacher):
    teacher.is_staff = True
    teacher.save()
    TOTP.activate(teacher, "JBSWY3DPEHPK3PXP")

    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.usefixtures("teacher")
def test_every_page_of_allauth_stands_on_our_base(client):
    names = ["login", "signup", "reset_password", "reset_password_done", "inactive"]
    names += ["email_verification_sent", "reset_password_from_key_done"]
    strangers = [client.get(reverse(f"account_{name}")) for name in names]
    _sign_in(client, "nirmala")
    _confirm(client)
    own = ["account_logout", "account_email", "account_change_password", "mfa_index"]
    own += ["account_reauthenticate", "mfa_activate_totp"]
    pages = strangers + [client.get(reverse(name)) for name in own]

    for page in pages:
        assert page.status_code == 200
        assert 'id="main"' in page.text
        assert "Menu:" not in page.text
