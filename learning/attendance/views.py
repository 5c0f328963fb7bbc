"""Taking attendance: the list, and those who walked in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learning.attendance import taking
from learning.attendance.forms import SearchForm, StrangerForm
from learning.finding import editable_session
from learning.models import Attendance, AttendanceStatus, LearningSession
from partners.models import Organisation, User
from partners.requests import Request, pk_in

MOST_FOUND = 10
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Line:
    """A person on the attendance list."""

    person: User
    organisation: Organisation | None
    status: str  # an AttendanceStatus, or "unknown"
    walked_in: bool


def _lines(session: LearningSession, ticked: str = "") -> list[Line]:
    """Everybody with a seat and everybody noted, by name; who is not noted gets *ticked*."""
    noted = {
        row.person_id: row for row in session.attendances.select_related("person", "organisation")
    }
    seated = session.registrations.confirmed().select_related("person", "organisation")
    lines = {
        place.person_id: Line(
            place.person,
            place.organisation,
            noted[place.person_id].status if place.person_id in noted else ticked or UNKNOWN,
            walked_in=False,
        )
        for place in seated
    }
    for pk, row in noted.items():
        if pk not in lines:
            lines[pk] = Line(row.person, row.organisation, row.status, walked_in=True)
    return sorted(lines.values(), key=lambda line: (line.person.sort_name, line.person.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    if request.method != "POST":
        return _page(request, session)
    lines = _lines(session)
    known = {str(status): status for status in AttendanceStatus}
    said = {line.person.pk: request.POST.get(f"person-{line.person.pk}", "") for line in lines}
    answers = {pk: known.get(word) for pk, word in said.items() if word in {*known, UNKNOWN}}
    if len(answers) < len(lines) or not lines:
        messages.error(request, _("Say for each person whether they were there."))
        return _page(request, session, status=422)
    try:
        taking.take(session, answers, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return _page(request, session, status=422)
    messages.success(request, _("Attendance is saved."))
    return redirect("attendance", pk=pk)


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
    session = editable_session(request.user, pk)
    form = StrangerForm(request.POST)
    if not form.is_valid():
        return _page(request, session, form=form, status=422)
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
    try:
        noted = noting()
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return _page(request, session, status=422)
    messages.success(request, _("%(person)s is noted as present.") % {"person": noted.person})
    return redirect("attendance", pk=session.pk)


def _page(
    request: Request,
    session: LearningSession,
    *,
    form: StrangerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    ticked = AttendanceStatus.PRESENT if request.GET.get("tick") == "present" else ""
    search = SearchForm(request.GET or None)
    sought = search.cleaned_data["name"] if search.is_bound and search.is_valid() else ""
    return render(
        request,
        "learning/attendance/attendance.html",
        {
            "session": session,
            "lines": _lines(session, ticked),
            "statuses": [*AttendanceStatus.choices, (UNKNOWN, _("not known"))],
            "search": search,
            "sought": sought,
            "found": _found(request, session, sought) if sought else [],
            "form": form or StrangerForm(),
        },
        status=status,
    )


def _found(request: Request, session: LearningSession, sought: str) -> list[User]:
    """People with all words of *sought*, and who are not noted yet."""
    people = User.objects.visible_to(request.user).matching(sought)
    people = people.exclude(attendances__session=session)
    return list(people.order_by("sort_name", "pk")[:MOST_FOUND])
