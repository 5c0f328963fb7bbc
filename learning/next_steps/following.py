"""Next steps people wrote down after a session, and how they go."""

from django.db import transaction

from learning.models import Intention, IntentionStatus
from partners.models import User
from partners.patience import patient


@patient
@transaction.atomic
def change_status(intention: Intention, status: IntentionStatus, *, by: User) -> Intention:
    """Say how a next step goes; saying the same twice changes nothing.

    Locks it. Raises ValidationError ("busy").
    """
    intention = Intention.objects.select_for_update(no_key=True).get(pk=intention.pk)
    if intention.status != status:
        intention.status = status
        intention.updated_by = by
        intention.save(update_fields=["status", "updated_at", "updated_by"])
    return intention


@patient
@transaction.atomic
def pass_on(intention: Intention, to: User, *, by: User) -> Intention:
    """Let *to*, who has none from the same session, be the one who does it. Locks it.

    Raises ValidationError ("busy").
    """
    intention = Intention.objects.select_for_update(no_key=True).get(pk=intention.pk)
    intention.person, intention.updated_by = to, by
    intention.save(update_fields=["person", "updated_at", "updated_by"])
    return intention
