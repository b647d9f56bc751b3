"""A mail server for tests: speaks enough SMTP, keeps what it gets, refuses whom it is told to."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


class PostOffice(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Clerk)
        self.received: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.hangs_up_on: set[str] = set()

    @property
    def settings(self) -> dict[str, dict[str, object]]:
        host, port = self.server_address[:2]
        options = {"host": host, "port": port, "timeout": 5}
        return {
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": options,
            }
        }


class Clerk(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self.say("220 post office")
        while line := self.rfile.readline().decode().strip():
            verb, _, rest = line.partition(" ")
            address = rest.partition("<")[2].partition(">")[0]
            if verb.upper() == "DATA":
                self.say("354 go on")
                self.server.received.append(self.message())
                self.say("250 thank you")
            elif address in self.server.hangs_up_on:
                return
            elif address in self.server.refused:
                self.say("550 nobody of that name here")
            elif verb.upper() == "QUIT":
                self.say("221 goodbye")
                return
            else:
                self.say("250 fine")

    def message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        clerk = Thread(target=office.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        clerk.start()
        yield office
        office.shutdown()
        clerk.join()
