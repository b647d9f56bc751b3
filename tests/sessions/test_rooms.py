import json
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
import pytest
import urllib3
from django.utils import translation

from sessions import rooms
from sessions.models import ModelSession
from sessions.rooms import (
    RoomUnavailable,
    Service,
    bbb_create,
    bbb_join_address,
    data_hint,
    jitsi_address,
    providers,
    service_of,
)
from tests.sessions.bbb_server import BbbServer, run_bbb_server

UNTIL = datetime(2036, 11, 24, 4, 0, tzinfo=UTC)
KEY = "a secret of Jitsi with enough letters"


@pytest.fixture(autouse=True)
def _no_rooms(settings):
    settings.JITSI_URL = settings.JITSI_APP_ID = settings.JITSI_SECRET = ""
    settings.BBB_URL = settings.BBB_SECRET = ""


@pytest.fixture
def bbb(settings, monkeypatch):
    monkeypatch.setattr(rooms, "PATIENCE", 0.3)
    monkeypatch.setattr(rooms, "PAUSE", 0.01)
    with run_bbb_server("shared secret") as server:
        settings.BBB_URL, settings.BBB_SECRET = server.url, "shared secret"
        yield server


def visit(address: str) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", address, redirect=False, retries=False)


def why_not(room: str = "room") -> str:
    with pytest.raises(RoomUnavailable) as refusal, translation.override("id"):
        bbb_create(room, title="Sesi pecahan")
    return str(refusal.value)


# --- who offers rooms ----------------------------------------------------------------------------


def test_only_a_pasted_link_is_offered_where_nothing_is_set(settings):
    assert providers() == ("link",)

    settings.JITSI_SECRET, settings.BBB_URL = "x", "https://bbb.example.id"
    assert providers() == ("link",)


def test_every_provider_that_is_set_is_offered(settings):
    settings.JITSI_URL = "https://meet.example.id"
    settings.BBB_URL, settings.BBB_SECRET = "https://bbb.example.id", "x"

    assert providers() == ("link", "jitsi", "bigbluebutton")


# --- data -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "service"),
    [
        ("https://meet.google.com/abc-defg-hij", Service.MEET),
        ("https://us02web.zoom.us/j/81234567890?pwd=x", Service.ZOOM),
        ("https://zoom.us/j/1", Service.ZOOM),
        ("https://www.youtube.com/live/x", Service.YOUTUBE),
        ("https://youtu.be/x", Service.YOUTUBE),
        ("https://call.whatsapp.com/video/x", Service.WHATSAPP),
        ("https://MEET.jit.si/Ruang", Service.JITSI),
        ("https://meet.example.id:8443/x", Service.JITSI),
        ("https://bbb.example.id/b/x", Service.BIGBLUEBUTTON),
        ("https://notzoom.us/j/1", Service.OTHER),
        ("https://zoom.us.example.com/j/1", Service.OTHER),
        ("https://[broken", Service.OTHER),
        ("", Service.OTHER),
    ],
)
def test_a_service_is_known_by_its_host(settings, link, service):
    settings.JITSI_URL = "https://meet.example.id:8443"
    settings.BBB_URL = "https://bbb.example.id/bigbluebutton"

    assert service_of(link) == service


def test_every_service_has_a_hint_with_numbers_in_the_readers_language():
    for service in Service:
        with translation.override("id"):
            hint = str(rooms._HINTS[service])
        with translation.override("en"):
            english = str(rooms._HINTS[service])
        assert " MB" in hint
        assert " MB" in english
        assert english != hint


def test_a_hint_is_of_the_pasted_link_or_of_the_provider():
    Provider = ModelSession.Provider  # noqa: N806 -- it is a class

    assert data_hint(Provider.LINK, "https://zoom.us/j/1") == rooms._HINTS[Service.ZOOM]
    assert data_hint(Provider.LINK) == rooms._HINTS[Service.OTHER]
    assert data_hint(Provider.JITSI) == rooms._HINTS[Service.JITSI]
    assert data_hint(Provider.BIGBLUEBUTTON) == rooms._HINTS[Service.BIGBLUEBUTTON]


