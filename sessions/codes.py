"""Codes of attendance: a QR code and six digits that change every half minute.

Both are made from the session's own secret and the platform's, so nothing is stored and nobody
can make one. A code says when it was shown; whether a scan is genuine is asked for the moment of
the scan, so one that arrives late, for want of signal, still counts. That moment is the phone's
word: who takes the code decides how late is too late, and counts wrong tries for each person.
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

STEP = timedelta(seconds=30)
ACCEPTED_FOR = timedelta(seconds=90)
DIGITS = 6

_SIGNATURE = 12  # bytes, which are 96 bits and 16 letters without a bit to spare
_TOKEN = re.compile(r"(?P<pk>\d{1,19})\.(?P<step>\d{1,19})\.[\w-]{16}", re.ASCII)


class CodeRefused(ValidationError):  # noqa: N818 -- it is no error of the program
    """The code does not prove that its bearer was there; the message says why."""


def shown_until(at: datetime) -> datetime:
    """When the code that is shown at that moment gives way to the next."""
    return _start_of(_step_at(at) + 1)


def qr_token(session_pk: int, secret: str, at: datetime) -> str:
    """What the QR code shown at that moment carries: session, step and signature, fit for a URL."""
    return _token(session_pk, secret, _step_at(at))


def session_named_in(token: str) -> int:
    """The pk of the session that a token claims to be of, unproven. Raises CodeRefused."""
    return _parts_of(token)[0]


def read_qr(token: str, session_pk: int, secret: str, *, at: datetime) -> datetime:
    """When the scanned code was first shown, if it was genuine and current `at` that moment.

    Raises CodeRefused when it is of another session, forged, or not of that moment.
    """
    pk, step = _parts_of(token)
    if pk != session_pk:
        raise CodeRefused(_("Kode ini milik sesi lain."), "other-session")
    if not constant_time_compare(token, _token(session_pk, secret, step)):
        raise CodeRefused(_("Kode ini bukan kode kehadiran yang asli."), "forged")
    shown_at = _start_of(step)
    if at < shown_at:
        raise CodeRefused(_("Waktu pindai lebih awal daripada kodenya."), "too-early")
    if at >= shown_at + ACCEPTED_FOR:
        raise CodeRefused(_("Kode ini sudah lewat. Pindai kode yang sedang tampil."), "run-out")
    return shown_at


def digits(session_pk: int, secret: str, at: datetime) -> str:
    """The six digits shown at that moment, such as "042917"."""
    return _digits(session_pk, secret, _step_at(at))


def check_digits(code: str, session_pk: int, secret: str, *, at: datetime) -> datetime:
    """When the typed code was first shown, if it was genuine and current `at` that moment.

    Spaces do not matter. Raises CodeRefused; what is wrong and what ran out look the same.
    """
    typed = "".join(code.split())
    if not (len(typed) == DIGITS and typed.isascii() and typed.isdecimal()):
        raise CodeRefused(_("Kode kehadiran terdiri atas enam angka."), "no-digits")
    newest = _step_at(at)
    steps = range(newest, newest - ACCEPTED_FOR // STEP, -1)
    # All are compared, so that the time taken tells nothing.
    fitting = [s for s in steps if constant_time_compare(typed, _digits(session_pk, secret, s))]
    if not fitting:
        raise CodeRefused(
            _("Kode ini salah atau sudah lewat. Ketik kode yang sedang tampil."), "wrong-digits"
        )
    return _start_of(fitting[0])


def _step_at(at: datetime) -> int:
    return (at - datetime.fromtimestamp(0, UTC)) // STEP


def _start_of(step: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + step * STEP


def _token(session_pk: int, secret: str, step: int) -> str:
    signature = _mac("qr", session_pk, secret, step)[:_SIGNATURE]
    return f"{session_pk}.{step}.{base64.urlsafe_b64encode(signature).decode()}"


def _parts_of(token: str) -> tuple[int, int]:
    """The session's pk and the step, as the token claims."""
    if found := _TOKEN.fullmatch(token):
        return int(found["pk"]), int(found["step"])
    raise CodeRefused(_("Kode ini bukan kode kehadiran."), "no-code")


def _digits(session_pk: int, secret: str, step: int) -> str:
    """A time-based one-time password (RFC 6238), truncated as RFC 4226, section 5.3, says."""
    mac = _mac("digits", session_pk, secret, step)
    offset = mac[-1] & 0xF
    number = int.from_bytes(mac[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def _mac(purpose: str, session_pk: int, secret: str, step: int) -> bytes:
    salt = f"sessions.codes.{purpose}.{secret}"
    return salted_hmac(salt, f"{session_pk}.{step}", algorithm="sha256").digest()
