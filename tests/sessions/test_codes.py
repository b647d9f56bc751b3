import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from sessions.codes import (
    ACCEPTED_FOR,
    STEP,
    CodeRefused,
    check_digits,
    digits,
    qr_token,
    read_qr,
    session_named_in,
    shown_until,
)

NOW = datetime(2026, 11, 24, 9, 0, 10, tzinfo=UTC)
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

pks = st.integers(1, 2**63 - 1)
secrets = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=16, max_size=43)
moments = st.integers(0, 35 * 365 * 24 * 3600 * 1000).map(
    lambda milliseconds: NOW + timedelta(milliseconds=milliseconds)
)
waits = st.timedeltas(timedelta(0), ACCEPTED_FOR - timedelta(microseconds=1))


def why_not(read, *args, **kwargs) -> str | None:
    with pytest.raises(CodeRefused) as refusal:
        read(*args, **kwargs)
    return refusal.value.code


def test_a_code_lives_half_a_minute_and_is_taken_for_ninety_seconds():
    token, code = qr_token(7, "secret", NOW), digits(7, "secret", NOW)

    assert shown_until(NOW) == START + STEP
    assert qr_token(7, "secret", START + STEP) != token
    assert session_named_in(token) == 7
    last = START + ACCEPTED_FOR - timedelta(microseconds=1)
    for at in (START, NOW, last):
        assert read_qr(token, 7, "secret", at=at) == START
        assert check_digits(code, 7, "secret", at=at) == START


@given(pks, secrets, moments, waits)
def test_every_genuine_code_is_taken_exactly_in_its_window(pk, secret, shown, wait):
    token, code = qr_token(pk, secret, shown), digits(pk, secret, shown)
    start = shown_until(shown) - STEP

    assert start <= shown < start + STEP
    assert read_qr(token, pk, secret, at=start + wait) == start
    assert check_digits(code, pk, secret, at=start + wait) >= start
    assert why_not(read_qr, token, pk, secret, at=start + ACCEPTED_FOR + wait) == "run-out"
    before = start - wait - timedelta(microseconds=1)
    assert why_not(read_qr, token, pk, secret, at=before) == "too-early"


@given(pks, pks, secrets, secrets, moments)
def test_no_code_is_taken_for_another_session_or_secret(pk, other_pk, secret, other, at):
    assume(pk != other_pk)
    assume(secret != other)
    token = qr_token(pk, secret, at)

    assert why_not(read_qr, token, other_pk, secret, at=at) == "other-session"
    assert why_not(read_qr, token, pk, other, at=at) == "forged"
    renamed = token.replace(f"{pk}.", f"{other_pk}.", 1)
    assert why_not(read_qr, renamed, other_pk, secret, at=at) == "forged"
    later = token.replace(f".{token.split('.')[1]}.", f".{int(token.split('.')[1]) + 1}.")
    assert why_not(read_qr, later, pk, secret, at=at) == "forged"


@given(pks, secrets, moments, st.data())
def test_a_token_with_one_other_character_is_refused(pk, secret, at, data):
    token = qr_token(pk, secret, at)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters() | st.sampled_from("0123456789.-_aZ\ud800\uff11"))
    assume(letter != token[place])

    why_not(read_qr, token[:place] + letter + token[place + 1 :], pk, secret, at=at)


@given(st.text(max_size=80))
def test_what_is_no_token_is_refused(token):
    why_not(read_qr, token, 7, "secret", at=NOW)


@given(pks, secrets, moments, st.text("0123456789", min_size=6, max_size=6))
def test_only_digits_of_the_last_three_steps_are_taken(pk, secret, at, code):
    current = {digits(pk, secret, at - STEP * back) for back in range(3)}

    for genuine in current:
        assert check_digits(genuine, pk, secret, at=at) > at - ACCEPTED_FOR
    if code not in current:
        assert why_not(check_digits, code, pk, secret, at=at) == "wrong-digits"


def test_digits_of_another_session_secret_or_time_are_refused():
    # Fixed, for one in a million is the same by chance.
    code = digits(7, "secret", NOW)

    assert why_not(check_digits, code, 8, "secret", at=NOW) == "wrong-digits"
    assert why_not(check_digits, code, 7, "other", at=NOW) == "wrong-digits"
    assert why_not(check_digits, code, 7, "secret", at=START + ACCEPTED_FOR) == "wrong-digits"
    assert why_not(check_digits, code, 7, "secret", at=START - STEP) == "wrong-digits"


@pytest.mark.parametrize("shape", ["{} {}", " {}{} ", "{}\u00a0{}", "{}\t{}"])
def test_spaces_in_digits_do_not_matter(shape):
    code = digits(7, "secret", NOW)

    assert check_digits(shape.format(code[:3], code[3:]), 7, "secret", at=NOW) == START


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "\uff11" * 6, "-12345"])
def test_what_is_not_six_digits_is_told_so(typed):
    assert why_not(check_digits, typed, 7, "secret", at=NOW) == "no-digits"


def test_digits_are_truncated_as_rfc_4226_says():
    key = hashlib.sha256(f"sessions.codes.digits.secret{settings.SECRET_KEY}".encode()).digest()
    mac = hmac.digest(key, f"7.{int(START.timestamp()) // 30}".encode(), "sha256")
    offset = mac[-1] % 16
    expected = int(mac[offset : offset + 4].hex(), 16) % 2**31 % 1_000_000

    assert digits(7, "secret", NOW) == f"{expected:06}"


def test_codes_change_with_the_key_of_the_platform(settings):
    token, code = qr_token(7, "secret", NOW), digits(7, "secret", NOW)

    settings.SECRET_KEY = "another"  # noqa: S105

    assert why_not(read_qr, token, 7, "secret", at=NOW) == "forged"
    assert digits(7, "secret", NOW) != code