# --- Jitsi ----------------------------------------------------------------------------------------


def test_jitsi_without_tokens_is_a_room_that_nobody_guesses(settings):
    settings.JITSI_URL = "https://meet.example.id"

    parts = urlsplit(jitsi_address("room", name='Ibu "Ani" & Pak', is_moderator=False, until=UNTIL))

    assert parts.netloc == "meet.example.id"
    assert len(parts.path) == 41
    assert parts.query == ""
    wishes = dict(wish.split("=") for wish in parts.fragment.split("&"))
    assert {name: json.loads(unquote(value)) for name, value in wishes.items()} == {
        "userInfo.displayName": 'Ibu "Ani" & Pak',
        "config.startWithAudioMuted": True,
        "config.startWithVideoMuted": True,
    }


@pytest.mark.parametrize(
    ("is_moderator", "rank"),
    [
        (True, {"affiliation": "owner", "moderator": "true"}),
        (False, {"affiliation": "member", "moderator": "false"}),
    ],
)
def test_jitsi_token_opens_this_room_until_an_hour_after(settings, is_moderator, rank):
    settings.JITSI_URL = "https://meet.example.id"
    settings.JITSI_APP_ID, settings.JITSI_SECRET = "mgmp", KEY

    parts = urlsplit(jitsi_address("room", name="Ani", is_moderator=is_moderator, until=UNTIL))
    (token,) = parse_qs(parts.query)["jwt"]

    assert jwt.get_unverified_header(token)["alg"] == "HS256"
    assert jwt.decode(token, KEY, algorithms=["HS256"], audience="jitsi", issuer="mgmp") == {
        "aud": "jitsi",
        "iss": "mgmp",
        "sub": "meet.example.id",
        "room": parts.path.removeprefix("/"),
        "exp": int((UNTIL + timedelta(hours=1)).timestamp()),
        "context": {"user": {"name": "Ani", **rank}},
    }
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, KEY + "!", algorithms=["HS256"], audience="jitsi")


def test_jitsi_token_is_of_the_tenant_where_there_is_one(settings):
    settings.JITSI_URL = "https://meet.example.id/mgmp"
    settings.JITSI_APP_ID, settings.JITSI_SECRET = "mgmp", KEY

    parts = urlsplit(jitsi_address("room", name="Ani", is_moderator=True, until=UNTIL))
    claims = jwt.decode(parse_qs(parts.query)["jwt"][0], options={"verify_signature": False})

    assert (claims["sub"], f"/mgmp/{claims['room']}") == ("mgmp", parts.path)


def test_rooms_differ_by_session_and_by_platform(settings):
    settings.JITSI_URL = "https://meet.example.id"

    def path(room: str) -> str:
        return urlsplit(jitsi_address(room, name="Ani", is_moderator=True, until=UNTIL)).path

    first = path("one")
    assert path("one") == first
    assert path("two") != first
    settings.SECRET_KEY = "another"  # noqa: S105
    assert path("one") != first
    with pytest.raises(ValueError, match="share one room"):
        path("")


# --- BigBlueButton --------------------------------------------------------------------------------


def test_bbb_room_is_made_and_joined_by_role(bbb: BbbServer):
    bbb_create("room", title="Sesi pecahan & desimal", back_to="https://mgmp.example.id/sesi/1/")
    lead = visit(bbb_join_address("room", name="Ibu Ani", is_moderator=True, user_key="u1"))
    guest = visit(bbb_join_address("room", name="Pak Budi ✓", is_moderator=False, user_key="u2"))

    (meeting,) = bbb.meetings.values()
    assert meeting["name"] == "Sesi pecahan & desimal"
    assert meeting["logoutURL"] == "https://mgmp.example.id/sesi/1/"
    assert len({meeting[key] for key in ("meetingID", "attendeePW", "moderatorPW")}) == 3
    assert (lead.status, guest.status) == (302, 302)
    assert [(one["fullName"], one["role"], one["userID"]) for one in bbb.joined] == [
        ("Ibu Ani", "MODERATOR", "u1"),
        ("Pak Budi ✓", "VIEWER", "u2"),
    ]


