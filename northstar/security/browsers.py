"""Which browser somebody has, in the words they know it by."""

import re

from django.utils.translation import gettext as _

# Each names itself after those it is like, so that the order decides.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
]
MACHINES = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh|Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
]


def in_words(user_agent: str) -> str:
    """A browser and its machine, "Firefox, Windows"; only names from the lists above."""
    found = [_first(BROWSERS, user_agent), _first(MACHINES, user_agent)]
    return ", ".join(name for name in found if name) or _("An unknown browser")


def _first(names: list[tuple[str, str]], user_agent: str) -> str:
    return next((name for sign, name in names if re.search(sign, user_agent)), "")
