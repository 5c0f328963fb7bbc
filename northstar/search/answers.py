"""What pages in the coordinators' words say: each heading, its text, and where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.html import strip_tags

from partners.models import ContentKey, ContentVersion, User
from partners.telling import markdown
from partners.telling.helping import own_help

# Of the pages of help there is only the reader's own. What is new and news are found by their
# names: a month as a heading answers nothing.
PAGES = {ContentKey.PROJECT: "project", ContentKey.ABOUT: "about"}
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """A heading of a page with the text below it, in the reader's language."""

    title: str
    text: str
    page: str
    address: str

    def __str__(self) -> str:
        return self.title


def answers(reader: User | AnonymousUser) -> Iterator[Answer]:
    """All that *reader* may look among. One query, and one more for who has no role."""
    own = own_help(reader)
    pages = {**PAGES, own: "help_own"}
    for key, version in ContentVersion.objects.now(*pages).items():
        yield from _of(version, reverse(pages[ContentKey(key)]))


def _of(version: ContentVersion, address: str) -> Iterator[Answer]:
    before, *sections = _HEADING.split(markdown.render(version.body).html)
    above = f"{version.lead} {_words(before)}".strip()
    yield Answer(version.title, above, version.title, address)
    for anchor, title, text in zip(sections[::3], sections[1::3], sections[2::3], strict=True):
        yield Answer(_words(title), _words(text), version.title, f"{address}#{anchor}")


def _words(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())
