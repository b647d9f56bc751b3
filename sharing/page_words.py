"""What a page says of itself in its head, as plain text."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser

# What pages in our languages are written in.
_CHARSETS = frozenset(
    {"utf-8", "utf8", "us-ascii", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "utf-16"}
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


@dataclass(frozen=True)
class PageWords:
    """Cut to what our columns hold; `picture` is an address as the page wrote it, or empty."""

    title: str
    description: str
    site_name: str
    picture: str


def words_of_page(content: bytes, content_type: str) -> PageWords:
    """Read title, description, site name and picture: Open Graph first, then what others use."""
    reader = _Head()
    # Of broken HTML the parser asserts that there is none; what stands before it was read.
    with suppress(AssertionError):
        reader.feed(_decoded(content, content_type))
    said = reader.said
    return PageWords(
        title=_plain(said.get("og:title") or said.get("twitter:title") or reader.title, 200),
        description=_plain(
            said.get("og:description")
            or said.get("twitter:description")
            or said.get("description")
            or "",
            400,
        ),
        site_name=_plain(said.get("og:site_name") or said.get("application-name") or "", 100),
        picture=(said.get("og:image") or said.get("twitter:image") or "").strip()[:2000],
    )


class _Head(HTMLParser):
    """Collects `<meta>` by name and the first `<title>`. Broken HTML is read as far as it goes."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.title = ""
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_title = tag == "title" and not self.title
        if tag == "meta":
            of = dict(attrs)
            name = (of.get("property") or of.get("name") or "").lower()
            if name and of.get("content"):
                self.said.setdefault(name, of["content"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._is_title = False

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data


def _decoded(content: bytes, content_type: str) -> str:
    named = _CHARSET.search(content_type.encode()) or _CHARSET.search(content[:2048])
    charset = named[1].decode().lower() if named else ""
    # Python knows codecs that no page is written in, some of them slow or strict.
    return content.decode(charset if charset in _CHARSETS else "utf-8", "replace")


def _plain(text: str, most: int) -> str:
    """One line, without what is not seen or turns the reading direction."""
    seen = "".join(
        letter for letter in text if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    line = " ".join(seen.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
