"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation


def portal(request: HttpRequest) -> dict[str, object]:
    """Context for every page; no queries."""
    here = translation.get_language() or settings.LANGUAGE_CODE
    other = "en" if here.startswith("sv") else "sv"
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_senders": settings.PORTAL_SENDERS,
        "contact_name": settings.CONTACT_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
        "is_demo": settings.DEMO,
        "other_language": other,
        "other_language_url": translate_url(request.get_full_path(), other),
    }
