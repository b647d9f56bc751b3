import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.urls import reverse
from rest_framework.test import APIClient

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> APIClient:
    return APIClient()


@pytest.fixture
def teacher():
    teacher = make.person()
    teacher.phone = "+6281234567890"
    teacher.set_password("daun-ketapang-9")
    teacher.save()
    return teacher


@pytest.mark.parametrize("name", ["username", "email", "0812 3456 7890"])
def test_token_is_given_for_any_name_and_opens_the_api(program, teacher, name):
    credentials = {"username": getattr(teacher, name, name), "password": "daun-ketapang-9"}

    answer = program.post(reverse("api-token"), credentials)
    program.credentials(HTTP_AUTHORIZATION=f"Token {answer.data['token']}")

    assert program.get(reverse("notice-list")).status_code == 200


def test_token_is_refused_for_a_wrong_password_and_after_many_guesses(program, teacher):
    wrong = {"username": teacher.username, "password": "salah"}

    guesses = [program.post(reverse("api-token"), wrong) for _ in range(6)]

    assert [guess.status_code for guess in guesses] == [400] * 6
    assert guesses[0].data != guesses[5].data
    right = {"username": teacher.username, "password": "daun-ketapang-9"}
    assert program.post(reverse("api-token"), right).status_code == 400


def test_token_needs_the_second_factor_where_one_is_set_up(program, teacher):
    secret = "JBSWY3DPEHPK3PXP"  # noqa: S105 -- the example of RFC 6238's libraries
    TOTP.activate(teacher, secret)
    credentials = {"username": teacher.username, "password": "daun-ketapang-9"}
    code = format_hotp_value(hotp_value(secret, next(counters())))

    without = program.post(reverse("api-token"), credentials)
    with_code = program.post(reverse("api-token"), credentials | {"code": code})

    assert (without.status_code, list(without.data)) == (400, ["code"])
    assert with_code.status_code == 200


def test_token_taken_back_is_worthless(program, teacher):
    credentials = {"username": teacher.username, "password": "daun-ketapang-9"}
    answer = program.post(reverse("api-token"), credentials)
    program.credentials(HTTP_AUTHORIZATION=f"Token {answer.data['token']}")

    assert program.delete(reverse("api-token")).status_code == 204

    assert program.get(reverse("notice-list")).status_code == 401


def test_api_is_closed_to_strangers(program):
    assert program.get(reverse("notice-list")).status_code == 401