def test_our_server_takes_the_example_of_the_api_reference():
    query = "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
    checksum = "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17"

    with run_bbb_server("639259d4-9dd8-4b25-bf01-95f9567eaf4b") as server:
        answer = visit(f"{server.url}/api/create?{query}&checksum={checksum}")

    assert b"<returncode>SUCCESS</returncode>" in answer.data


def test_bbb_room_made_twice_is_one_also_when_the_title_changed(bbb: BbbServer):
    bbb_create("room", title="Judul lama")
    bbb_create("room", title="Judul baru")
    assert len(bbb.meetings) == 1

    bbb_create("other", title="Judul lama")
    assert len(bbb.meetings) == 2


def test_bbb_address_changed_by_its_bearer_is_refused(bbb: BbbServer):
    bbb_create("room", title="Sesi")
    address = bbb_join_address("room", name="Ani", is_moderator=False, user_key="u1")

    answer = visit(address.replace("VIEWER", "MODERATOR"))

    assert b"checksumError" in answer.data
    assert bbb.joined == []


def test_bbb_with_a_wrong_secret_refuses_and_says_so(bbb: BbbServer, settings, caplog):
    settings.BBB_SECRET = "wrong"  # noqa: S105

    assert why_not() == (
        "Server BigBlueButton menolak kunci platform ini. Mohon kabari pengelola platform."
    )
    assert bbb.meetings == {}
    assert bbb.asked == ["create"]
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "BigBlueButton refused to create a room: checksumError"
    ]


def test_bbb_that_refuses_for_another_reason_says_so(bbb: BbbServer):
    bbb_create("room", title="Sesi")
    (meeting,) = bbb.meetings.values()
    meeting["moderatorPW"] = "of somebody else"

    assert why_not() == (
        "Server BigBlueButton menolak membuka ruang ini. Mohon kabari pengelola platform."
    )


def test_bbb_that_hangs_is_not_waited_for_and_says_so(bbb: BbbServer):
    bbb.is_hanging = True
    began = time.monotonic()

    assert why_not() == (
        "Server BigBlueButton tidak menjawab dalam waktunya. Mohon coba lagi sebentar."
    )
    assert time.monotonic() - began < 2
    assert bbb.asked == ["create"]


def test_bbb_that_stumbles_is_asked_again(bbb: BbbServer):
    bbb.failures = [500, 503]

    bbb_create("room", title="Sesi")

    assert bbb.asked == ["create"] * 3
    assert len(bbb.meetings) == 1


def test_bbb_that_keeps_failing_says_so(bbb: BbbServer):
    bbb.failures = [502] * 9

    assert why_not() == "Server BigBlueButton sedang bermasalah. Mohon coba lagi sebentar."
    assert bbb.asked == ["create"] * 3


@pytest.mark.usefixtures("bbb")
def test_bbb_that_is_down_says_so_and_no_address_gets_into_the_log(settings, caplog):
    with run_bbb_server("gone") as gone:
        settings.BBB_URL = gone.url

    assert why_not() == "Server BigBlueButton tidak dapat dihubungi. Mohon coba lagi sebentar."
    assert [record.getMessage() for record in caplog.records] == [
        "BigBlueButton could not be asked: NewConnectionError"
    ]


@pytest.mark.parametrize(
    "answer",
    [
        b"Hello",
        b"<html><p>Masuk",
        b"\xff\xfe",
        b"<response><returncode>SUCCESS</returncode></response>" + b" " * 200_000,
        b'<!DOCTYPE r [<!ENTITY a "SUCCESS">]><response><returncode>&a;</returncode></response>',
    ],
)
def test_bbb_that_answers_nonsense_says_so(bbb: BbbServer, answer):
    bbb.answer = answer

    assert why_not() == (
        "Jawaban server BigBlueButton tidak terbaca. Mohon kabari pengelola platform."
    )
