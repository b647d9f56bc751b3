"""The event channel of pair rooms, driven as its server drives it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.core import signing

from mgmp import events
from tests import make
from thinkpair import live
from thinkpair.models import Pair, PairMember

pytestmark = pytest.mark.django_db


class Phone:
    """One connection: what was answered, and until when it is held."""

    def __init__(self, path: str, *, method: str = "GET", origin: str = "") -> None:
        headers = [(b"origin", origin.encode())] if origin else []
        self.scope = {"type": "http", "path": path, "method": method, "headers": headers}
        self.sent: list[dict[str, Any]] = []
        self.came = asyncio.Condition()
        self.left: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def send(self, message: Any) -> None:
        async with self.came:
            self.sent.append(message)
            self.came.notify_all()

    def open(self) -> asyncio.Task[None]:
        return asyncio.create_task(events.application(self.scope, self.left.get, self.send))

    async def answer(self) -> int:
        await self.open()
        return self.status

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def words(self) -> str:
        return b"".join(each.get("body", b"") for each in self.sent).decode()

    async def hears(self, words: str, *, within: float = 3.0) -> None:
        async with asyncio.timeout(within), self.came:
            await self.came.wait_for(lambda: words in self.words)

    async def leave(self, held: asyncio.Task[None]) -> None:
        await self.left.put({"type": "http.disconnect"})
        await held


def run(walk: Callable[[], Awaitable[None]]) -> None:
    """Walk in an event loop whose looks into the database are made in the thread of the test."""
    async_to_sync(walk)()


@pytest.fixture
def pair() -> Pair:
    return make.pair()


@pytest.fixture
def path(pair: Pair) -> str:
    return f"/events/pairs/{live.token_for(pair, pair.people.order_by('pk')[0])}"


def test_a_phone_hears_that_something_changed_and_never_what(pair: Pair, path: str):
    other = pair.people.order_by("pk")[1]

    async def walk() -> None:
        phone = Phone(path, origin=settings.SITE_URL)
        held = phone.open()
        await phone.hears("event: changed\ndata: 0\n\n")
        await sync_to_async(make.message)(in_=pair, by=other, text="Rahasia berdua.")
        await phone.hears("event: changed\ndata: 1\n\n", within=2)
        assert "Rahasia" not in phone.words
        assert events.channel.is_well
        await phone.leave(held)
        assert dict(phone.sent[0]["headers"])[b"content-type"].startswith(b"text/event-stream")
        assert not events.channel.watchers
        assert not events.channel.seats

    run(walk)


def test_who_may_not_listen_is_refused(path: str):
    async def walk() -> None:
        assert await Phone("/events/healthz").answer() == 200
        assert await Phone("/").answer() == 404
        assert await Phone(path, method="POST").answer() == 405
        assert await Phone(path, origin="https://elsewhere.example").answer() == 403
        assert await Phone("/events/pairs/").answer() == 403
        assert await Phone("/events/pairs/forged").answer() == 403
        assert await Phone(f"{path}x").answer() == 403

    run(walk)


def test_a_token_of_another_purpose_opens_nothing(pair: Pair):
    token = signing.dumps([pair.pk, 1, 9_999_999_999], salt="sessions.live")

    async def walk() -> None:
        assert await Phone(f"/events/pairs/{token}").answer() == 403

    run(walk)


def test_the_channel_ends_with_its_token(monkeypatch: pytest.MonkeyPatch, pair: Pair):
    monkeypatch.setattr(live, "TOKEN_LASTS", 1)
    one = pair.people.order_by("pk")[0]

    async def walk() -> None:
        phone = Phone(f"/events/pairs/{live.token_for(pair, one)}")
        async with asyncio.timeout(4):
            await phone.open()
        assert "event: over" in phone.words
        assert phone.sent[-1]["more_body"] is False

    run(walk)


def test_who_leaves_the_pair_is_let_go(pair: Pair, path: str):
    seats = PairMember.objects.filter(person=pair.people.order_by("pk")[0])

    async def walk() -> None:
        phone = Phone(path)
        held = phone.open()
        await phone.hears("data: 0")
        await sync_to_async(seats.delete)()
        async with asyncio.timeout(3):
            await held
        assert phone.words.endswith("event: over\ndata:\n\n")

    run(walk)


def test_a_quiet_channel_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch, path: str):
    monkeypatch.setattr(events, "HEARTBEAT", 0.1)

    async def walk() -> None:
        phone = Phone(path)
        held = phone.open()
        await phone.hears(": still here")
        await phone.leave(held)

    run(walk)


def test_one_person_holds_only_so_many_channels(path: str, monkeypatch: pytest.MonkeyPatch):
    async def walk() -> None:
        phones = [Phone(path) for _ in range(events.MOST_OF_ONE)]
        held = [phone.open() for phone in phones]
        for phone in phones:
            await phone.hears("retry")
        assert await Phone(path).answer() == 503
        for phone, one in zip(phones, held, strict=True):
            await phone.leave(one)
        monkeypatch.setattr(events, "MOST", 0)
        assert await Phone(path).answer() == 503

    run(walk)
