"""What the placeholders of letters are called, and what each says: no text of staff is read here.

`templates/<app>/mail/placeholders.<language>.txt` has a line for each, "((name)) [mark] snippet":
the snippet is a template of Django's with \\n for a new line, below a line of help. Those of
`partners` hold for all apps.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template import Context, Template, engines
from django.template.loader import get_template

from partners.reading.text import canonical

FORM = re.compile(r"\(\(([^()\n]{1,60})\)\)")
_LINE = re.compile(r"\(\((?P<name>[^()\n]{1,60})\)\) (?P<marks>(?:\[\w+\] )*)(?P<snippet>.+)")
_SIGNS = "[]|<>=-:"
# What means something to the markup of a letter is inert in a value until the letter is printed.
_INERT = {ord(sign): chr(0xE001 + place) for place, sign in enumerate(_SIGNS)}
_SAID = {ord(inert): chr(sign) for sign, inert in _INERT.items()}
_PRIVATE = re.compile("[\ue000-\ue00f]")
_BREAKS = re.compile("[ \t]*[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")


class Marks:
    """What is special about a placeholder, as its line says it."""

    ADDRESS = "[address]"  # may be followed: of a button, or of a link
    KEPT = "[kept]"  # the way in or out: no text is without it
    TEXT = "[text]"  # what somebody wrote, with paragraphs of its own
    MARKUP = "[markup]"  # buttons and links that the portal itself writes


@dataclass(frozen=True)
class Placeholder:
    """One that texts may name."""

    name: str
    help: str
    marks: frozenset[str]
    template: Template

    @property
    def stands_alone(self) -> bool:
        return bool(self.marks & {Marks.TEXT, Marks.MARKUP})

    @property
    def is_kept(self) -> bool:
        return Marks.KEPT in self.marks

    def says(self, about: Mapping[str, object]) -> str:
        """What it says *about* the occasion of a letter; "" where that is nothing."""
        said = self.template.render(Context(dict(about), autoescape=False))
        return str(said).strip()


def key_of(name: str) -> str:
    """How a placeholder is found by *name*, however somebody types it."""
    return " ".join(name.split()).casefold()


def known(app: str, language: str) -> dict[str, Placeholder]:
    """All that the letters of *app* may name in *language*, by key_of."""
    apps = ["partners", app] if app != "partners" else [app]
    found: dict[str, Placeholder] = {}
    for one in apps:
        found |= _read(source_of(f"{one}/mail/placeholders.{language}.txt"))
    return found


def source_of(file: str) -> str:
    """What stands in a *file* of the templates, as it is written."""
    # What Django calls a template here is a shell around its own, which the types do not know.
    return str(get_template(file).template.source)  # type: ignore[attr-defined]


@lru_cache(maxsize=20)
def _read(source: str) -> dict[str, Placeholder]:
    found = {}
    told = ""
    for line in source.splitlines():
        if line.startswith("# "):
            told = line.removeprefix("# ")
        elif read := _LINE.fullmatch(line):
            # The portal's own template class: only it can render without escaping.
            snippet = read["snippet"].replace(r"\n", "\n")
            template = engines["django"].from_string(snippet).template  # type: ignore[attr-defined]
            marks = frozenset(read["marks"].split())
            found[key_of(read["name"])] = Placeholder(read["name"], told, marks, template)
            told = ""
    return found


def inert(value: str, site: str) -> str:
    """*value* on one line, in which nothing means anything; an address of *site* as it is."""
    line = canonical(_BREAKS.sub(" ", _PRIVATE.sub("", value).replace("\0", ""))).strip()
    if re.fullmatch(re.escape(site) + r"/[^\s\[\]|<>()]*", line):
        return line
    return line.translate(_INERT)


def said(text: str) -> str:
    """*text* as it is printed: what was inert is what it was."""
    return text.translate(_SAID)
