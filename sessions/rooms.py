"""Online rooms: where a person joins a session, and what that costs in mobile data.

A room on Jitsi or BigBlueButton is named by HMAC from the session's own random text, so that
nobody finds it by guessing, not even who reads the database.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import jwt
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError
from urllib3.exceptions import TimeoutError as TookTooLong

from sessions.models import ModelSession

logger = logging.getLogger(__name__)
Provider = ModelSession.Provider

# Seconds that a server has to take our call, and then to answer it.
PATIENCE = 5.0
# Seconds before the second retry; the first is made at once.
PAUSE = 1.0
# No honest answer of BigBlueButton is longer, in bytes.
LONGEST_ANSWER = 100_000


class Service(StrEnum):
    """A way of meeting whose hunger for data we know."""

    MEET = "meet"
    ZOOM = "zoom"
    YOUTUBE = "youtube"
    WHATSAPP = "whatsapp"
    JITSI = "jitsi"
    BIGBLUEBUTTON = "bigbluebutton"
    OTHER = "other"


class RoomUnavailable(Exception):  # noqa: N818 -- it is no error of the program
    """BigBlueButton has no room for us now; `str()` says why, for people."""


_HOSTS = {
    "meet.google.com": Service.MEET,
    "zoom.us": Service.ZOOM,
    "zoom.com": Service.ZOOM,
    "youtube.com": Service.YOUTUBE,
    "youtu.be": Service.YOUTUBE,
    "whatsapp.com": Service.WHATSAPP,
    "wa.me": Service.WHATSAPP,
    "meet.jit.si": Service.JITSI,
}
# Rounded; 1 Mbit/s is 450 MB in an hour, up and down added. From: Zoom's and Google's bandwidth
# requirements for group video and for sound alone; YouTube at 480p (1.1 Mbit/s) and 144p; WhatsApp
# as measured by others (5 to 7 MB and 0.3 to 0.5 MB a minute); Jitsi's layers of 500 and 150
# kbit/s with its sound of 40; BigBlueButton's 0.25 to 0.4 Mbit/s a camera, 60 kbit/s of sound.
_HINTS: dict[Service, Promise] = {
    Service.MEET: _(
        "Google Meet: kira-kira 900 MB per jam dengan video, 40 MB dengan suara saja. "
        "Matikan kamera dan batasi penggunaan data di Setelan."
    ),
    Service.ZOOM: _(
        "Zoom: kira-kira 700 MB per jam dengan video, 30 MB dengan suara saja. "
        "Matikan kamera dan pilih Hentikan video masuk; jangan memakai video HD."
    ),
    Service.YOUTUBE: _(
        "YouTube: kira-kira 500 MB per jam pada 480p, 100 MB pada 144p. "
        "Pilih Kualitas → Penghemat data, atau 144p."
    ),
    Service.WHATSAPP: _(
        "WhatsApp: kira-kira 400 MB per jam dengan video, 30 MB dengan suara saja. "
        "Matikan kamera, dan nyalakan Kurangi penggunaan data untuk panggilan di Setelan."
    ),
    Service.JITSI: _(
        "Jitsi: kira-kira 600 MB per jam dengan video, 40 MB dengan suara saja. "
        "Kamera mati saat masuk; turunkan mutu video di Setelan kinerja agar video lain mati."
    ),
    Service.BIGBLUEBUTTON: _(
        "BigBlueButton: kira-kira 150 MB per jam untuk tiap kamera yang tampil, 50 MB dengan suara "
        "dan salindia saja. Masuk dengan Hanya mendengar, lalu matikan kamera orang lain lewat "
        "hemat data di Setelan."
    ),
    Service.OTHER: _(
        "Rapat video memakai 400 sampai 900 MB per jam, suara saja 30 sampai 50 MB. "
        "Matikan kamera bila kuota terbatas."
    ),
}


def providers() -> tuple[ModelSession.Provider, ...]:
    """Who can run a room here: a pasted link always, the others where they are configured."""
    offered = {
        Provider.LINK: True,
        Provider.JITSI: bool(settings.JITSI_URL),
        Provider.BIGBLUEBUTTON: bool(settings.BBB_URL and settings.BBB_SECRET),
    }
    return tuple(provider for provider, is_offered in offered.items() if is_offered)


def service_of(link: str) -> Service:
    """Which service a pasted link leads to, by its host."""
    host = _host_of(link)
    ours = {
        _host_of(settings.JITSI_URL): Service.JITSI,
        _host_of(settings.BBB_URL): Service.BIGBLUEBUTTON,
    }
    for known, service in {**_HOSTS, **ours}.items():
        if known and (host == known or host.endswith(f".{known}")):
            return service
    return Service.OTHER


def data_hint(provider: str, link: str = "") -> Promise:
    """How much mobile data an hour in that room takes, in MB, and what to switch off."""
    return _HINTS[service_of(link) if provider == Provider.LINK else Service(provider)]


def jitsi_address(room: str, *, name: str, is_moderator: bool, until: datetime) -> str:
    """Where that person joins the room, camera and microphone off, until an hour after `until`.

    `room` is the session's random text. With JITSI_APP_ID and JITSI_SECRET the address carries a
    token: an HS256 JWT as jitsi/lib-jitsi-meet, doc/tokens.md, describes. It opens this one room.
    `affiliation` and `moderator` make moderators where the server has token_affiliation; all is
    text there. Without a token Jitsi lets in whoever knows the address, and the first one leads.
    """
    called = _derived("jitsi", room)
    address = f"{settings.JITSI_URL}/{called}"
    if settings.JITSI_APP_ID and settings.JITSI_SECRET:
        server = urlsplit(settings.JITSI_URL)
        token = jwt.encode(
            {
                "aud": "jitsi",
                "iss": settings.JITSI_APP_ID,
                "sub": server.path.strip("/") or server.hostname,
                "room": called,
                "exp": until + timedelta(hours=1),
                "context": {
                    "user": {
                        "name": name,
                        "affiliation": "owner" if is_moderator else "member",
                        "moderator": "true" if is_moderator else "false",
                    }
                },
            },
            settings.JITSI_SECRET,
            algorithm="HS256",
        )
        address += f"?jwt={token}"
    wishes = {
        "userInfo.displayName": json.dumps(name),
        "config.startWithAudioMuted": "true",
        "config.startWithVideoMuted": "true",
    }
    return f"{address}#{urlencode(wishes, quote_via=quote)}"


def bbb_create(room: str, *, title: str, back_to: str = "") -> None:
    """Have BigBlueButton open the room, unless it is open. Takes 16 seconds at worst.

    `room` is the session's random text, `back_to` the address people return to on leaving. This
    is `create` of the API reference (docs.bigbluebutton.org/development/api): the same meetingID
    with the same passwords is the same meeting. Raises RoomUnavailable when there is no room.
    """
    answer = _read(
        _fetch(
            _bbb_address(
                "create",
                meetingID=_derived("meeting", room),
                name=title,
                attendeePW=_derived("viewer", room),
                moderatorPW=_derived("moderator", room),
                muteOnStart="true",
                **({"logoutURL": back_to} if back_to else {}),
            )
        )
    )
    if answer.findtext("returncode") == "SUCCESS":
        return
    why = answer.findtext("messageKey") or ""
    logger.warning("BigBlueButton refused to create a room: %s", why[:100])
    if why == "checksumError":
        raise RoomUnavailable(
            _("Server BigBlueButton menolak kunci platform ini. Mohon kabari pengelola platform.")
        )
    raise RoomUnavailable(
        _("Server BigBlueButton menolak membuka ruang ini. Mohon kabari pengelola platform.")
    )


def bbb_join_address(room: str, *, name: str, is_moderator: bool, user_key: str) -> str:
    """Where that person joins the room that `bbb_create` opened: `join` of the same API.

    `user_key` tells people apart in the server's lists. Only for that person's eyes: who has the
    address is her.
    """
    return _bbb_address(
        "join",
        meetingID=_derived("meeting", room),
        fullName=name,
        role="MODERATOR" if is_moderator else "VIEWER",
        userID=user_key,
    )


def _derived(purpose: str, room: str) -> str:
    if not room:
        raise ValueError("Without a random text all sessions would share one room.")
    return salted_hmac(f"sessions.rooms.{purpose}", room, algorithm="sha256").hexdigest()[:40]


def _bbb_address(call: str, **values: str) -> str:
    """The call's address, signed: SHA-256 of its name, its query and the shared secret."""
    query = urlencode(values)
    checksum = sha256(f"{call}{query}{settings.BBB_SECRET}".encode()).hexdigest()
    return f"{settings.BBB_URL}/api/{call}?{query}&checksum={checksum}"


