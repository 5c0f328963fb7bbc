"""From when to when sessions were, as it is typed on the page: what is not understood is kept."""

from dataclasses import dataclass

from partners.dates import read_clock
from partners.fields import ClockField
from partners.reading.text import Unclear

NAMES = ("start", "end")


@dataclass(frozen=True)
class Clock:
    """A time of day somebody typed: "09:00", or what they wrote and what is wrong with it."""

    text: str
    problem: str = ""

    @property
    def value(self) -> str:
        return "" if self.problem else self.text


def read(text: str) -> Clock:
    if not text.strip():
        return Clock("")
    try:
        return Clock(f"{read_clock(text):%H:%M}")
    except Unclear as unclear:
        return Clock(text, str(ClockField.default_error_messages[unclear.code]))
