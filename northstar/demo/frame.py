"""What the demo adds to every page: the bar on top, and the choice of a person at the start."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from northstar.demo.data.people import PERSONAS

VISITOR = "demo_visitor"


class ChooseFirst:
    """Who opens the start page without having chosen whom to be is asked that first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at_start = request.path in {"/", "/en/"} and request.method == "GET"
        if at_start and not request.user.is_authenticated and not request.session.get(VISITOR):
            return redirect(reverse("demo_home"))
        return self.get_response(request)


def bar(request: HttpRequest) -> dict[str, object]:
    """Context of the bar; no queries beyond who is logged in."""
    addresses = {address: key for key, (_name, address) in PERSONAS.items()}
    email = getattr(request.user, "email", "")
    return {"demo_now": timezone.now(), "demo_persona": addresses.get(email, "")}
