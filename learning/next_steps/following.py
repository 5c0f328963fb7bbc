"""Next steps people wrote down after a session, and how they go."""

from django.db import transaction

from learning.models import Intention, IntentionStatus
from partners.models import User


@transaction.atomic
def change_status(intention: Intention, status: IntentionStatus, *, by: User) -> Intention:
    """Say how a next step goes. Locks it; saying the same twice changes nothing."""
    intention = Intention.objects.select_for_update().get(pk=intention.pk)
    if intention.status != status:
        intention.status = status
        intention.updated_by = by
        intention.save(update_fields=["status", "updated_at", "updated_by"])
    return intention
