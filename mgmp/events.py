"""The event channel of pair rooms: says to whoever has a room open that something changed there.

    granian --interface asgi --port 8001 mgmp.events:application

A process of its own, because pages are served by few blocking threads (ADR 0002) and this holds a
connection for each phone. Once a second it asks the database in one query for the rooms that are
watched, and sends numbers only: what was said is fetched from the pages, which ask who may read
it. Without this process phones ask by themselves; see ADR 0020.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core import signing
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mgmp.settings")
django.setup()

from thinkpair.live import Ticket, read_token, versions_of  # noqa: E402 -- Django comes first

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

# Seconds between two looks into the database, and between two signs of life on a quiet channel.
EVERY = 1.0
HEARTBEAT = 25.0
# So many phones at once: of one person in one pair, and in all.
MOST_OF_ONE = 4
MOST = 2000
# A look that is older than this, while somebody watches, means that the database is gone.
STALE = 15.0

_ROOM = "/events/pairs/"
_HEALTH = "/events/healthz"
_OK = 200
logger = logging.getLogger(__name__)


class Watcher:
    """One phone that holds the channel, and what it is still to be told."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.told: int | None = None
        self.version: int | None = None
        self.has_left = False
        self.woken = asyncio.Event()

    @property
    def seat(self) -> tuple[int, int]:
        return (self.ticket.pair_pk, self.ticket.person_pk)

    def see(self, version: int | None) -> None:
        """Take the room's newest number; None when its person does not sit there any more."""
        self.has_left = version is None
        if version != self.version:
            self.version = version
            self.woken.set()


class Channel:
    """Everybody who watches, and the one loop that looks for them."""

    def __init__(self) -> None:
        self.watchers: set[Watcher] = set()
        self.seats: Counter[tuple[int, int]] = Counter()
        self.looked_at = time.monotonic()
        self._looking: asyncio.Task[None] | None = None

    @property
    def is_well(self) -> bool:
        return not self.watchers or time.monotonic() - self.looked_at < STALE

    def has_room_for(self, ticket: Ticket) -> bool:
        seat = (ticket.pair_pk, ticket.person_pk)
        return len(self.watchers) < MOST and self.seats[seat] < MOST_OF_ONE

    def enter(self, watcher: Watcher) -> None:
        if not self.watchers:
            self.looked_at = time.monotonic()
        self.watchers.add(watcher)
        self.seats[watcher.seat] += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    def leave(self, watcher: Watcher) -> None:
        self.watchers.discard(watcher)
        self.seats[watcher.seat] -= 1
        if not self.seats[watcher.seat]:
            del self.seats[watcher.seat]

    async def _look(self) -> None:
        """Ask once a second, as long as somebody watches; a database that is gone is awaited."""
        while self.watchers:
            try:
                found = await _versions({watcher.ticket.pair_pk for watcher in self.watchers})
            except Exception:
                logger.exception("The rooms could not be looked at")
            else:
                self.looked_at = time.monotonic()
                for watcher in self.watchers:
                    watcher.see(found.get(watcher.seat))
            await asyncio.sleep(EVERY)


channel = Channel()


@sync_to_async
def _versions(pairs: set[int]) -> dict[tuple[int, int], int]:
    try:
        return versions_of(pairs)
    except Exception:
        # The next look begins with a new connection.
        connection.close()
        raise


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one connection, as ASGI 3 says."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    for step in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{step}.complete"})


async def _answer(scope: Message, receive: Receive, send: Send) -> None:
    if scope["path"] == _HEALTH:
        await _end(send, 200 if channel.is_well else 503)
    elif (status := _status_of(scope)) != _OK:
        await _end(send, status)
    elif (ticket := _ticket_of(scope)) is None:
        await _end(send, 403)
    elif not channel.has_room_for(ticket):
        await _end(send, 503)
    else:
        await _tell(ticket, receive, send)


def _status_of(scope: Message) -> int:
    """Whether this is a request for a room, made from a page of ours."""
    if not scope["path"].startswith(_ROOM):
        return 404
    if scope["method"] != "GET":
        return 405
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    return 403 if origin not in {"", settings.SITE_URL} else _OK


def _ticket_of(scope: Message) -> Ticket | None:
    try:
        return read_token(scope["path"].removeprefix(_ROOM).rstrip("/"))
    except (signing.BadSignature, TypeError, ValueError):
        return None


async def _end(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), *_cors()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _cors() -> list[tuple[bytes, bytes]]:
    site = settings.SITE_URL.encode()
    return [(b"access-control-allow-origin", site), (b"vary", b"origin")]


async def _tell(ticket: Ticket, receive: Receive, send: Send) -> None:
    """Hold the channel until the phone goes, its token is over, or its person leaves the pair."""
    watcher = Watcher(ticket)
    channel.enter(watcher)
    gone = asyncio.create_task(_gone(receive))
    try:
        await _open(send)
        while not (gone.done() or ticket.is_over or watcher.has_left):
            await _wait(watcher, gone, min(HEARTBEAT, max(0.0, ticket.until - time.time())))
            if not gone.done():
                await _write(send, _news_for(watcher))
        if not gone.done():
            await _write(send, b"event: over\ndata:\n\n", more=False)
    finally:
        channel.leave(watcher)
        gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _wait(watcher: Watcher, gone: asyncio.Task[None], seconds: float) -> None:
    woken = asyncio.create_task(watcher.woken.wait())
    try:
        with suppress(TimeoutError):
            await asyncio.wait({woken, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        woken.cancel()
    watcher.woken.clear()


def _news_for(watcher: Watcher) -> bytes:
    if watcher.version is None or watcher.version == watcher.told:
        return b": still here\n\n"
    watcher.told = watcher.version
    return f"event: changed\ndata: {watcher.version}\n\n".encode()


async def _open(send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        # Reverse proxies of the nginx family would keep what is small.
        (b"x-accel-buffering", b"no"),
        *_cors(),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    # Milliseconds until a phone whose connection broke tries again.
    await _write(send, b"retry: 3000\n\n")


async def _write(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})
