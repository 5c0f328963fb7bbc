"""What every template may use."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_urlconf, translate_url
from django.utils import translation


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
        "other_language": other,
        "other_language_url": _translated(request.get_full_path(), other, here, get_urlconf()),
    }


@lru_cache(maxsize=1_000)
def _translated(address: str, language: str, here: str, urlconf: object) -> str:
    return translate_url(address, language)
