"""What every template may use, and the style sheet every page has."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_urlconf, translate_url
from django.utils import translation
from django.utils.encoding import escape_uri_path
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/portal.css"
_PART = re.compile(r'@import url\("([\w-]+\.css)"\);\n')


def site() -> dict[str, str | bool]:
    """Words about the portal that are the same for every reader."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_senders": settings.PORTAL_SENDERS,
        "contact_name": settings.CONTACT_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
        "is_demo": settings.DEMO,
    }


def portal(request: HttpRequest) -> dict[str, object]:
    """Context for every page; no queries."""
    here = translation.get_language() or settings.LANGUAGE_CODE
    other = "en" if here.startswith("sv") else "sv"
    return {
        **site(),
        "path": request.path,
        "canonical": settings.SITE_URL + escape_uri_path(request.path),
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
