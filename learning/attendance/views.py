"""Taking attendance: the list, and those who walked in.

The page is one form. Whatever button is pressed, the marks on the page are kept first, so that
nothing anybody ticked is lost by looking for somebody who stands at the door.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from learning.attendance import listing, taking
from learning.attendance.forms import SearchForm, StrangerForm
from learning.attendance.listing import UNKNOWN
from learning.finding import editable_session
from learning.models import Attendance, AttendanceStatus, LearningSession
from partners.models import Membership, User
from partners.requests import Request, pk_in

MOST_FOUND = 10
LINES_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: Request, pk: int) -> HttpResponse:
    """The list. Its form is saved as it stands, with all others marked as present, or to search."""
    session = editable_session(request.user, pk)
    if request.method != "POST":
        return _page(request, session)
    if request.POST.get("full_name", "").strip():
        return _stranger(request, session)
    sought = request.POST.get("name", "").strip()
    turned_to = pk_in(request.POST, "turn_to")
    saving = _keep if sought or turned_to or request.POST.get("do") == "search" else _save
    refused = saving(request, session)
    if refused is not None:
        return refused
    return _back(request, session, page=turned_to, sought=sought)


def _back(
    request: Request, session: LearningSession, *, page: int | None = None, sought: str = ""
) -> HttpResponse:
    """To the page of the list that was looked at, or to another one."""
    number = page or pk_in(request.GET, "page")
    asked = {"page": number or "", "name": sought}
    query = urlencode({key: value for key, value in asked.items() if value})
    address = reverse("attendance", kwargs={"pk": session.pk})
    return redirect(address + (f"?{query}" if query else "") + ("#walk-in" if sought else ""))


def _save(request: Request, session: LearningSession) -> HttpResponse | None:
    """Note the whole list and say that it is done; a page where that is refused."""
    listed = listing.lines(session)
    said = listing.said(listed, request.POST)
    if not said.is_whole:
        messages.error(request, _("Say for each person whether they were there."))
        return _page(request, session, status=422)
    changed = said.changed
    if request.POST.get("do") == "rest":
        changed = listing.with_the_rest_present(listed, said)
    try:
        overruled = taking.take(session, changed, by=request.user, shown=said.shown)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return _page(request, session, status=422)
    _tell(request, overruled)
    _say_how_much_is_noted(request, session)
    return None


def _say_how_much_is_noted(request: Request, session: LearningSession) -> None:
    listed = listing.lines(session)
    left = sum(line.status == UNKNOWN for line in listed)
    if left == len(listed):
        text = _("Nobody is noted, so the list is still to be done.")
        messages.warning(request, text)
    elif left:
        text = ngettext(
            "Attendance is saved. One person is not noted.",
            "Attendance is saved. %(left)d people are not noted.",
            left,
        )
        messages.success(request, text % {"left": left})
    else:
        messages.success(request, _("Attendance is saved."))


def _keep(request: Request, session: LearningSession) -> HttpResponse | None:
    """Note what was ticked on the page, without saying that the list is done."""
    said = listing.said(listing.lines(session), request.POST)
    if not said.changed:
        return None
    try:
        overruled = taking.record_list(session, said.changed, by=request.user, shown=said.shown)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return _page(request, session, status=422)
    _tell(request, overruled)
    messages.info(request, _("What you had ticked is kept."))
    return None


def _tell(request: Request, overruled: list[taking.Overruled]) -> None:
    """Say whose later note replaced somebody else's: two may take the same list at once."""
    words = {str(value): str(label) for value, label in AttendanceStatus.choices}
    for one in overruled:
        said = {
            "person": one.person.name,
            "by": one.by.name,
            "noted": words[one.noted],
            "now": words[one.now] if one.now else _("not noted"),
        }
        text = _("%(by)s had noted %(person)s as “%(noted)s” meanwhile. It now says “%(now)s”.")
        messages.warning(request, text % said)


@require_POST
def walk_in(request: Request, pk: int) -> HttpResponse:
    """Somebody the portal knows was there without a seat."""
    session = editable_session(request.user, pk)
    people = User.objects.visible_to(request.user)
    person = people.filter(pk=pk_in(request.POST, "person")).first()
    if person is None:
        messages.error(request, _("Choose who was there."))
        return _page(request, session, status=422)
    return _note(
        request,
        session,
        lambda: taking.record(session, person, AttendanceStatus.PRESENT, by=request.user),
    )


@require_POST
def walk_in_new(request: Request, pk: int) -> HttpResponse:
    """Somebody the portal does not know was there."""
    return _stranger(request, editable_session(request.user, pk))


def _stranger(request: Request, session: LearningSession) -> HttpResponse:
    form = StrangerForm(request.POST)
    if not form.is_valid():
        return _keep(request, session) or _page(request, session, form=form, status=422)
    return _note(
        request,
        session,
        lambda: taking.record_stranger(
            session,
            form.cleaned_data["full_name"],
            form.cleaned_data["email"],
            organisation=form.cleaned_data["organisation"],
            by=request.user,
        ),
    )


def _note(
    request: Request, session: LearningSession, noting: Callable[[], Attendance]
) -> HttpResponse:
    refused = _keep(request, session)
    if refused is not None:
        return refused
    try:
        noted = noting()
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return _page(request, session, status=422)
    messages.success(request, _("%(person)s is noted as present.") % {"person": noted.person})
    return _back(request, session)


def _page(
    request: Request,
    session: LearningSession,
    *,
    form: StrangerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    listed = listing.lines(session)
    if status != 200:  # what was ticked and could not be kept is still ticked
        listed = listing.ticked(listed, listing.ticks(listed, request.POST))
    search = SearchForm(request.GET or None)
    sought = search.cleaned_data["name"] if search.is_bound and search.is_valid() else ""
    return render(
        request,
        "learning/attendance/attendance.html",
        {
            "session": session,
            "page": Paginator(listed, LINES_A_PAGE).get_page(request.GET.get("page")),
            "noted": sum(line.status != UNKNOWN for line in listed),
            "statuses": [*AttendanceStatus.choices, (UNKNOWN, _("not noted"))],
            "search": search,
            "sought": sought,
            "found": _found(request, session, sought) if sought else [],
            "form": form or StrangerForm(),
        },
        status=status,
    )


def _found(request: Request, session: LearningSession, sought: str) -> list[tuple[User, list[str]]]:
    """People with all words of *sought* who are not noted yet, each with their organisations."""
    people = User.objects.visible_to(request.user).matching(sought)
    people = people.exclude(attendances__session=session)
    found = list(people.order_by("sort_name", "pk")[:MOST_FOUND])
    acts_for: dict[int, list[str]] = {person.pk: [] for person in found}
    memberships = Membership.objects.current().filter(person__in=found)
    names = memberships.order_by("organisation__sort_name")
    for person, name in names.values_list("person", "organisation__name"):
        acts_for[person].append(name)
    return [(person, acts_for[person.pk]) for person in found]
