"""A programme as people write it, a line a time of day, understood as times; knows no rows."""

import re
from dataclasses import dataclass

from partners.dates import read_clock
from partners.reading.text import Unclear

_CLOCK = r"(?:kl\.?\s*)?\d{1,2}[.:]\d\d"
_TIMED = re.compile(
    rf"({_CLOCK})(?:\s*[-–—]\s*({_CLOCK}))?\s*(?:[:,–—-]\s+|\s)(\S.*)", re.IGNORECASE
)


@dataclass(frozen=True)
class Item:
    """Something that happens at a time, or a line that names none."""

    clock: str  # 09.00, or 09.00–10.20; "" where the line names no time
    text: str
    details: tuple[str, ...] = ()  # the lines below it that name no time


def items(text: str, mark: str = ".") -> tuple[Item, ...]:
    """The lines of *text* in order; *mark* stands between hours and minutes.

    A line without a time belongs to the time above it; before the first time it stands alone.
    """
    found: list[Item] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        item = _item(line, mark)
        if item.clock or not found or not found[-1].clock:
            found.append(item)
        else:
            found[-1] = Item(found[-1].clock, found[-1].text, (*found[-1].details, line))
    return tuple(found)


def _item(line: str, mark: str) -> Item:
    timed = _TIMED.fullmatch(line)
    if timed is None:
        return Item("", line)
    try:
        clocks = [read_clock(clock) for clock in timed.group(1, 2) if clock]
    except Unclear:
        return Item("", line)
    return Item("–".join(f"{clock:%H}{mark}{clock:%M}" for clock in clocks), timed[3])
