"""The public pages for search engines: in both languages, each with its twin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from django.contrib.auth.models import AnonymousUser

from learning.models import LearningSession
from measures.models import Measure
from northstar.sharing.addresses import in_each_language
from partners.models import Organisation

MOST = 5_000  # of a kind; a file may have 50 000 addresses, and each page has two
SAME_FOR_ALL = [
    "home",
    "session_list",
    "measure_list",
    "challenge_list",
    "partner_list",
    "about",
    "join",
    "ask",
    "news",
    "accessibility",
    "privacy",
]
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True)
class Entry:
    """A page by the addresses of its languages."""

    addresses: dict[str, str]
    changed_at: datetime | None = None  # None: not known


def entries() -> Iterator[Entry]:
    """What a visitor may open, the newest MOST of each kind. Three queries."""
    for name in SAME_FOR_ALL:
        yield Entry(in_each_language(name))
    visitor = AnonymousUser()
    sessions = LearningSession.objects.visible_to(visitor).live().order_by("-starts_at", "-pk")
    for pk in sessions.values_list("pk", flat=True)[:MOST]:
        yield Entry(in_each_language("session_detail", pk=pk))
    measures = Measure.objects.visible_to(visitor).order_by("-updated_at", "-pk")
    for pk, changed_at in measures.values_list("pk", "updated_at")[:MOST]:
        yield Entry(in_each_language("measure_detail", pk=pk), changed_at)
    partners = Organisation.objects.visible_to(visitor).in_order()
    for slug in partners.values_list("slug", flat=True)[:MOST]:
        yield Entry(in_each_language("partner_detail", slug=slug))


def written() -> bytes:
    """The entries as XML, as sitemaps.org has it."""
    ElementTree.register_namespace("", _SITEMAP)
    ElementTree.register_namespace("xhtml", _XHTML)
    root = ElementTree.Element(f"{{{_SITEMAP}}}urlset")
    for entry in entries():
        for address in entry.addresses.values():
            _add(root, address, entry)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _add(root: ElementTree.Element, address: str, entry: Entry) -> None:
    url = ElementTree.SubElement(root, f"{{{_SITEMAP}}}url")
    ElementTree.SubElement(url, f"{{{_SITEMAP}}}loc").text = address
    if entry.changed_at is not None:
        changed = ElementTree.SubElement(url, f"{{{_SITEMAP}}}lastmod")
        changed.text = entry.changed_at.isoformat(timespec="seconds")
    for language, twin in entry.addresses.items():
        told = {"rel": "alternate", "hreflang": language, "href": twin}
        ElementTree.SubElement(url, f"{{{_XHTML}}}link", told)
