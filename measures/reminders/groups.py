"""Partners that have told of no measure can be written to."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import Measure
from partners.models import Organisation, UserQuerySet
from partners.writing.groups import Group, contacts_of, offer_to_all


def _without_measure() -> UserQuerySet:
    """The contact persons of partners that have published none."""
    told = Exists(Measure.objects.published().filter(organisation=OuterRef("pk")))
    return contacts_of(Organisation.objects.partners().exclude(told))


offer_to_all(
    Group(
        "measures.without_measure",
        gettext_lazy("Contact persons of partners that have published no measure"),
        _without_measure,
        lambda: _("you are a contact person of a partner"),
    )
)
