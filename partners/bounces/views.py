"""A coordinator knows that an address works again; a sending service tells what came back."""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from partners.bounces import noting, told
from partners.models import User
from partners.permissions import may_correct, require
from partners.requests import Request

log = logging.getLogger(__name__)


@require_POST
def address_works(request: Request, pk: int) -> HttpResponse:
    require(may_correct(request.user))
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    noting.works_again(person.email, by=request.user)
    messages.success(request, _("The address counts as working. Reminders are sent there again."))
    return redirect("person_edit", pk=pk)


# A sending service has no session and no form of ours, so it has no token against forgery. What it
# posts is believed for its signature alone.
@csrf_exempt
@require_POST
def service_tells(request: HttpRequest) -> HttpResponse:
    """Note what has become of letters; told again, or of letters not ours, it changes nothing.

    Without a service and its secret the address does not exist.
    """
    if not (settings.MAIL_SERVICE and settings.MAIL_SERVICE_SECRET):
        raise Http404
    if request.content_type != "application/json":
        return HttpResponse(status=400)
    try:
        letters = told.read(request, settings.MAIL_SERVICE, settings.MAIL_SERVICE_SECRET)
    except told.Forged:
        log.warning("what calls itself a sending service has the wrong signature")
        return HttpResponse(status=403)
    except told.Unreadable:
        log.warning("a sending service has told something that is not understood")
        return HttpResponse(status=400)
    try:
        for one in letters:
            noting.note_told(one.letter, one.outcome)
    except ValidationError:  # busy: it tells it again
        return HttpResponse(status=503)
    return HttpResponse()
