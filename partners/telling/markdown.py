"""Texts that coordinators write become HTML: few marks, no HTML of their own, safe links only."""

from functools import lru_cache
from typing import NamedTuple

import nh3
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 20_000  # characters of a text: ten printed pages

_HEADINGS = {f"h{level}" for level in range(2, 7)}
_INLINE = {"a", "strong", "em", "code", "br"}
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr"} | _HEADINGS
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}} | {heading: {"id"} for heading in _HEADINGS}
_SCHEMES = {"http", "https", "mailto"}  # and addresses within the portal

_reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
# One judge of links, and the strict one: what it refuses loses its address and keeps its words.
_reader.validateLink = lambda url: True  # type: ignore[method-assign]


class Section(NamedTuple):
    """A heading of the highest level, for links within the page."""

    anchor: str
    title: str


class Rendered(NamedTuple):
    html: SafeString
    sections: tuple[Section, ...]


class Row(NamedTuple):
    """A line of a page that is a list: "Juni 2023 | Projektet startar | …"."""

    label: str
    text: SafeString
    more: SafeString


@lru_cache(maxsize=200)
def render(text: str, top: int = 2) -> Rendered:
    """*text* as HTML, its highest headings as h*top*; the process remembers what it rendered."""
    tokens = _reader.parse(text)
    opened = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
    highest = min((_level(tokens[number]) for number in opened), default=0)
    sections: list[Section] = []
    taken: set[str] = set()
    for number in opened:
        level = _level(tokens[number])
        title = _words(tokens[number + 1])
        anchor = _anchor(title, taken)
        tokens[number].attrSet("id", anchor)
        tokens[number].tag = tokens[number + 2].tag = f"h{min(level - highest + top, 6)}"
        if level == highest:
            sections.append(Section(anchor, title))
    html = _reader.renderer.render(tokens, _reader.options, {})
    return Rendered(_clean(html, _BLOCKS | _INLINE), tuple(sections))


@lru_cache(maxsize=200)
def rows(text: str) -> tuple[Row, ...]:
    """The lines of *text* that have a label, each part after it with the marks of a sentence."""
    found = []
    for line in text.splitlines():
        label, *parts = (part.strip() for part in line.split("|", 2))
        if label and parts:
            said = [_clean(_reader.renderInline(part), _INLINE) for part in parts]
            found.append(Row(label, *[*said, SafeString("")][:2]))
    return tuple(found)


def _clean(html: str, tags: set[str]) -> SafeString:
    return SafeString(
        nh3.clean(
            html, tags=tags, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener"
        )
    )


def _level(token: Token) -> int:
    return int(token.tag[1:])


def _words(inline: Token) -> str:
    return "".join(part.content for part in inline.children or [])


def _anchor(title: str, taken: set[str]) -> str:
    """An id of its own among *taken*, that none of the frame's can be."""
    wanted = anchor = f"om-{slugify(title) or 'avsnitt'}"
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    taken.add(anchor)
    return anchor
