"""A BigBlueButton that keeps the rules of its API reference and holds no meetings.

https://docs.bigbluebutton.org/development/api, checked 2026-11: every call is signed by a digest of
its name, its query without the checksum, and the shared secret; answers are XML with status 200.
"""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

# The server knows which digest it is by its length.
DIGESTS = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}


class BbbServer(ThreadingHTTPServer):
    """`meetings` and `joined` are what it holds; `asked` are the calls that came, in order.

    It first answers with the statuses in `failures`, takes `answer` for its own where it is set,
    and while `is_hanging` it says nothing at all.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, secret: str) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.secret = secret
        self.meetings: dict[str, dict[str, str]] = {}
        self.joined: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.failures: list[int] = []
        self.answer = b""
        self.is_hanging = False
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        """The value of BBB_URL."""
        return f"http://127.0.0.1:{self.server_address[1]}/bigbluebutton"

    def answer_to(self, call: str, query: str) -> dict[str, str]:
        """What the API answers to that call."""
        values = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
        checksum = values.pop("checksum", "")
        signed = re.sub(r"(^|&)checksum=[^&]*", "", query)
        digest = DIGESTS.get(len(checksum), "sha1")
        if checksum != hashlib.new(digest, f"{call}{signed}{self.secret}".encode()).hexdigest():
            return _failed("checksumError", "Checksums do not match")
        return {"create": self._create, "join": self._join}[call](values)

    def _create(self, values: dict[str, str]) -> dict[str, str]:
        pk = values.get("meetingID", "")
        if not 2 <= len(pk) <= 256 or "," in pk or not 2 <= len(values.get("name", "")) <= 256:
            return _failed("validationError", "One or more parameters are not as they must be")
        known = self.meetings.setdefault(pk, values)
        if any(known[password] != values[password] for password in ("attendeePW", "moderatorPW")):
            return _failed("idNotUnique", "A meeting already exists with that meeting ID.")
        again = {"messageKey": "duplicateWarning", "message": "Already in existence."}
        return {
            "returncode": "SUCCESS",
            "meetingID": pk,
            "internalMeetingID": f"{hashlib.sha1(pk.encode()).hexdigest()}-1531155809613",  # noqa: S324
            "createTime": "1531155809613",
            **(again if known is not values else {}),
        }

    def _join(self, values: dict[str, str]) -> dict[str, str]:
        if values.get("meetingID") not in self.meetings:
            return _failed("invalidMeetingIdentifier", "There is no meeting with that ID.")
        if not values.get("fullName") or values.get("role") not in {"MODERATOR", "VIEWER"}:
            return _failed("validationError", "You must provide your name and a role.")
        self.joined.append(values)
        return {}


class _Call(BaseHTTPRequestHandler):
    server: BbbServer

    def do_GET(self) -> None:
        place, _, query = self.path.partition("?")
        call = place.removeprefix("/bigbluebutton/api/")
        self.server.asked.append(call)
        if self.server.is_hanging:
            self.server.stopped.wait()
            return
        if self.server.failures:
            self.send_error(self.server.failures.pop(0))
            return
        answer = self.server.answer_to(call, query)
        if not answer:
            self.send_response(302)
            self.send_header("Location", "/html5client/?sessionToken=abc")
            self.end_headers()
            return
        response = ET.Element("response")
        for name, value in answer.items():
            ET.SubElement(response, name).text = value
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.wfile.write(self.server.answer or ET.tostring(response))

    def log_message(self, *args: object) -> None:
        pass


def _failed(key: str, message: str) -> dict[str, str]:
    return {"returncode": "FAILED", "messageKey": key, "message": message}


@contextmanager
def run_bbb_server(secret: str) -> Iterator[BbbServer]:
    """Run a BigBlueButton meanwhile."""
    with BbbServer(secret) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()
