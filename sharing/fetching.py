"""Fetching what strangers' links lead to, without being led into our own network.

Written on http.client, which follows no redirect, keeps no cookie and asks no proxy by itself.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

# Seconds for everything, redirects and slow bodies included.
PATIENCE = 12.0
MOST_REDIRECTS = 3
PORTS = frozenset({80, 443, 8080, 8443})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DEFAULT_PORTS = {"http": 80, "https": 443}
# IPv6 addresses that stand for an IPv4 one, which may be anything.
_WRAPPED = tuple(
    ip_network(net) for net in ("::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")
)


class NotFetched(Exception):  # noqa: N818 -- it is no error of the program
    """The page could not be fetched; `is_final` says that trying again is of no use."""

    def __init__(self, why: str, *, is_final: bool = False) -> None:
        super().__init__(why)
        self.is_final = is_final


@dataclass(frozen=True)
class Fetched:
    """What came: at most as many bytes as were asked for, and where it came from in the end."""

    url: str
    content: bytes
    content_type: str
    is_whole: bool


def is_public(address: str) -> bool:
    """Whether a numeric address is of the internet at large, not of a network of our own."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and (ip.is_site_local or any(ip in net for net in _WRAPPED)):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True)
class Outside:
    """How the world outside is reached. Tests reach a server of their own by other parts."""

    resolve: Callable[[str, int], list[str]] = resolve
    allows: Callable[[str], bool] = is_public
    ports: frozenset[int] = PORTS
    patience: float = PATIENCE

    def fetch(self, url: str, *, kinds: tuple[str, ...], most: int) -> Fetched:
        """Get what is at an address, if its content type begins with one of `kinds`.

        Raises NotFetched when an address on the way is not public, when too much leads on, or when
        it is not there within the time. Every redirect is looked at like the first address.
        """
        end = time.monotonic() + self.patience
        for _ in range(MOST_REDIRECTS + 1):
            asked = _parts(url, self.ports)
            try:
                found = self._ask(asked, kinds, most, end)
                if isinstance(found, str):
                    url = urljoin(url, found)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise NotFetched(type(error).__name__) from error
            if isinstance(found, Fetched):
                return found
        raise NotFetched("It leads on too often.", is_final=True)

    def _address(self, host: str, port: int, end: float) -> str:
        """The one address that is connected to: what was checked is what is used."""
        addresses = self._resolved(host, port, end)
        if not addresses or not all(self.allows(address) for address in addresses):
            raise NotFetched("Its address is not public.", is_final=True)
        return addresses[0]

    def _resolved(self, host: str, port: int, end: float) -> list[str]:
        """What the resolver says in time. It knows no deadline of its own, so a thread asks it.

        A thread that is given up ends when the resolver gives up, and holds up no exit.
        """
        answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self.resolve(host, port))
            except Exception as error:  # noqa: BLE001 -- it is raised again below
                answer.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=max(end - time.monotonic(), 0))
        except Empty as late:
            raise NotFetched("Its name takes too long.") from late
        if isinstance(found, Exception):
            raise found
        return found

    def _ask(
        self, asked: SplitResult, kinds: tuple[str, ...], most: int, end: float
    ) -> Fetched | str:
        """Ask one server. The answer, or the address it leads on to."""
        host = asked.hostname or ""
        port = asked.port or _DEFAULT_PORTS[asked.scheme]
        address = self._address(host, port, end)
        left = end - time.monotonic()
        if left <= 0:
            raise NotFetched("It takes too long.")
        connection = http.client.HTTPConnection(host, port)
        # The newest is the one in use: TLS takes the first one's place.
        opened = [socket.create_connection((address, port), timeout=left)]
        # A server that sends a byte now and then never runs into the socket's own timeout.
        alarm = Timer(left, _hang_up, [opened])
        alarm.daemon = True
        alarm.start()
        try:
            if asked.scheme == "https":
                tls = ssl.create_default_context().wrap_socket(
                    opened[-1], server_hostname=host, do_handshake_on_connect=False
                )
                opened.append(tls)
                tls.do_handshake()
            connection.sock = opened[-1]
            path = quote(asked.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = f"?{quote(asked.query, safe=_QUERY)}" if asked.query else ""
            connection.request("GET", path + query, headers=_headers(asked))
            # An answer holds the socket, also one that is not read to its end.
            with connection.getresponse() as answer:
                return self._answer(answer, asked, kinds, most, end)
        finally:
            alarm.cancel()
            connection.close()
            opened[-1].close()

    def _answer(
        self,
        answer: http.client.HTTPResponse,
        asked: SplitResult,
        kinds: tuple[str, ...],
        most: int,
        end: float,
    ) -> Fetched | str:
        if answer.status in _REDIRECTS and (further := answer.getheader("Location")):
            return further
        if answer.status != http.client.OK:
            raise NotFetched(f"Status {answer.status}", is_final=answer.status in {404, 410})
        content_type = (answer.getheader("Content-Type") or "").lower()
        if not content_type.startswith(kinds):
            raise NotFetched(f"Type {content_type[:60]}", is_final=True)
        if (answer.getheader("Content-Encoding") or "identity") != "identity":
            raise NotFetched("It is packed.", is_final=True)
        content = bytearray()
        while len(content) <= most:
            if time.monotonic() > end:
                raise NotFetched("It takes too long.")
            piece = answer.read1(16_384)
            if not piece:
                break
            content += piece
        if time.monotonic() > end:
            raise NotFetched("It takes too long.")
        is_whole = len(content) <= most
        return Fetched(asked.geturl(), bytes(content[:most]), content_type, is_whole)


_QUERY = "/%:@!$&'()*+,;=~-._?"


def _parts(url: str, ports: frozenset[int]) -> SplitResult:
    """An address in its parts, if it is one that a page can have."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise NotFetched("It is no address.", is_final=True) from error
    default = _DEFAULT_PORTS.get(parts.scheme)
    if not default or not host or parts.username is not None:
        raise NotFetched("It is no address of a page.", is_final=True)
    if (port or default) not in ports:
        raise NotFetched("Its port is none of the web.", is_final=True)
    shown = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=f"{shown}:{port}" if port else shown)


def _headers(asked: SplitResult) -> dict[str, str]:
    return {
        "Host": asked.netloc,
        "User-Agent": f"SmartMGMP-preview (+{settings.SITE_URL})",
        "Accept": "text/html,application/xhtml+xml,image/*;q=0.8",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _hang_up(opened: list[socket.socket]) -> None:
    with suppress(OSError):
        socket.socket.shutdown(opened[-1], socket.SHUT_RDWR)
