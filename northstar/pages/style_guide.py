"""One page that shows every component, for those who build or translate pages."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from measures.city.report import the_way
from measures.figures import charts
from measures.figures.summary import summary
from partners import fields
from partners.fields import CharField
from partners.permissions import is_coordinator, require


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = CharField(
        label=_("What the measure is called"),
        max_length=60,
        help_text=_("Short, so that colleagues recognise it."),
    )
    reduction = fields.DecimalField(
        label=_("Expected effect, tonnes CO₂e a year"), max_digits=9, decimal_places=3
    )
    starts_on = fields.DateField(label=_("Starts"), required=False)
    meets_at = fields.DateTimeField(label=_("First meeting"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("planned", _("planned")), ("done", _("done"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a status.")},
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("business", _("business")), ("academia", _("academia"))],
        required=False,
    )
    note = CharField(label=_("Description"), required=False, widget=forms.Textarea)
    document = forms.FileField(label=_("File"), required=False)
    sure = forms.BooleanField(label=_("The figures have been checked"), required=False)


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """All components in one scheme; the reader's settings choose light or dark."""
    require(is_coordinator(request.user) or settings.DEBUG or settings.DEMO)
    today = timezone.localdate()
    start = timezone.localtime().replace(hour=13, minute=0, second=0) + timedelta(days=10)
    context: dict[str, object] = {
        "form": ExampleForm({"title": "", "reduction": "tolv", "starts_on": "snart"}),
        "start": start,
        "end": start + timedelta(hours=2),
        "way": the_way(summary(today.year), today),
        "range_chart": charts.range_of(Decimal(17), "calculated"),
        "kinds": ["ok", "warn", "err", "info", "plain"],
    }
    return render(request, "northstar/pages/style_guide.html", context)
