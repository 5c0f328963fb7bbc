"""Next steps people wrote down after a session, and how they go."""

from django.db import transaction

from learning.models import Intention, IntentionStatus


@transaction.atomic
def change_status(intention: Intention, status: IntentionStatus) -> Intention:
    """Say how a next step goes. Locks it; saying the same twice changes nothing."""
    intention = Intention.objects.select_for_update().get(pk=intention.pk)
    if intention.status != status:
        intention.status = status
        intention.save(update_fields=["status", "updated_at"])
    return intention
