"""Markdown as people write it, turned into HTML that can do no harm. Done once, on write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt

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


def render_post(text: str) -> str:
    """Return sanitised HTML of a post; its headings start at h2, beneath the page's title."""
    return _clean(_POST.render(text))


def render_practice(parts: Mapping[str, str]) -> str:
    """Return sanitised HTML of a good practice; `parts` holds its four fields by name.

    Each part is rendered by itself, so that nothing left open in one reaches the next.
    """
    return "\n".join(
        f"<h2>{heading}</h2>\n{_clean(_POST.render(parts[name], {'first_heading': 3}))}"
        for name, heading in HEADINGS.items()
    )


def render_comment(text: str) -> str:
    """Return sanitised HTML of a comment, which has no headings."""
    return _clean(_COMMENT.render(text))


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


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": True, "breaks": True}
    parser = MarkdownIt("commonmark", options).enable("linkify")
    # An image elsewhere would tell that place who reads; pictures come as attachments.
    return parser.disable(["image", "html_block", "html_inline"])


_POST = _parser()
_POST.core.ruler.push("shift_headings", _shift_headings)
_COMMENT = _parser().disable(["heading", "lheading"])
