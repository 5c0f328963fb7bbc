"""What holds for every request: number, login, lengths of bodies, fragments, caches, headers."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from northstar.login import kept
from northstar.logs import request_number
from partners import limits

# Every view that may be seen without login, by the name of its URL. Tested: nothing else answers.
PUBLIC_VIEWS = frozenset(
    {
        "home",
        "partner_list",
        "partner_detail",
        "session_list",
        "session_detail",
        "measure_list",
        "measure_detail",
        "measure_file",
        "challenge_list",
        "challenge_detail",
        "search",
        "about",
        "project",
        "help_own",
        "help_visitor",
        "help_member",
        "help_contact",
        "help_lead",
        "help_coordinator",
        "whats_new",
        "news",
        "leader_picture",
        "funder_picture",
        "accessibility",
        "privacy",
        "ask",
        "join",
        "enquiry_sent",
        "enquiry_confirm",
        "ask_to_act",
        "ask_to_act_sent",
        "ask_to_act_confirm",
        "qr",
        "robots_txt",
        "sitemap_xml",
        "security_txt",
        "health",
        "health_clock",
        "metrics",
        "account_login",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_logout",
        "accept_invitation",
        "decline_invitation",
        "survey",
        "survey_done",
        "visitor_ask",
        "visitor_asked",
        "visitor_confirm",
        "withdraw_by_link",
        "stay_by_link",
        "service_tells",
        "unsubscribe",
        "subscribe_again",
        "demo_home",
        "demo_become",
        "demo_mailbox",
        "demo_letter",
        "demo_letter_page",
        "demo_clock",
    }
)

MB = 1024 * 1024
LIMIT = 1 * MB  # forms are far smaller
# What a page of files takes, by the name of its URL: its file, and a megabyte for the form.
# proxy/nginx.conf has the same limits, by address.
LIMITS = {
    "material_upload": 51 * MB,
    "import_partners": 21 * MB,
    "import_attendance": 21 * MB,
}


class Numbered:
    """A number for each request, in the lines of its log and in its answer: X-Request-ID.

    The number is always ours: one that comes from outside could be anybody's, or anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(6)
        token = request_number.set(number)
        try:
            response = self.get_response(request)
        finally:
            request_number.reset(token)
        response["X-Request-ID"] = number
        return response


class HeadWithoutBody:
    """Answer HEAD with the headers alone: the length they tell stays that of the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, FileResponse):
                response.file_to_stream = None  # or the server sends the file by itself
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = []
            elif isinstance(response, HttpResponse):
                response.content = b""
        return response


class CompressedPages(GZipMiddleware):
    """Compress what people read, with padding of random length (BREACH), and no file of theirs."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        text = response.get("Content-Type", "").startswith("text/")
        if response.streaming or not text:
            return response
        return super().process_response(request, response)


class Sessions(SessionMiddleware):
    """Read no session whose number is none of ours: a cookie may hold what no database keeps."""

    def process_request(self, request: HttpRequest) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)


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

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Ask for a login, and then go on: a form or fragment goes on at the page it stood on."""
        if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
            return super().handle_no_permission(request, view_func)
        if request.method == "POST" and _keep(request):
            return redirect_to_login(reverse("send_again"), reverse("account_login"))
        stood_on = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(stood_on, {request.get_host()}):
            stood_on = reverse("home")
        return redirect_to_login(stood_on, reverse("account_login"))


def _keep(request: HttpRequest) -> bool:
    """Keep what was sent without a login, and say what became of it."""
    if limits.may_ask_from_here(request) and kept.keep(request):
        text = _("You had been logged out. What you sent is kept: log in, and send it then.")
        messages.warning(request, text)
        return True
    text = _("You had been logged out, so what you sent was not saved. Log in and try again.")
    messages.warning(request, text)
    return False


class NothingToRead:
    """Whoever opens the address of a button in a browser gets a page, not an empty answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response


class Fragments:
    """Pages differ by reader and by htmx: say so to every cache, and keep signed-in pages out.

    A fragment has no place for messages: they travel in HX-Trigger, and the frame speaks them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") and _swaps(response):
            _carry_messages(request, response)
        vary = [part.strip() for part in response.get("Vary", "").split(",") if part.strip()]
        for name in ("Cookie", "HX-Request"):
            if name.lower() not in {part.lower() for part in vary}:
                vary.append(name)
        response["Vary"] = ", ".join(vary)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store" if request.user.is_authenticated else "no-cache"
        return response


def _swaps(response: HttpResponse) -> bool:
    """Whether htmx stays on the page with this answer."""
    leaves = {"HX-Redirect", "HX-Refresh", "HX-Location"} & set(response.headers)
    return response.status_code in {200, 422} and not leaves


def _carry_messages(request: HttpRequest, response: HttpResponse) -> None:
    if texts := [str(message) for message in messages.get_messages(request)]:
        trigger_client_event(response, "say", {"texts": texts})


class BodyLimit:
    """Answer 413 to a body that is too long, and 411 to one that does not say how long it is.

    Long ones are for those who have logged in; what else a page asks of them, it asks itself.
    It stands where the reader is known and nothing has looked into the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            return _refuse(request, 411)
        length = announced(request)
        if length > LIMIT and length > limit_for(request):
            return _refuse(request, 413)
        return self.get_response(request)


def announced(request: HttpRequest) -> int:
    """The length of the body by its header; Django reads none that has no number there."""
    digits = request.headers.get("Content-Length") or "0"
    if not (digits.isascii() and digits.isdigit()):
        return 0
    return int(digits[:20])  # longer than any disk, and still quick to read


def limit_for(request: HttpRequest) -> int:
    """How many bytes this reader may send to this address."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return LIMIT
    if match.namespaces or match.url_name not in LIMITS:
        return LIMIT
    return LIMITS[match.url_name] if request.user.is_authenticated else LIMIT


def _refuse(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "413.html", status=status)


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
