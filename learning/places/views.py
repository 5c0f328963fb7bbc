"""A person's own place: register, bring a colleague, leave it, and think again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learning.finding import visible_session
from learning.models import LearningSession, Registration, RegistrationState, SessionAudience
from learning.permissions import may_register, may_withdraw
from learning.places import leaving, registration
from learning.places.forms import MOST_SHOWN, ColleagueForm, ColleagueSearch, RegisterForm
from learning.places.panel import leaving_page, seat_panel, what_is_kept, what_is_left
from learning.places.registration import Situation
from partners import limits
from partners.models import Membership, Organisation, User, UserQuerySet
from partners.permissions import require
from partners.requests import Request


@require_POST
def register(request: Request, pk: int) -> HttpResponse:
    # What else is true of the session is read under the lock.
    visible = LearningSession.objects.visible_to(request.user).only("published_at", "audience")
    session = get_object_or_404(visible, pk=pk)
    require(may_register(request.user, session))
    chosen = None
    if "organisation" in request.POST:
        form = _register_form(request)
        if not form.is_valid():
            return _panel(request, pk, form=form, status=422)
        chosen = form.cleaned_data.get("organisation")
    try:
        place = registration.register(session, request.user, by=request.user, organisation=chosen)
    except ValidationError as refusal:
        if refusal.code == "organisation":
            return _panel(request, pk, form=_register_form(request), status=422)
        messages.error(request, refusal.messages[0])
    else:
        _say_if_missed(request, place)
    if request.htmx:
        return _panel(request, pk)
    page = reverse("session_detail", kwargs={"pk": pk})
    # What there is to say stands at the top; else the panel says it all.
    return redirect(page if messages.get_messages(request) else f"{page}#seat-panel")


def _register_form(request: Request) -> RegisterForm:
    return RegisterForm(list(Organisation.objects.of(request.user)), request.POST)


def _say_if_missed(request: Request, place: Registration) -> None:
    """The panel says where one stands now; only that it changed meanwhile needs a word."""
    if place.state == RegistrationState.QUEUED and request.POST.get("saw") == Situation.OPEN:
        text = _(
            "The last seat was taken while you were reading. You are in the queue, place %(place)s."
        )
        messages.warning(request, text % {"place": place.place_in_queue})


def _panel(
    request: Request,
    pk: int,
    *,
    form: RegisterForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The panel alone for htmx; on a page of its own for a reader without JavaScript."""
    sessions = LearningSession.objects.visible_to(request.user).with_places(request.user)
    session = get_object_or_404(sessions, pk=pk)
    panel = seat_panel(request.user, session, form)
    whole = "learning/places/register.html"
    template = "learning/places/_seat_panel.html" if request.htmx else whole
    return render(request, template, {"session": session, "panel": panel}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    place = get_object_or_404(
        Registration.objects.visible_to(request.user).select_related(
            "session", "person", "organisation"
        ),
        pk=pk,
    )
    require(may_withdraw(request.user, place))
    if request.method != "POST":
        page = leaving_page(place, request.user)
        return render(request, "learning/places/withdraw.html", page)
    try:
        place = leaving.leave(place, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("session_detail", pk=place.session_id)
    if not place.is_leaving:
        messages.success(request, what_is_left(place, request.user))
    elif place.person_id != request.user.pk:
        return redirect("withdraw", pk=place.pk)
    return _to_panel(place)


@require_POST
def stay(request: Request, pk: int) -> HttpResponse:
    """Take a place again that somebody has just given back."""
    places = Registration.objects.visible_to(request.user).select_related("session", "person")
    place = get_object_or_404(places, pk=pk)
    require(may_withdraw(request.user, place))
    try:
        leaving.stay(place)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        if place.person_id != request.user.pk:
            text = _("%(person)s keeps the place.") % {"person": place.person}
            messages.success(request, text)
    return _to_panel(place)


def _to_panel(place: Registration) -> HttpResponse:
    """The panel says where one stands now."""
    page = reverse("session_detail", kwargs={"pk": place.session_id})
    return redirect(f"{page}#seat-panel")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Leave a place by the link of a letter, without login: the letter is its reader's."""
    place = leaving.opened_by(token)
    if request.method == "POST" and not limits.may_ask_from_here(request):
        return render(request, "learning/places/too_many.html", status=429)
    if place is None:
        return render(request, "learning/places/link_is_over.html", status=404)
    if request.method == "POST":
        try:
            place = leaving.leave(place, by=place.person)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        if place.state != RegistrationState.WITHDRAWN:  # else the link has ended with the place
            return redirect("withdraw_by_link", token=token)
    page = leaving_page(place, place.person) | {"token": token}
    page["is_visible"] = (
        LearningSession.objects.visible_to(request.user).filter(pk=place.session_id).exists()
    )
    if (
        "kept" in request.GET
        and place.state != RegistrationState.WITHDRAWN
        and not place.is_leaving
    ):
        page |= {"has_stayed": True, "page_title": what_is_kept(place)}
    return render(request, "learning/places/withdraw_by_link.html", page)


@never_cache
@require_POST
def stay_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Think again, by the same link."""
    if not limits.may_ask_from_here(request):
        return render(request, "learning/places/too_many.html", status=429)
    place = leaving.opened_by(token)
    if place is None:
        return render(request, "learning/places/link_is_over.html", status=404)
    try:
        leaving.stay(place)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        return redirect(reverse("withdraw_by_link", args=[token]) + "?kept=1")
    return redirect("withdraw_by_link", token=token)


@require_http_methods(["GET", "HEAD", "POST"])
def register_colleague(request: Request, pk: int) -> HttpResponse:
    session = visible_session(request.user, pk)
    require(may_register(request.user, session))
    search = ColleagueSearch(request.GET)
    people = _colleagues(request.user, session)
    placed = Registration.objects.standing().filter(session=session)
    free = people.exclude(pk__in=placed.values("person"))
    asked = request.POST if request.method == "POST" else None
    form = ColleagueForm(people, free, search.sought, asked)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _bring(request.user, session, form):
            messages.success(
                request,
                _("%(person)s is registered and gets an e-mail.")
                % {"person": form.cleaned_data["person"]},
            )
            return redirect("session_detail", pk=pk)
    page = {
        "session": session,
        "form": form,
        "search": search,
        "takes": form.is_bound or session.takes_registrations(timezone.now()),
    }
    if not request.user.is_staff_of_portal:  # who has a page with everybody's
        page |= _cared_for(request.user, session, search.sought)
    return render(request, "learning/places/register_colleague.html", page, status=status)


def _cared_for(user: User, session: LearningSession, sought: str) -> dict[str, object]:
    """Colleagues' places that *user* can give back now, with *sought* in their names. One query."""
    if not session.is_coming(timezone.now()):
        return {}
    places = Registration.objects.in_care_of(user).filter(session=session)
    if sought:
        places = places.filter(person__in=User.objects.matching(sought))
    found = list(places.in_order().with_place_in_queue()[: MOST_SHOWN + 1])
    shown = found[:MOST_SHOWN]
    return {
        "is_coming": True,
        "seated": [place for place in shown if place.state == RegistrationState.CONFIRMED],
        "queued": [place for place in shown if place.state == RegistrationState.QUEUED],
        "is_cut": len(found) > MOST_SHOWN,
    }


def _colleagues(user: User, session: LearningSession) -> UserQuerySet:
    """People *user* may register; who has a place by now may be sent again by a second click."""
    people = User.objects.visible_to(user).active().exclude(pk=user.pk)
    if session.audience == SessionAudience.PARTNERS and not user.is_staff_of_portal:
        people = people.filter(pk__in=Membership.objects.for_partners().values("person"))
    return people.order_by("sort_name", "pk")


def _bring(user: User, session: LearningSession, form: ColleagueForm) -> bool:
    """Register the chosen colleague for an organisation both act for; False adds an error."""
    person = form.cleaned_data["person"]
    own = Organisation.objects.of(person)
    if not user.is_staff_of_portal:
        own = own.filter(pk__in=Organisation.objects.of(user))
    try:
        registration.register(session, person, by=user, organisation=own.in_order().first())
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
