"""Where what is missing is done: an address, and what one does there."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.standing.card import Gap, Missing
from partners.models import Organisation

DOINGS: dict[Gap, Promise] = {
    Gap.UNSIGNED: _("See the promise"),
    Gap.UNSEEN: _("See the sessions"),
    Gap.UNREPORTED: _("Share your report"),
    Gap.UNMAPPED: _("Say what is mapped"),
    Gap.UNTARGETED: _("Set a target"),
    Gap.TOO_FEW: _("Choose a challenge"),
    Gap.WITHOUT_MEASURE: _("Add a measure"),
}


def promise_page(organisation: Organisation) -> str:
    """Where an organisation keeps what it has promised."""
    return reverse("partner_detail", args=[organisation.slug])


def address(organisation: Organisation, missing: Missing) -> str:
    if missing.gap is Gap.UNSEEN:
        return reverse("session_list")
    if missing.gap is not Gap.WITHOUT_MEASURE:
        return promise_page(organisation)
    if missing.draft:
        return reverse("measure_detail", args=[missing.draft])
    return reverse("measure_create")


def doing(missing: Missing) -> str | Promise:
    """What one does there, as a link says it."""
    return _("Open the draft") if missing.draft else DOINGS[missing.gap]
