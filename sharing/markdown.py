"""Markdown as people write it, turned into HTML that can do no harm. Done once, on write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "ul",
}  # fmt: skip


def render_post(text: str) -> str:
    """Return sanitised HTML of a post; its headings start at h2, beneath the page's title."""
    return _clean(_POST.render(text))


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
    """Let headings begin at h2 and never skip a level, whatever the author began with."""
    last = 1
    for token in state.tokens:
        if token.type == "heading_open":
            last = min(max(int(token.tag[1]), 2), last + 1, 4)
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
