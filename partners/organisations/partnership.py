"""Which organisations are members of the roadmap: they join, they leave."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from partners.models import Organisation, OrganisationStatus, User
from partners.post import reaching


def join(organisation: Organisation, *, by: User) -> Organisation:
    """Make *organisation* a partner; one that is keeps who took it in."""
    return _become(organisation, OrganisationStatus.ACTIVE, by, left_on=None)


@transaction.atomic
def leave(organisation: Organisation, *, by: User) -> Organisation:
    """Let *organisation* leave the roadmap today; one that has left keeps who let it go.

    It is no longer in the public list, and nobody acts for it. Its people keep their memberships,
    and what it did counts. Letters that wait to remind them are not sent.
    """
    left = _become(organisation, OrganisationStatus.LEFT, by, left_on=timezone.localdate())
    reaching.forget(organisation.pk)
    return left


def let_go(today: date) -> int:
    """Say of organisations whose day has come that they have left; return how many.

    Nothing hangs on it: what partners may is asked of the day itself.
    """
    return Organisation.objects.leaving(today).update(
        status=OrganisationStatus.LEFT, status_changed_at=timezone.now()
    )


def _become(
    organisation: Organisation, status: OrganisationStatus, by: User, *, left_on: date | None
) -> Organisation:
    Organisation.objects.filter(pk=organisation.pk).exclude(status=status).update(
        status=status, left_on=left_on, status_changed_at=timezone.now(), status_changed_by=by
    )
    organisation.refresh_from_db()
    return organisation
