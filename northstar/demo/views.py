"""The demo's pages: be somebody, read the mail, move the clock."""

from datetime import datetime

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from northstar.demo import jumps, mailbox
from northstar.demo.data.people import PERSONAS
from northstar.demo.frame import VISITOR
from northstar.templatetags.ui import moment
from partners.models import User
from partners.models.people import StaffRole
from partners.post import main_stop


@require_safe
def demo_home(request: HttpRequest) -> HttpResponse:
    """Whom do you want to be?"""
    roles = {
        "member": (_("Partner, member"), _("Find a session, register, note a next step.")),
        "contact": (
            _("Partner, contact person"),
            _("Keep your organisation's people and measures in order."),
        ),
        "lead": (StaffRole.PROJECT_LEAD.label, _("Plan sessions, share material, see who came.")),
        "coordinator": (
            StaffRole.COORDINATOR.label,
            _("Import lists, invite partners, take out the participation report."),
        ),
    }
    choices = [(key, PERSONAS[key][0], *words) for key, words in roles.items()]
    return render(request, "northstar/demo/demo_home.html", {"choices": choices})


@require_POST
def demo_become(request: HttpRequest, persona: str) -> HttpResponse:
    """Log in as one of the demo's people, or out as a visitor."""
    if persona == "visitor":
        logout(request)
        request.session[VISITOR] = True
        return redirect("home")
    if persona not in PERSONAS:
        raise Http404
    person = get_object_or_404(User, email=PERSONAS[persona][1])
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")


@require_safe
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """Every letter the portal has sent, the newest first."""
    return render(request, "northstar/demo/demo_mailbox.html", {"letters": mailbox.letters()})


@require_safe
@csp_update({"frame-src": [SELF]})
def demo_letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter, as its reader got it: as mail, or as text."""
    letter = mailbox.letter(name)
    if letter is None:
        raise Http404
    as_text = request.GET.get("as") == "text" or not letter.html
    page = {"letter": letter, "as_text": as_text}
    return render(request, "northstar/demo/demo_letter.html", page)


@require_safe
@xframe_options_sameorigin
@csp(
    {
        "default-src": [NONE],
        "style-src": ["'unsafe-inline'"],  # mail has no style sheets
        "frame-ancestors": [SELF],
        "form-action": [NONE],
        "sandbox": ["allow-top-navigation-by-user-activation"],
    }
)
def demo_letter_page(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of a letter alone, for the frame: what it links to opens in the whole window."""
    letter = mailbox.letter(name)
    if letter is None or not letter.html:
        raise Http404
    return HttpResponse(letter.html.replace("<head>", '<head><base target="_top">', 1))


def _shown_at(request: HttpRequest) -> datetime:
    """When the page with the jumps was made: pressed twice, each leads to where it led then."""
    now = timezone.now()
    try:
        shown = datetime.fromisoformat(request.POST.get("shown", ""))
    except ValueError:
        return now
    return min(shown, now) if timezone.is_aware(shown) else now


@require_http_methods(["GET", "HEAD", "POST"])
def demo_clock(request: HttpRequest) -> HttpResponse:
    """What the demo's clock says, and where it can be moved."""
    shown = _shown_at(request)
    on_offer = jumps.jumps(request.user, shown)
    page = {"jumps": on_offer, "shown": shown.isoformat()}
    if request.method != "POST":
        return render(request, "northstar/demo/demo_clock.html", page)
    chosen = next((jump for jump in on_offer if jump.key == request.POST.get("jump")), None)
    if chosen is None:
        messages.warning(request, _("Choose where to move the clock."))
        return render(request, "northstar/demo/demo_clock.html", page, status=422)
    jumps.make(chosen)
    now = moment(timezone.now())
    if main_stop.is_on():
        said = _("The clock says %(now)s. All e-mails are stopped, so those due by now wait.")
    else:
        said = _("The clock says %(now)s. E-mails due by now come at once.")
    messages.success(request, said % {"now": now})
    return redirect("demo_clock")
