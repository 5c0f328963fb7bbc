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
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from learning.attendance import listing, taking
from learning.attendance.forms import SearchForm, StrangerForm
from learning.attendance.listing import UNKNOWN
from learning.finding import editable_session
from learning.models import Attendance, AttendanceStatus, LearningSession
from partners.models import Membership, User
from partners.requests import Request, pk_in

MOST_FOUND = 10
LINES_A_PAGE = 100
NO_LIST = {"early", "cancelled"}  # refusals of sessions whose page has no list


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: Request, pk: int) -> HttpResponse:
    """The list. Its form is saved as it stands, with all others marked as present, or to search."""
    session = editable_session(request.user, pk)
    if request.method != "POST":
        return _page(request, session)
    if request.htmx and request.POST.get("do") == "keep":
        return _kept_by_itself(request, session)
    if request.POST.get("full_name", "").strip():
        return _stranger(request, session)
    sought = request.POST.get("name", "").strip()
    turned_to = pk_in(request.POST, "turn_to")
    saving = _search if sought or turned_to or request.POST.get("do") == "search" else _save
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


def _kept_by_itself(request: Request, session: LearningSession) -> HttpResponse:
    """Keep a tick at once; where that is refused or disputed, nothing is said until it is saved."""
    try:
        said = listing.said(listing.lines(session), request.POST)
        taking.record_list(session, said.changed, by=request.user, shown=said.shown)
    except ValidationError as refusal:
        response = HttpResponse(status=204)
        return trigger_client_event(response, "say", {"texts": refusal.messages})
    listed = listing.lines(session)
    kept = [line for line in listed if listing.is_kept(line, said)]
    how_far = _how_far(listed) | {"kept": kept, "kept_at": timezone.now()}
    return render(request, "learning/attendance/_attendance_state.html", how_far)


def _how_far(listed: list[listing.Line]) -> dict[str, object]:
    left = sum(line.shown == UNKNOWN for line in listed)
    return {"noted": len(listed) - left, "left": left, "all": len(listed)}


def _save(request: Request, session: LearningSession) -> HttpResponse | None:
    """Note the page, and say that the list is done; a page where that is refused or disputed.

    Of a long list that is said when nobody on its other pages is left without a note.
    """
    listed = listing.lines(session)
    said = listing.said(listed, request.POST)
    if not said.is_whole:
        messages.error(request, _("Say for each person whether they were there."))
        return _page(request, session, status=422)
    changed = said.changed
    if request.POST.get("do") == "rest":
        changed = listing.with_the_rest_present(listed, said)
    note = taking.take if listing.is_last_page(listed, said) else taking.record_list
    try:
        disputes = note(session, changed, by=request.user, shown=said.shown)
    except ValidationError as refusal:
        return _refused(request, session, refusal)
    if disputes:
        return _ask_which(request, session, disputes)
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


def _keep(request: Request, session: LearningSession) -> taking.Disputes:
    """Note what was ticked on the page, without saying that the list is done."""
    said = listing.said(listing.lines(session), request.POST)
    if not said.changed:
        return {}
    disputes = taking.record_list(session, said.changed, by=request.user, shown=said.shown)
    if not disputes:
        messages.info(request, _("What you had ticked is kept."))
    return disputes


def _search(request: Request, session: LearningSession) -> HttpResponse | None:
    """Keep the marks before somebody is looked for; a page where that is refused or disputed."""
    try:
        disputes = _keep(request, session)
    except ValidationError as refusal:
        return _refused(request, session, refusal)
    return _ask_which(request, session, disputes) if disputes else None


def _refused(
    request: Request,
    session: LearningSession,
    refusal: ValidationError,
    form: StrangerForm | None = None,
) -> HttpResponse:
    if refusal.code not in NO_LIST:  # the page says those itself
        messages.error(request, refusal.messages[0])
    return _page(request, session, form=form, status=422)


def _ask_which(
    request: Request,
    session: LearningSession,
    disputes: taking.Disputes,
    form: StrangerForm | None = None,
) -> HttpResponse:
    """Show both notes of each person of whom there are two; saving again is then a decision."""
    text = ngettext(
        "One person was noted otherwise while you had the list open. "
        "Choose below what holds, and save again. The rest is kept.",
        "%(n)s people were noted otherwise while you had the list open. "
        "Choose below what holds, and save again. The rest is kept.",
        len(disputes),
    )
    messages.error(request, text % {"n": len(disputes)})
    words = {pk: _in_words(one, request.user) for pk, one in disputes.items()}
    return _page(request, session, form=form, disputes=words, status=422)


def _in_words(one: taking.Disputed, reader: User) -> str:
    said = {"noted": _status(one.noted), "wanted": _status(one.wanted), "by": one.by}
    if one.by is None:
        return _("The note was taken away. You ticked “%(wanted)s”.") % said
    if one.by == reader:
        return _("You noted “%(noted)s” on another page. Here you ticked “%(wanted)s”.") % said
    return _("%(by)s noted “%(noted)s”. You ticked “%(wanted)s”.") % said


def _status(mark: taking.Mark) -> str:
    if isinstance(mark, taking.Part):
        return _("there for %(n)s minutes") % {"n": mark.minutes}
    return AttendanceStatus.in_words(mark)


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
        try:
            disputes = _keep(request, session)
        except ValidationError as refusal:
            return _refused(request, session, refusal, form)
        if disputes:
            return _ask_which(request, session, disputes, form)
        return _page(request, session, form=form, disputes={}, status=422)
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
        form,
    )


def _note(
    request: Request,
    session: LearningSession,
    noting: Callable[[], Attendance],
    form: StrangerForm | None = None,
) -> HttpResponse:
    """Keep the marks of the page and note one more; what is disputed of the marks is asked then."""
    try:
        disputes = _keep(request, session)
        noted = noting()
    except ValidationError as refusal:
        return _refused(request, session, refusal, form)
    messages.success(request, _("%(person)s is noted as present.") % {"person": noted.person})
    return _ask_which(request, session, disputes) if disputes else _back(request, session)


def _page(
    request: Request,
    session: LearningSession,
    *,
    form: StrangerForm | None = None,
    disputes: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    listed = listing.lines(session)
    if status != 200:  # what was ticked and could not be kept is still ticked
        said = listing.said(listed, request.POST)
        listed = listing.ticked(listed, said, disputes)
    how_far = _how_far(listed) | {"kept_at": listing.latest_note(listed)}
    search = SearchForm(request.GET or None)
    sought = search.cleaned_data["name"] if search.is_bound and search.is_valid() else ""
    listed = listing.matching(listed, sought)
    return render(
        request,
        "learning/attendance/attendance.html",
        {
            "session": session,
            "why_no_list": _why_no_list(session),
            "page": Paginator(listed, LINES_A_PAGE).get_page(request.GET.get("page")),
            **how_far,
            "marks": [
                (AttendanceStatus.PRESENT, _("Came")),
                (AttendanceStatus.ABSENT, _("Did not come")),
            ],
            "other_marks": [
                (AttendanceStatus.EXCUSED, _("had sent word")),
                (UNKNOWN, _("not noted")),
            ],
            "parts": listing.parts(session),
            "length": taking.length(session),
            "sought": sought,
            "found": _found(request, session, sought) if sought else [],
            "form": form or StrangerForm(),
        },
        status=status,
    )


def _why_no_list(session: LearningSession) -> str:
    """Why attendance of *session* cannot be taken now; "" when it can."""
    try:
        taking.refuse_unless_open(session)
    except ValidationError as refusal:
        return refusal.messages[0]
    return ""


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
