"""What every template may use, and the style sheet every page has."""

import re
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import get_urlconf, translate_url
from django.utils import translation
from django.utils.encoding import escape_uri_path
from whitenoise.storage import CompressedManifestStaticFilesStorage

from partners.models import Funder, Leader, in_language

SHEET = "css/portal.css"
_PART = re.compile(r'@import url\("([\w-]+\.css)"\);\n')


def site() -> dict[str, str | bool]:
    """Words about the portal that are the same for every reader."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_senders": settings.PORTAL_SENDERS,
        "city_name": settings.CITY_NAME,
        "contact_name": settings.CONTACT_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
        "is_demo": settings.DEMO,
    }


class Thanks(NamedTuple):
    """One who pays: their name, where they are, and the sentence they require, in two languages."""

    name: str
    link: str
    sentence_sv: str
    sentence_en: str


class Foot(NamedTuple):
    """Whom to ask, and who pays: at the foot of every page."""

    asked: tuple[str, str, str] | None = None  # name, e-mail, telephone of one who leads
    thanks: tuple[Thanks, ...] = ()


class Kept:
    """The foot as this process knows it: asked of the database once in KEPT_S, by whoever comes."""

    KEPT_S = 60

    def __init__(self) -> None:
        self.foot, self.until = Foot(), 0.0

    def now(self) -> Foot:
        """Two queries a minute; where the database does not answer, what was known before."""
        if time.monotonic() >= self.until:
            try:
                self.hold(_foot())
            except DatabaseError:
                return self.foot
        return self.foot

    def hold(self, foot: Foot, seconds: float = KEPT_S) -> None:
        self.foot, self.until = foot, time.monotonic() + seconds


def _foot() -> Foot:
    leaders = [one for one in Leader.objects.in_order() if one.can_be_reached]
    asked = (leaders[0].name, leaders[0].email, leaders[0].phone) if leaders else None
    payers = Funder.objects.exclude(sentence_sv="", sentence_en="").order_by("position", "pk")
    said = payers.values_list("name", "link", "sentence_sv", "sentence_en")
    return Foot(asked, tuple(Thanks(*row) for row in said))


kept = Kept()


def _asked(foot: Foot) -> tuple[str, str, str]:
    settled = (settings.CONTACT_NAME, settings.CONTACT_EMAIL, settings.CONTACT_PHONE)
    return foot.asked or settled


def portal(request: HttpRequest) -> dict[str, object]:
    """Context for every page; no queries but those of the foot, twice a minute a process."""
    foot = kept.now()
    here = translation.get_language() or settings.LANGUAGE_CODE
    other = "en" if here.startswith("sv") else "sv"
    return {
        **site(),
        "path": request.path,
        "canonical": settings.SITE_URL + escape_uri_path(request.path),
        "asked": _asked(foot),
        "thanks": tuple(
            (one.name, one.link, in_language(one.sentence_sv, one.sentence_en))
            for one in foot.thanks
        ),
        "other_language": other,
        "other_language_url": _translated(request.get_full_path(), other, here, get_urlconf()),
    }


@lru_cache(maxsize=1_000)
def _translated(address: str, language: str, here: str, urlconf: object) -> str:
    return translate_url(address, language)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Static files with hashed names, compressed, the parts of the style sheet joined into one.

    Each file a page waits for costs the reader a turn on the network. Where nothing is collected
    the browser follows the imports itself.
    """

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        sheet = Path(self.path(SHEET))
        joined = _PART.sub(lambda part: sheet.with_name(part[1]).read_text(), sheet.read_text())
        sheet.write_text(joined)
        yield from super().post_process(paths | {SHEET: (self, SHEET)}, *args, **options)
