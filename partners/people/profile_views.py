"""One's own details."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.choices import choosing
from partners.models import Organisation, User
from partners.people.forms import ProfileForm
from partners.requests import Request


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
    context = {"form": form, "organisations": organisations, "gets": choosing.gets(request.user)}
    return render(request, "partners/people/profile.html", context, status=status)
