"""Links are looked at by a real server on this machine; only the resolver and policy are ours."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Event, Thread

import pytest
from django.utils import timezone
from PIL import Image

from sharing import services
from sharing.fetching import NotFetched, Outside, is_public, resolve
from sharing.models import LinkPreview
from sharing.page_words import words_of_page
from tests import make

HTML = b"""<html><head><title>Kol ungu</title>
<meta property="og:title" content="Kol ungu &amp; lakmus"><meta property="og:site_name" content="Rumah IPA">
<meta name="description" content="Cara\nmembuat."><meta property="og:image" content="/foto.jpg">"""  # noqa: E501
type Answer = Callable[[BaseHTTPRequestHandler], None]


def page(content: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        for name, text in headers.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def led_to(url: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", url)
        handler.end_headers()

    return answer


def dripping(in_head: bool) -> Answer:
    """A byte ten times a second, for a minute: no read of it ever takes long."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if not in_head:
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        for _ in range(600):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    return answer


class Site:
    """A server that answers each path as told, and remembers what it was asked.

    With `tls` it speaks that, and remembers whom it was taken for.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.taken_for: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                try:
                    site.answers[self.path](self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        if tls:
            tls.sni_callback = lambda _socket, name, _context: self.taken_for.append(name)
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.url = f"http{'s' if tls else ''}://rumah.example:{self.port}"

    def outside(self, *, patience: float = 5, more: dict[str, str] | None = None) -> Outside:
        """The world with this one site in it; other names lead where `more` says."""
        known = {"rumah.example": "127.0.0.1"} | (more or {})
        return Outside(
            resolve=lambda host, _port: [known[host]],
            allows=lambda address: address == "127.0.0.1",
            ports=frozenset({self.port}),
            patience=patience,
        )


@contextmanager
def serving(running: Site) -> Iterator[Site]:
    thread = Thread(target=running.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield running
    finally:
        running.server.shutdown()
        running.server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as running:
        yield running


def get(site: Site, path: str = "/", most: int = 512_000, **how):
    return site.outside(**how).fetch(site.url + path, kinds=("text/html",), most=most)


# --- which addresses ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
        "0.0.0.0",  # noqa: S104 -- nothing is bound
        *("169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::"),
        *("fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1"),
        *("2001:db8::1", "2001::1", "100::1"),
    ],
)
def test_address_of_a_network_of_our_own_is_refused(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.20.30", "2606:4700::1111"])
def test_address_of_the_internet_is_allowed(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/"),
        *("http://0x7f.1/", "http://0/", "http://[::ffff:127.0.0.1]/", "http://127.1/"),
        *("file:///etc/passwd", "ftp://rumah.example/", "gopher://rumah.example/", "//rumah/"),
        *("http://a@rumah.example/", "http://rumah.example:22/", "http://rumah.example:6379/"),
        *("http://rumah.example:99999/", "http://[x/", "http:///", "http://%/"),
    ],
)
def test_address_that_leads_inside_or_nowhere_is_refused_for_good(url: str):
    with pytest.raises(NotFetched) as why:
        Outside(resolve=_known).fetch(url, kinds=("text/html",), most=1000)

    assert why.value.is_final or "gaierror" in str(why.value)


def _known(host: str, port: int) -> list[str]:
    return ["8.8.8.8"] if host == "rumah.example" else resolve(host, port)


def test_name_with_one_inner_address_among_outer_ones_is_refused():
    both = Outside(resolve=lambda *_: ["8.8.8.8", "10.0.0.1"])

    with pytest.raises(NotFetched, match="not public"):
        both.fetch("http://rumah.example/", kinds=("text/html",), most=1000)


def test_name_is_resolved_once_so_that_what_was_checked_is_what_is_connected_to(site):
    site.answers["/"] = page(HTML)
    answers = iter(["127.0.0.1", "10.0.0.1"])
    rebinding = Outside(
        resolve=lambda *_: [next(answers)],
        allows=lambda address: address == "127.0.0.1",
        ports=frozenset({site.port}),
    )

    found = rebinding.fetch(site.url, kinds=("text/html",), most=512_000)

    assert found.content == HTML
    assert next(answers) == "10.0.0.1"


def test_name_that_nobody_answers_for_is_given_up_in_time():
    asleep = Event()
    silent = Outside(resolve=lambda *_: [str(asleep.wait(20))], patience=0.3)
    began = time.monotonic()

    with pytest.raises(NotFetched, match="name takes too long") as why:
        silent.fetch("http://rumah.example/", kinds=("text/html",), most=1000)

    asleep.set()
    assert time.monotonic() - began < 3
    assert not why.value.is_final


def test_name_that_is_not_known_is_asked_for_again_later():
    def unknown(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(NotFetched, match="gaierror") as why:
        Outside(resolve=unknown).fetch("http://rumah.example/", kinds=("text/html",), most=1000)

    assert not why.value.is_final


# --- on the way ---------------------------------------------------------------------------------
def test_server_sees_our_name_and_no_cookie(monkeypatch, site):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.answers["/"] = page(HTML, Set_Cookie="a=b")

    get(site)
    get(site)

    for _path, headers in site.asked:
        assert headers["Host"] == f"rumah.example:{site.port}"
        assert headers["User-Agent"].startswith("SmartMGMP-preview")
        assert not {"Cookie", "Referer", "Authorization"} & set(headers)


@pytest.mark.parametrize(
    "where", ["http://dalam.example:{port}/", "http://rumah.example:25/", "file:///x"]
)
def test_redirect_is_looked_at_like_the_first_address(site, where: str):
    site.answers["/"] = led_to(where.format(port=site.port))

    with pytest.raises(NotFetched) as why:
        get(site, more={"dalam.example": "10.0.0.1"})

    assert why.value.is_final
    assert len(site.asked) == 1


def test_three_redirects_are_followed_and_a_fourth_is_not(site):
    for n in range(4):
        site.answers[f"/{n}"] = led_to(f"/{n + 1}")
    site.answers["/4"] = page(HTML)

    found = get(site, "/1")
    with pytest.raises(NotFetched, match="leads on"):
        get(site, "/0")

    assert found.url == f"{site.url}/4"


@pytest.mark.parametrize("in_head", [True, False])
def test_slow_server_is_hung_up_on(site, in_head: bool):
    site.answers["/"] = dripping(in_head)
    began = time.monotonic()

    with pytest.raises(NotFetched):
        get(site, patience=0.6)

    assert time.monotonic() - began < 3


def test_only_the_beginning_of_a_big_page_is_read(site):
    site.answers["/"] = page(HTML + b" " * 5_000_000)

    found = get(site)

    assert (len(found.content), found.is_whole) == (512_000, False)


@pytest.mark.parametrize(
    ("kind", "headers"),
    [("application/pdf", {}), ("", {}), ("text/html", {"Content_Encoding": "gzip"})],
)
def test_what_is_no_page_is_refused_for_good(site, kind: str, headers: dict[str, str]):
    site.answers["/"] = page(HTML, kind, **headers)

    with pytest.raises(NotFetched) as why:
        get(site)

    assert why.value.is_final


@pytest.mark.django_db
def test_page_that_leads_to_no_address_fails_alone_and_holds_up_no_other(site):
    site.answers |= {"/bad": led_to("http://[foo"), "/good": page(HTML)}
    for path in ("/bad", "/good"):
        services.want_preview(f"{site.url}{path}")

    asked = services.fetch_previews(site.outside())

    bad, good = LinkPreview.objects.order_by("url")
    assert asked == 2
    assert (bad.failure, good.title) == ("ValueError", "Kol ungu & lakmus")


# --- what a page says ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("html", "title"),
    [
        (HTML, "Kol ungu & lakmus"),
        (b"<title>Judul <b>saja", "Judul"),
        (b"<title>\n a \n b</title><title>lain</title>", "a b"),
        (b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", "<script>alert(1)</script>"),
        (b"<title>\xe2\x80\xaeelif\x00</title>", "elif"),
        (b"<meta charset=latin1><title>caf\xe9</title>", "café"),
        (b"<meta charset=nothing><title>a</title>", "a"),
        (b"<meta charset=idna><title>a</title>", "a"),
        (b"<meta charset=undefined><title>a</title>", "a"),
        (b"<meta charset=punycode><title>a</title>" + b"x" * 500_000, "a"),
        (b"<title>" + b"x" * 300, "x" * 199 + "…"),
        (b"<title>a</title><![ x", "a"),
        (b"<title>a</title><![foo[", "a"),
        (b"<<<>><meta property=og:title><html", ""),
        (b"", ""),
    ],
)
def test_words_of_a_page_are_plain_text(html: bytes, title: str):
    assert words_of_page(html, "text/html").title == title


# --- kept and shown -----------------------------------------------------------------------------
@pytest.mark.django_db
def test_link_of_a_post_gets_a_card_with_a_picture_of_our_own(client, site):
    photo = BytesIO()
    Image.linear_gradient("L").resize((1200, 630)).convert("RGB").save(photo, "JPEG")
    site.answers |= {
        "/": page(HTML),
        "/foto.jpg": page(photo.getvalue() + b"<script>", "image/jpeg"),
    }
    post = make.post()
    services.edit_post(post, by=post.author, link=f"{site.url}/")
    client.force_login(make.member(post.group))

    before = client.get(post.get_absolute_url()).text
    seen = [services.fetch_previews(site.outside()) for _ in range(2)]
    after = client.get(post.get_absolute_url()).text
    picture = client.get(f"/posts/{post.pk}/link-picture/")

    assert seen == [1, 0]
    assert "Buka tautan" in before
    assert "Kol ungu &amp; lakmus" in after
    assert "Cara membuat." in after
    assert "Rumah IPA · rumah.example" in " ".join(after.split())
    assert f'src="/posts/{post.pk}/link-picture/"' in after
    assert f'href="{site.url}/" rel="nofollow noopener"' in after
    assert b"<script>" not in picture.getvalue()
    assert picture["Content-Type"] == "image/jpeg"
    client.force_login(make.member(make.group()))
    assert client.get(f"/posts/{post.pk}/link-picture/").status_code == 404


@pytest.mark.django_db
def test_first_link_in_the_text_gets_a_card_unless_there_is_one_beside_it(client, site):
    site.answers |= {
        "/?a=1&b=2": page(b"<title>Kol ungu &amp; lakmus</title>"),
        "/lain": page(b"<title>Beranda lain</title>"),
    }
    post = make.post(audience="public")
    words = f"Untuk @rekan: [kol]({site.url}/?a=1&b=2), {site.url}/lain"
    services.edit_post(post, by=post.author, body=words)

    before = client.get(post.get_absolute_url()).text
    services.fetch_previews(site.outside())
    card = client.get(post.get_absolute_url()).text
    services.edit_post(post, by=post.author, link=f"{site.url}/lain")
    services.fetch_previews(site.outside())

    assert "link-words" not in before
    assert "Kol ungu &amp; lakmus" in card
    assert f'href="{site.url}/?a=1&amp;b=2" rel="nofollow noopener"' in card
    beside = client.get(post.get_absolute_url()).text
    assert "Beranda lain" in beside
    assert "ungu &amp; lakmus" not in beside


@pytest.mark.django_db
def test_script_in_a_title_is_words(client, site):
    site.answers["/"] = page(b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>")
    post = make.post(audience="public")
    services.edit_post(post, by=post.author, link=f"{site.url}/")

    services.fetch_previews(site.outside())

    assert "&lt;script&gt;alert(1)" in client.get(post.get_absolute_url()).text


@pytest.mark.django_db
def test_page_that_does_not_answer_is_asked_five_times_ever_later(monkeypatch, site):
    site.answers["/"] = lambda handler: handler.send_error(503)
    services.want_preview(f"{site.url}/")
    now, asked = timezone.now(), []

    for minutes in (0, 0.5, 1.1, 2, 3.2, 7.3, 15.4, 60, 600):
        later = now + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda later=later: later)
        asked.append(services.fetch_previews(site.outside()))

    preview = LinkPreview.objects.get()
    assert asked == [1, 0, 1, 0, 1, 1, 1, 0, 0]
    assert (preview.tries, preview.failure, preview.title) == (5, "Status 503", "")
    assert preview.fetched_at


@pytest.mark.django_db
def test_link_that_leads_inside_is_asked_for_once_and_shown_plain(client):
    post = make.post(audience="public")
    services.edit_post(post, by=post.author, link="http://127.0.0.1/admin/")

    asked = [services.fetch_previews() for _ in range(2)]

    preview = LinkPreview.objects.get()
    assert asked == [1, 0]
    assert preview.failure == "Its address is not public."
    assert "Buka tautan" in client.get(post.get_absolute_url()).text


@pytest.mark.django_db
def test_same_link_of_two_posts_is_looked_at_once(site):
    site.answers["/"] = page(HTML)
    for _ in range(2):
        post = make.post()
        services.edit_post(post, by=post.author, link=f"{site.url}/")

    assert services.fetch_previews(site.outside()) == 1
    assert LinkPreview.objects.count() == 1
