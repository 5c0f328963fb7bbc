"""Keep which partners a coordinator picked from the table of cards, to write to them."""

from collections.abc import Iterable

from django.db import transaction

from measures.models import Pick
from partners.models import Organisation, User
from partners.patience import made_just_now, patient, take_turn


@patient
@transaction.atomic
def pick(organisations: Iterable[Organisation], *, by: User) -> Pick:
    """Keep which partners *by* picked; the same picked just now is that one.

    Takes the turn of its maker. Raises ValidationError ("busy").
    """
    take_turn(f"measures.picked:{by.pk}")
    pks = sorted(organisation.pk for organisation in organisations)
    same = Pick.objects.filter(created_by=by, organisations=pks)
    return made_just_now(same) or Pick.objects.create(organisations=pks, created_by=by)
