"""The product's addresses and three yardsticks, none of which is part of the product."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from learning.models import LearningSession, Registration, RegistrationState
from northstar.urls import urlpatterns as product
from partners.models import Organisation

TEMPLATE = engines["django"].from_string(
    "<!doctype html><title>{{ organisation.name }}</title><h1>{{ organisation.name }}</h1>"
    "<p>{{ organisation.get_sector_display }}</p>"
)


@login_not_required
def unit(request, pk):
    """A minimal view: one query by primary key, a small template."""
    return HttpResponse(TEMPLATE.render({"organisation": Organisation.objects.get(pk=pk)}, request))


def seat(request, pk):
    """Lock, count, insert, for whoever is logged in: what no way of giving seats can do without."""
    with transaction.atomic():
        session = LearningSession.objects.select_for_update().get(pk=pk)
        taken = Registration.objects.filter(session=session, state="confirmed").count()
        is_full = taken >= session.capacity
        Registration.objects.create(
            session=session,
            person=request.user,
            created_by=request.user,
            state=RegistrationState.QUEUED if is_full else RegistrationState.CONFIRMED,
        )
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [
    path("bench/unit/<int:pk>/", unit),
    path("bench/seat/<int:pk>/", seat, name="bench_seat"),
    *product,
]