def _fetch(address: str) -> bytes:
    # Trying again helps a server that just starts or stumbles, not one that is too slow to answer.
    retries = Retry(
        total=2,
        connect=1,
        read=0,
        status_forcelist=(500, 502, 503, 504),
        raise_on_status=False,
        backoff_factor=PAUSE / 2,
        respect_retry_after_header=False,
    )
    try:
        with PoolManager(timeout=Timeout(connect=PATIENCE, read=PATIENCE), retries=retries) as pool:
            answer = pool.request("GET", address, preload_content=False, redirect=False)
            content = answer.read(LONGEST_ANSWER + 1)
    except HTTPError as error:
        cause = error.reason if isinstance(error, MaxRetryError) else error
        # Without the address, which is as good as a password.
        logger.warning("BigBlueButton could not be asked: %s", type(cause).__name__)
        if isinstance(cause, TookTooLong) and not isinstance(cause, NewConnectionError):
            raise RoomUnavailable(
                _("Server BigBlueButton tidak menjawab dalam waktunya. Mohon coba lagi sebentar.")
            ) from None
        raise RoomUnavailable(
            _("Server BigBlueButton tidak dapat dihubungi. Mohon coba lagi sebentar.")
        ) from None
    if answer.status >= 500:  # noqa: PLR2004 -- the server's own errors begin here
        logger.warning("BigBlueButton answered with status %s", answer.status)
        raise RoomUnavailable(
            _("Server BigBlueButton sedang bermasalah. Mohon coba lagi sebentar.")
        )
    return content


def _read(content: bytes) -> ET.Element:
    """The XML of an answer, which brings no document type, hence no entities that could grow."""
    try:
        text = content.decode()
        if len(content) <= LONGEST_ANSWER and "<!DOCTYPE" not in text:
            return ET.fromstring(text)  # noqa: S314 -- no document type, as said above
    except (UnicodeDecodeError, ET.ParseError):
        pass
    logger.warning("BigBlueButton's answer is no XML of its API")
    raise RoomUnavailable(
        _("Jawaban server BigBlueButton tidak terbaca. Mohon kabari pengelola platform.")
    )


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
