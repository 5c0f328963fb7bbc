"""Every page a person can open, with who opens it: one row a page.

A row: Page(url name, who, builder). *who* is a key of `people` (see walk.py); the builder gets
`people` and makes what the page is about, and returns the arguments of the URL (or None for none).
Each row is opened in both languages at 1280 px (light) and 360 px (dark).
"""

from collections.abc import Callable
from dataclasses import dataclass


def nothing(people):
    """The page needs no arguments and is looked at empty."""


@dataclass(frozen=True)
class Page:
    url_name: str
    who: str = "anyone"
    builder: Callable = nothing
    query: str = ""

    def __str__(self):
        name = "" if self.builder is nothing else f"-{self.builder.__name__}"
        return f"{self.url_name}{name}-{self.who}"


PAGES = [
    Page("style_guide", "coord"),
]
