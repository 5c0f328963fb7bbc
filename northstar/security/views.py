"""One's login: what proves one, and how that is changed."""

from collections.abc import Callable
from functools import wraps

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as apps
from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from northstar.login import factors, sealing
from northstar.security import browsers, keeping
from northstar.security.forms import AppForm, NewPasskeyForm
from northstar.sharing import codes as drawings
from partners.models import User
from partners.permissions import is_coordinator, may_reset_factor, require
from partners.requests import Request

SECRET = "northstar.security.secret"  # noqa: S105 (where it is kept)
WAY = "northstar.security.way"
WITH_FORM = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def freshly_proven(view: View) -> View:
    """Let nobody change how one logs in who has not shown a moment ago who they are."""

    @wraps(view)
    def asked(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        if not factors.is_fresh(request):
            return redirect(reverse("prove", query={"next": request.get_full_path()}))
        return view(request, *args, **kwargs)

    return asked


@require_safe
def security(request: Request) -> HttpResponse:
    """What proves one, and whether it is enough."""
    kept = keeping.of(request.user)
    must = factors.must_have(request.user)
    is_missing = must and not kept.factors
    if not is_missing:
        request.session.pop(WAY, None)
    elif way := get_next_redirect_url(request):
        request.session[WAY] = way  # they were going there, and go on when it is done
    page = {"kept": kept, "must": must, "is_missing": is_missing}
    return render(request, "northstar/security/security.html", page)


@require_http_methods(WITH_FORM)
@freshly_proven
def factor_app(request: Request) -> HttpResponse:
    """Take an app that shows codes into use."""
    if keeping.of(request.user).has_app:
        return redirect("security")
    secret = _secret(request)
    form = AppForm(request.POST or None, person=request.user, secret=secret)
    if request.method == "POST" and form.is_valid():
        keeping.add_app(request.user, secret)
        request.session.pop(SECRET, None)
        return _in_use(request, "app")
    address = get_adapter().build_totp_url(request.user, secret)
    page = {"form": form, "secret": _in_fours(secret), "address": address}
    page["drawing"] = _drawn(address)
    status = 422 if request.method == "POST" else 200
    return render(request, "northstar/security/factor_app.html", page, status=status)


def _secret(request: HttpRequest) -> str:
    """The secret of the app that is being set up: the same until it is in use."""
    if SECRET not in request.session:
        request.session[SECRET] = sealing.seal(apps.generate_totp_secret())
    return sealing.unseal(request.session[SECRET])


def _in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _drawn(address: str) -> SafeString:
    """The secret as a drawing within the page: no file of it is ever sent or kept."""
    drawing = drawings.drawn(address).decode()
    return mark_safe(drawing[drawing.index("<svg") :])  # noqa: S308 (our own drawing)


@require_http_methods(WITH_FORM)
@freshly_proven
def factor_passkey(request: Request) -> HttpResponse:
    """Make a passkey on this device, or on one beside it."""
    form = NewPasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made_in = browsers.in_words(request.headers.get("User-Agent", ""))
        keeping.add_passkey(request.user, form.cleaned_data["credential"], made_in)
        return _in_use(request, "passkey")
    options = passkeys.begin_registration(request.user, passwordless=True)
    page = {"form": form, "js_data": {"creation_options": options}}
    status = 422 if request.method == "POST" else 200
    return render(request, "northstar/security/factor_passkey.html", page, status=status)


def _in_use(request: Request, kind: str) -> HttpResponse:
    """Say that it is done, and go on to the recovery codes if they were never shown."""
    factors.note_shown(request, request.user, kind)  # it was shown just now
    messages.success(request, _("The second step is in use from now on."))
    is_first = keeping.of(request.user).codes_left is None
    return redirect("recovery_codes" if is_first else "security")


@require_http_methods(WITH_FORM)
@freshly_proven
def factor_remove(request: Request, pk: int) -> HttpResponse:
    """Put a factor away, after asking."""
    found = next((one for one in keeping.of(request.user).factors if one.pk == pk), None)
    if request.method == "POST":
        try:
            keeping.remove(request.user, pk)
            messages.success(request, _("It opens your login no more."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("security")
    if found is None:
        raise Http404
    return render(request, "northstar/security/factor_remove.html", {"factor": found})


@require_http_methods(WITH_FORM)
@freshly_proven
def recovery_codes(request: Request) -> HttpResponse:
    """Show recovery codes, once: asked for by a button, so that no reload loses them."""
    kept = keeping.of(request.user)
    if not kept.factors:
        return redirect("security")
    page: dict[str, object] = {"way": request.session.get(WAY) or reverse("security")}
    if request.method != "POST":
        page["left"] = kept.codes_left
        return render(request, "northstar/security/recovery_codes.html", page)
    page["codes"] = [f"{code[:4]} {code[4:]}" for code in keeping.new_codes(request.user)]
    return render(request, "northstar/security/recovery_codes_shown.html", page)


@require_http_methods(WITH_FORM)
def factor_reset(request: Request, pk: int) -> HttpResponse:
    """Take the second step of somebody away who has lost it, after asking."""
    require(is_coordinator(request.user))
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(may_reset_factor(request.user, person))
    return _factor_reset(request, person)


@freshly_proven
def _factor_reset(request: Request, person: User) -> HttpResponse:
    if request.method == "POST":
        if keeping.reset(person, by=request.user):
            text = _("The second step of %(name)s is taken away. You both get an e-mail.")
            messages.success(request, text % {"name": person.name})
        return redirect("person_edit", pk=person.pk)
    page = {"person": person, "kept": keeping.of(person), "must": factors.must_have(person)}
    return render(request, "northstar/security/factor_reset.html", page)
