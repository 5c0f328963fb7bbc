"""What holds for every request: login by default, fragments and caches, security headers."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# Every view that may be seen without login, by the name of its URL. Tested: nothing else answers.
PUBLIC_VIEWS = frozenset(
    {
        "home",
        "partner_list",
        "session_list",
        "session_detail",
        "measure_list",
        "measure_detail",
        "about",
        "accessibility",
        "privacy",
        "health",
        "health_clock",
        "account_login",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_logout",
        "accept_invitation",
        "survey",
        "demo_home",
        "demo_become",
        "demo_mailbox",
        "demo_letter",
        "demo_clock",
        "robots",
    }
)


class LoginByDefault(LoginRequiredMiddleware):
    """Every page asks for a login unless it is one of PUBLIC_VIEWS.

    A fragment asked for after logout is answered with HX-Redirect, so the whole page changes.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple,
        view_kwargs: dict,
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match and not match.namespaces and match.url_name in PUBLIC_VIEWS:
            return None
        response = super().process_view(request, view_func, view_args, view_kwargs)
        if response is not None and request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
        return response


class Fragments:
    """Pages differ by reader and by htmx: say so to every cache, and keep signed-in pages out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        vary = [part.strip() for part in response.get("Vary", "").split(",") if part.strip()]
        for name in ("Cookie", "HX-Request"):
            if name.lower() not in {part.lower() for part in vary}:
                vary.append(name)
        response["Vary"] = ", ".join(vary)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store" if request.user.is_authenticated else "no-cache"
        return response


class SecurityHeaders:
    """Headers Django has no setting for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        )
        if settings.DEMO:
            response.setdefault("X-Robots-Tag", "noindex")
        return response
