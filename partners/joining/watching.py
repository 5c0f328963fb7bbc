"""Partners whose last contact person is gone: the coordinators are told, however it happened."""

from datetime import datetime

from django.db import transaction

from partners import patience
from partners.joining import mails
from partners.models import Organisation, WithoutContact
from partners.patience import patient


@patient
@transaction.atomic
def tell_of_no_contact(now: datetime) -> int:
    """Write one letter about partners that have come to have no contact person; return how many.

    Asked of how things stand, so that no way to it is missed: a membership ended, a role changed,
    somebody moved, shut out or handing over, a list taken in. Each is told once, and again when it
    has had one in between. Two sweeps at once tell once. Three queries where nothing is to be told.
    """
    patience.take_turn("partners.without_contact")
    without = Organisation.objects.partners().without_contact_person()
    WithoutContact.objects.exclude(organisation__in=without).delete()
    new = list(without.filter(without_contact=None).in_order())
    if new:
        WithoutContact.objects.bulk_create(
            WithoutContact(organisation=organisation, told_at=now) for organisation in new
        )
        mails.without_contact(new, now)
    return len(new)
