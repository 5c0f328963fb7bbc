"""What machines ask for: a code to point a camera at, and how search engines and finders of faults
are met.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from northstar.sharing import addresses, codes, sitemap

DAY_S = 24 * 60 * 60
OPENED_BY_A_TOKEN = ["accept_invitation", "enquiry_confirm", "survey"]
CONTACT_HOLDS = timedelta(days=180)  # RFC 9116 asks for less than a year


@require_safe
@cache_control(public=True, max_age=DAY_S)
def qr(request: HttpRequest) -> HttpResponse:
    """The code of one of our own pages, which ?to= names by its path; 404 for all else."""
    page = addresses.own_page(request.GET.get("to", ""))
    return HttpResponse(codes.drawn(page), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=DAY_S)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Everything public may be found; a made-up partnership may not."""
    kept_out = ["/"] if settings.DEMO else ["/admin/", "/qr/"]
    for name in OPENED_BY_A_TOKEN:
        kept_out += addresses.beginnings(name)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in kept_out)]
    lines += ["", f"Sitemap: {addresses.full('/sitemap.xml')}"]
    return _plain(lines)


@require_safe
@cache_control(public=True, max_age=60 * 60)
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sitemap.written(), content_type="text/xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY_S)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where a fault in our safety is told of (RFC 9116)."""
    day = timezone.localdate() + CONTACT_HOLDS
    expires = datetime.combine(day, time(), timezone.get_current_timezone())
    return _plain(
        [
            f"Contact: mailto:{settings.CONTACT_EMAIL}",
            f"Expires: {expires.isoformat()}",
            "Preferred-Languages: sv, en",
            f"Canonical: {addresses.full('/.well-known/security.txt')}",
        ]
    )


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
