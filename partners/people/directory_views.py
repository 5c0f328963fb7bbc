"""The public list of partners, and one's own details."""

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partners.models import Organisation, OrganisationQuerySet, User
from partners.people.forms import PartnerFilter, ProfileForm
from partners.requests import Request

ROWS_A_PAGE = 100


@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    form = PartnerFilter(request.GET)
    partners, meant = _matching(form)
    page = Paginator(partners, ROWS_A_PAGE).get_page(request.GET.get("page"))
    letters = [
        (letter, list(group)) for letter, group in groupby(page, lambda o: o.name[:1].upper())
    ]
    context = {
        "form": form,
        "letters": letters,
        "page": page,
        "count": page.paginator.count,
        "meant": meant,
        "is_filtered": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "partners/people/partner_list.html", context)


def _matching(form: PartnerFilter) -> tuple[OrganisationQuerySet, str]:
    """The partners looked for, and what was probably meant where none has the words as typed."""
    partners, meant = Organisation.objects.partners(), ""
    if form.is_valid():
        words, *others = (form.cleaned_data[name] for name in ("q", "sector", "focus"))
        found = partners.matching(words, *others)
        if words and not found.exists():
            near, meant = partners.nearest(words)
            found = near.matching("", *others)
        partners = found
    return partners.in_order().prefetch_related("focus_areas"), meant


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    # A copy of the person, so that a refused form does not change how this page is drawn.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method != "POST":
        return _profile(request, form, 200)
    form = ProfileForm(request.POST, instance=form.instance)
    if not form.is_valid():
        return _profile(request, form, 422)
    person = form.instance
    person.save(update_fields=form.changed_data)  # what others change meanwhile is theirs
    with translation.override(person.language):
        messages.success(request, _("Your details are saved."))
        return redirect(reverse("profile"))


def _profile(request: Request, form: ProfileForm, status: int) -> HttpResponse:
    organisations = Organisation.objects.of(request.user).in_order()
    context = {"form": form, "organisations": organisations}
    return render(request, "partners/people/profile.html", context, status=status)
