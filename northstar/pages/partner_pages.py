"""The partners in public: the directory, and a page for each."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from measures.figures import effects
from measures.figures.summary import with_achieved
from measures.permissions import may_promise
from measures.standing import gathering, panel
from measures.story import events
from northstar.pages import partner_figures
from partners.fields import CharField
from partners.models import FocusArea, Organisation, OrganisationQuerySet, Sector
from partners.permissions import is_coordinator, may_correct, may_describe

ROWS_A_PAGE = 100
MEASURES_SHOWN = 25
TOLD = 12  # events of the story


class PartnerFilter(forms.Form):
    """Which partners to list."""

    q = CharField(label=_("Search partners"), required=False, max_length=100)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    focus = forms.ModelChoiceField(
        FocusArea.objects.all(), label=_("Focus area"), required=False, to_field_name="key"
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        # Choices of these two kinds of field: the stubs know Field alone.
        self.fields["sector"].choices = [("", _("All sectors")), *Sector.choices]  # type: ignore[attr-defined]
        self.fields["focus"].empty_label = _("All focus areas")  # type: ignore[attr-defined]

    @property
    def wishes(self) -> dict[str, Any]:
        """What is asked for and makes sense, by name; what does not exist is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    form = PartnerFilter(request.GET)
    wishes = form.wishes
    found, meant = _matching(wishes)
    sort = request.GET.get("sort", "")
    sort = sort if sort in partner_figures.ORDERS else partner_figures.BY_NAME
    rows = partner_figures.with_activity(found).order_by(*partner_figures.ORDERS[sort])
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    by_name = sort == partner_figures.BY_NAME
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "sort": sort,
        "letters": partner_figures.letters(found, ROWS_A_PAGE) if by_name else [],
        "wishes": wishes,
        "meant": meant,
        "filters_on": len(wishes.keys() - {"q"}),
    }
    return render(request, "northstar/pages/partner_list.html", context)


def _matching(wishes: dict[str, Any]) -> tuple[OrganisationQuerySet, str]:
    """The partners looked for, and what was probably meant where none has the words as typed."""
    partners, meant = Organisation.objects.partners(), ""
    others = (wishes.get("sector", ""), wishes.get("focus"))
    found = partners.matching(wishes.get("q", ""), *others)
    if "q" in wishes and not found.exists():
        near, meant = partners.nearest(wishes["q"])
        found = near.matching("", *others)
    return found, meant


@require_safe
def partner_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    is_own = Organisation.objects.of(request.user).filter(pk=organisation.pk).exists()
    measures = list(with_achieved(partner_figures.public_measures(organisation)))
    card = gathering.card_of(organisation, timezone.now())
    knows_all = is_own or is_coordinator(request.user)
    writes = knows_all and may_promise(request.user, organisation)
    moments = [card.facts.latest_at, *(measure.updated_at for measure in measures)]
    context = {
        "organisation": organisation,
        "rows": effects.rows(measures[:MEASURES_SHOWN]),
        "together": effects.together(measures),
        "card": card,
        "panels": panel.panels(card, is_own=knows_all, writes=writes),
        "unsigned": panel.unsigned(card) if knows_all else None,
        "alike": partner_figures.alike(organisation),
        "active_at": max((at for at in moments if at), default=None),
        "story": events.story(organisation, request.user, timezone.now())[:TOLD],
        "website": organisation.website.partition("//")[2].removeprefix("www.").rstrip("/"),
        "is_own": is_own,
        "may_correct": may_correct(request.user),
        "may_describe": may_describe(request.user, organisation),
        "may_see_people": knows_all,
    }
    return render(request, "northstar/pages/partner_detail.html", context)
