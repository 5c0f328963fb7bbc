"""A person's own place: register, bring a colleague, withdraw."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learning.finding import visible_session
from learning.models import LearningSession, Registration, RegistrationState, SessionAudience
from learning.permissions import may_register, may_withdraw
from learning.places import registration
from learning.places.forms import MOST_SHOWN, ColleagueForm, ColleagueSearch, RegisterForm
from learning.places.panel import seat_panel
from learning.places.registration import Situation
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
        queued = Registration.objects.queued().filter(session=place.session)
        page = {"place": place, "session": place.session, "has_queue": queued.exists()}
        return render(request, "learning/places/withdraw.html", page)
    was_queued = place.state == RegistrationState.QUEUED
    try:
        given_back = registration.withdraw(place, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        said = _("The place is given back.")
        if was_queued and given_back.seated_at is None:
            said = _("The place in the queue is left.")
        messages.success(request, said)
    return redirect("session_detail", pk=place.session_id)


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
                _("%(person)s is registered and gets a letter.")
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
