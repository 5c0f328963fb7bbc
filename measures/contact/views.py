"""What the reasons of the Monday list count, and the notes of an organisation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures.contact import noting
from measures.contact.forms import NoteForm, PointsForm
from measures.models import CallPoints, ContactNote
from measures.permissions import may_keep_contact
from partners.models import Organisation
from partners.permissions import require
from partners.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def monday_points(request: Request) -> HttpResponse:
    require(may_keep_contact(request.user))
    posted = request.POST if request.method == "POST" else None
    form = PointsForm(posted, points=CallPoints.objects.by_reason())
    if form.is_valid():
        try:
            noting.weigh(form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The points are saved."))
            return redirect("home")
    status = 422 if form.is_bound else 200
    return render(request, "measures/contact/monday_points.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_notes(request: Request, slug: str) -> HttpResponse:
    """What was said with an organisation, the latest first, and writing it down."""
    require(may_keep_contact(request.user))
    seen = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(seen, slug=slug)
    posted = request.POST if request.method == "POST" else None
    form = NoteForm(posted, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            noting.note(organisation, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The note is saved."))
            return redirect("contact_notes", slug=slug)
    notes = ContactNote.objects.visible_to(request.user).standing()
    context = {
        "organisation": organisation,
        "form": form,
        "notes": notes.filter(organisation=organisation).select_related("created_by"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "measures/contact/contact_notes.html", context, status=status)


@require_POST
def contact_note_remove(request: Request, pk: int) -> HttpResponse:
    require(may_keep_contact(request.user))
    notes = ContactNote.objects.visible_to(request.user).select_related("organisation")
    noted = get_object_or_404(notes, pk=pk)
    try:
        noting.take_away(noted, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The note is taken away."))
    return redirect("contact_notes", slug=noted.organisation.slug)
