"""Markdown as people write it, turned into HTML that can do no harm. Done once, on write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.rules_core import StateCore

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "ul",
}  # fmt: skip
# What stands over the parts of a good practice. It is kept with the words, in their language.
HEADINGS = {
    "situation": "Situasinya",
    "action": "Yang saya lakukan",
    "change": "Yang berubah",
    "evidence": "Buktinya",
}


# “@siti.aminah”, but not the end of an address or of a path.
MENTION = re.compile(r"(?<![\w@/.-])@(\w[\w.-]{0,59})")


# A link to another site, no longer than what our columns hold.
_ELSEWHERE = re.compile(r'href="(https?://[^"]{1,480})"')


@dataclass(frozen=True)
class Mentions:
    """Whom words may name: by username, the name that stands there and the address of the page.

    Rendering fills `used` with the usernames of those who were named, none of them inside code.
    """

    people: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def usernames_in(text: str) -> set[str]:
    """The names after an @, in small letters, also without a full stop at their end."""
    written = {name.lower() for name in MENTION.findall(text)}
    return written | {name.rstrip(".-") for name in written}


def render_post(text: str, mentions: Mentions | None = None) -> str:
    """Return sanitised HTML of a post; its headings start at h2, beneath the page's title."""
    return _clean(_POST.render(text, {"mentions": mentions}))


def render_practice(parts: Mapping[str, str], mentions: Mentions | None = None) -> str:
    """Return sanitised HTML of a good practice; `parts` holds its four fields by name.

    Each part is rendered by itself, so that nothing left open in one reaches the next.
    """
    env = {"first_heading": 3, "mentions": mentions}
    return "\n".join(
        f"<h2>{heading}</h2>\n{_clean(_POST.render(parts[name], env))}"
        for name, heading in HEADINGS.items()
    )


def render_words(words: Mapping[str, str], mentions: Mentions | None = None) -> str:
    """Return the HTML of a whole post from its `kind`, its `body` and its four parts."""
    html = render_post(words.get("body", ""), mentions)
    if words.get("kind") != "practice":
        return html
    parts = {name: words.get(name, "") for name in HEADINGS}
    return f"{html}\n{render_practice(parts, mentions)}".strip()


def render_comment(text: str, mentions: Mentions | None = None) -> str:
    """Return sanitised HTML of a comment, which has no headings."""
    return _clean(_COMMENT.render(text, {"mentions": mentions}))


def first_link(html: str) -> str:
    """Where the first link of sanitised HTML to another site leads, empty when there is none."""
    found = _ELSEWHERE.search(html)
    return unescape(found[1]) if found else ""


def _clean(html: str) -> str:
    """The second lock: the parser already writes no raw HTML, images or script links."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    ).strip()


def _shift_headings(state: StateCore) -> None:
    """Let headings begin beneath those above and never skip a level, whatever was written."""
    first = state.env.get("first_heading", 2)
    last = first - 1
    for token in state.tokens:
        if token.type == "heading_open":
            last = min(max(int(token.tag[1]), first), last + 1, 4)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{last}"


def _link_mentions(state: StateCore) -> None:
    """Make a link of each @ that names one of the people; the rest, and code, stay as written."""
    mentions = state.env.get("mentions")
    if not mentions or not mentions.people:
        return
    for token in state.tokens:
        depth, children = 0, []
        for child in token.children or ():
            depth += (child.type == "link_open") - (child.type == "link_close")
            is_plain = child.type == "text" and depth == 0
            children += _with_mentions(child, mentions) if is_plain else [child]
        if token.children is not None:
            token.children = children


def _with_mentions(text: Token, mentions: Mentions) -> list[Token]:
    """Part a piece of text at the people it names."""
    parts, end = [], 0
    for found in MENTION.finditer(text.content):
        written = found[1].lower()
        name = written if written in mentions.people else written.rstrip(".-")
        if name not in mentions.people:
            continue
        label, address = mentions.people[name]
        parts += [
            _text(text.content[end : found.start()]),
            Token("link_open", "a", 1, attrs={"href": address}),
            _text(f"@{label}"),
            Token("link_close", "a", -1),
        ]
        end = found.start() + 1 + len(name)
        mentions.used.add(name)
    return [*parts, _text(text.content[end:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": True, "breaks": True}
    parser = MarkdownIt("commonmark", options).enable("linkify")
    # An image elsewhere would tell that place who reads; pictures come as attachments.
    parser.core.ruler.push("link_mentions", _link_mentions)
    return parser.disable(["image", "html_block", "html_inline"])


_POST = _parser()
_POST.core.ruler.push("shift_headings", _shift_headings)
_COMMENT = _parser().disable(["heading", "lheading"])
