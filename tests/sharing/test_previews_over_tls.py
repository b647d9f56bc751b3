"""Links over HTTPS, to a real server whose certificate a test's own authority gave."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import trustme
from PIL import Image

from sharing import services
from sharing.fetching import NotFetched, Outside
from sharing.models import LinkPreview
from tests import make
from tests.sharing.test_previews import HTML, Site, led_to, page, serving

type Issue = Callable[[trustme.CA], trustme.LeafCert]
NAME = "rumah.example"


@pytest.fixture
def authority(monkeypatch, tmp_path: Path) -> trustme.CA:
    """The only one that this machine believes while the test lasts."""
    made = trustme.CA()
    file = tmp_path / "authority.pem"
    file.write_bytes(made.cert_pem.bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return made


def site_with(certificate: trustme.LeafCert) -> Site:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(tls)
    return Site(tls)


@pytest.fixture
def site(authority) -> Iterator[Site]:
    with serving(site_with(authority.issue_cert(NAME))) as running:
        yield running


def test_server_is_asked_by_its_name_at_the_address_that_was_checked(site):
    site.answers["/"] = page(HTML)
    answers = iter(["127.0.0.1", "10.0.0.1"])
    rebinding = Outside(
        resolve=lambda *_: [next(answers)],
        allows=lambda address: address == "127.0.0.1",
        ports=frozenset({site.port}),
    )

    found = rebinding.fetch(site.url, kinds=("text/html",), most=512_000)

    [(_path, headers)] = site.asked
    assert found.content == HTML
    assert found.url == site.url
    assert site.taken_for == [NAME]
    assert headers["Host"] == f"{NAME}:{site.port}"
    assert next(answers) == "10.0.0.1"


def of_another_name(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("lain.example")


def of_the_address_alone(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1")


def of_yesterday(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert(NAME, not_after=datetime(2024, 1, 1, tzinfo=UTC))


def of_nobody(_authority: trustme.CA) -> trustme.LeafCert:
    return trustme.CA().issue_cert(NAME)


@pytest.mark.django_db
@pytest.mark.parametrize("issue", [of_another_name, of_the_address_alone, of_yesterday, of_nobody])
def test_server_that_cannot_prove_its_name_is_asked_nothing_and_shown_plain(
    client, authority, issue: Issue
):
    post = make.post(audience="public")
    with serving(site_with(issue(authority))) as site:
        site.answers["/"] = page(HTML)
        services.edit_post(post, by=post.author, link=f"{site.url}/")

        asked = services.fetch_previews(site.outside())

    preview = LinkPreview.objects.get()
    shown = client.get(post.get_absolute_url()).text
    assert asked == 1
    assert site.asked == []
    assert (preview.title, preview.picture.name) == ("", "")
    assert preview.failure == "SSLCertVerificationError"
    assert "Buka tautan" in shown
    assert "Kol ungu &amp; lakmus" not in shown


@pytest.mark.django_db
def test_link_gets_its_card_with_a_picture(client, site):
    photo = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(photo, "JPEG")
    site.answers |= {"/": page(HTML), "/foto.jpg": page(photo.getvalue(), "image/jpeg")}
    post = make.post(audience="public")
    services.edit_post(post, by=post.author, link=f"{site.url}/")

    services.fetch_previews(site.outside())

    assert "Kol ungu &amp; lakmus" in client.get(post.get_absolute_url()).text
    assert LinkPreview.objects.get().picture
    assert site.taken_for == [NAME, NAME]


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("https://lain.example:{port}/", "SSLCertVerificationError"),
        ("https://dalam.example:{port}/", "not public"),
        ("http://dalam.example:{port}/", "not public"),
    ],
)
def test_whom_it_leads_on_to_must_prove_its_own_name(site, where: str, why: str):
    site.answers["/"] = led_to(where.format(port=site.port))
    outside = site.outside(more={"lain.example": "127.0.0.1", "dalam.example": "10.0.0.1"})

    with pytest.raises(NotFetched, match=why):
        outside.fetch(f"{site.url}/", kinds=("text/html",), most=1000)

    assert [path for path, _headers in site.asked] == ["/"]


def test_server_that_says_nothing_is_hung_up_on():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        outside = Outside(
            resolve=lambda *_: ["127.0.0.1"],
            allows=lambda _address: True,
            ports=frozenset({port}),
            patience=0.5,
        )
        began = time.monotonic()

        with pytest.raises(NotFetched):
            outside.fetch(f"https://{NAME}:{port}/", kinds=("text/html",), most=1000)

    assert time.monotonic() - began < 3
