"""A coordinator knows that an address works again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners.bounces import noting
from partners.models import User
from partners.permissions import may_correct, require
from partners.requests import Request


@require_POST
def address_works(request: Request, pk: int) -> HttpResponse:
    require(may_correct(request.user))
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    noting.works_again(person.email, by=request.user)
    messages.success(request, _("The address counts as working. Reminders are sent there again."))
    return redirect("person_edit", pk=pk)
