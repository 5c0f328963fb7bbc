"""The drawn parts of pages: meters, states, tabs, heads of sorted tables. Built in, like ui.

Drawings are decor: what they say stands in words beside them, so they are hidden from a screen
reader. Shapes have a class and a colour of their own, for a print or file without the style sheet.
"""

from html import unescape

from django import template
from django.core.paginator import Page
from django.template import Context
from django.template.base import Node, NodeList, Parser, Token
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

from northstar.templatetags.ui import number, query_with
from partners.reading.text import one_line

register = template.Library()

MOST_SQUARES = 60  # more of them cannot be counted by eye: a bar says as much
A_ROW = 20
SQUARE, GAP = 20, 4  # in the drawing's own units
BAR = 300  # how long a bar is

_RING = '<circle cx="8" cy="8" r="6"/>'
_HALF = '<path class="full" d="M8 2a6 6 0 0 1 0 12z"/>'
# Each is told from the others by its shape, in black and white, too.
MOONS = {
    "idea": '<circle cx="8" cy="8" r="6" stroke-dasharray="2 2.2"/>',
    "planned": _RING,
    "in_progress": _RING + _HALF,
    "completed": '<circle class="full" cx="8" cy="8" r="6"/>',
    "paused": _RING + '<path d="M6.2 5.5v5M9.8 5.5v5"/>',
    "cancelled": _RING + '<path d="M4 12 12 4"/>',
    "not_started": _RING,
    "on_way": _RING + _HALF,
    "done": '<circle class="full" cx="8" cy="8" r="6"/>',
    "changed": _RING + '<path d="M5 8h6M8.5 5.5 11 8l-2.5 2.5"/>',
}


@register.simple_tag
def moon(state: str, label: object) -> SafeString:
    """The state of a measure or next step as a phase of the moon, and its word."""
    drawing = mark_safe(MOONS.get(state, _RING))  # noqa: S308 (one of our own texts)
    return format_html(
        '<span class="moon"><svg viewBox="0 0 16 16" width="16" height="16" fill="none"'
        ' stroke="currentColor" stroke-width="1.5" aria-hidden="true">{}</svg> {}</span>',
        drawing,
        label,
    )


@register.simple_tag
def meter(taken: int | None, whole: int | None) -> SafeString | str:
    """Squares, the first of them filled; a bar where they are too many. Nothing without a whole."""
    if not whole or taken is None:
        return ""
    if whole > MOST_SQUARES:
        return meter_bar(taken, whole)
    columns, step = min(whole, A_ROW), SQUARE + GAP
    squares = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="17" height="17" rx="5" fill="{}" stroke="#0b5f56"/>',
        (
            (
                "full" if place < taken else "free",
                place % columns * step + 2,
                place // columns * step + 2,
                "#0b5f56" if place < taken else "none",
            )
            for place in range(whole)
        ),
    )
    return format_html(
        '<svg class="meter squares" viewBox="0 0 {} {}" width="{}" aria-hidden="true">{}</svg>',
        columns * step,
        -(-whole // columns) * step,
        columns * step,
        squares,
    )


@register.simple_tag
def meter_bar(part: float | None, whole: float | None) -> SafeString | str:
    """One bar on its track; full, and no longer, where more than the whole is taken."""
    if not whole or part is None:
        return ""
    length = max(0, min(BAR, round(BAR * float(part) / float(whole))))
    if part > 0:
        length = max(3, length)  # a part can always be seen
    return format_html(
        '<svg class="meter bar" viewBox="0 0 {0} 12" preserveAspectRatio="none" width="{0}"'
        ' height="12" aria-hidden="true"><rect class="track" width="{0}" height="12"'
        ' fill="#d3e4ec"/><rect class="full" width="{1}" height="12" fill="#0b5f56"/></svg>',
        BAR,
        length,
    )


@register.simple_tag
def meter_parts(done: int, whole: int) -> SafeString:
    """A pill for each of a few things, the done ones filled first."""
    pills = format_html_join(
        "",
        '<rect class="{}" x="{}" y="2" width="52" height="12" rx="6" fill="{}" stroke="#0b5f56"/>',
        (
            ("full" if at < done else "free", at * 60 + 2, "#0b5f56" if at < done else "none")
            for at in range(whole)
        ),
    )
    return format_html(
        '<svg class="meter parts" viewBox="0 0 {0} 16" width="{0}" aria-hidden="true">{1}</svg>',
        max(1, whole) * 60,
        pills,
    )


@register.simple_tag(takes_context=True)
def tab_link(context: Context, address: str, text: object, count: int | None = None) -> SafeString:
    """A tab, which is a link to a page of its own; a count that is nothing is left out."""
    here = str(context.get("path", "")) == address.partition("?")[0]
    return format_html(
        '<li><a href="{}"{}>{}{}</a></li>',
        address,
        mark_safe(' aria-current="page"') if here else "",
        text,
        format_html(' <span class="count-pill">{}</span>', number(count)) if count else "",
    )


@register.simple_tag(takes_context=True)
def sort_head(
    context: Context, key: str, text: object, current: str, kind: str = "", anchor: str = ""
) -> SafeString:
    """The head of a column that can be sorted by. *current* is "effect", or "-effect" for falling.

    Choosing the column that is sorted by turns it round; the pages begin anew. The reader lands at
    *anchor*, or at the top.
    """
    is_sorted = current.lstrip("-") == key
    falls = current.startswith("-")
    goal = key if not is_sorted or falls else f"-{key}"
    if not is_sorted and kind == "num":
        goal = f"-{key}"  # of figures the largest is what one looks for
    arrow = ("↓" if falls else "↑") if is_sorted else ""
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}</a>{}</th>',
        format_html(' class="{}"', kind) if kind else "",
        format_html(' aria-sort="{}"', "descending" if falls else "ascending") if is_sorted else "",
        query_with(context, sort=goal, page=None) + (f"#{anchor}" if anchor else ""),
        text,
        format_html(' <span aria-hidden="true">{}</span>', arrow) if arrow else "",
    )


@register.filter
def page_numbers(page: Page) -> list[int]:
    """The pages a pager names: the first, the last and those about this one; 0 for a gap."""
    last = page.paginator.num_pages
    near = {1, last, *range(page.number - 1, page.number + 2)}
    named = sorted(place for place in near if 1 <= place <= last)
    found: list[int] = []
    for place in named:
        if found and place > found[-1] + 1:
            found.append(0)
        found.append(place)
    return found


# What stands in more than one place of a page


class _Told(Node):
    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> str:
        context[self.name] = one_line(unescape(strip_tags(self.nodelist.render(context))))
        return ""


@register.tag
def told(parser: Parser, token: Token) -> Node:
    """Keep what stands between told and endtold as plain text: {% told as name %}.

    A block can stand once in a page; what it says may be needed twice.
    """
    name = token.split_contents()[2]
    nodelist = parser.parse(("endtold",))
    parser.delete_first_token()
    return _Told(nodelist, name)


class _Kept(Node):
    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> str:
        context[self.name] = self.nodelist.render(context)
        return ""


@register.tag
def kept(parser: Parser, token: Token) -> Node:
    """Render what stands between kept and endkept once, for several places: {% kept as name %}."""
    name = token.split_contents()[2]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return _Kept(nodelist, name)
