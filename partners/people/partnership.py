"""Which organisations are members of the roadmap: they join, they leave."""

from django.utils import timezone

from partners.models import Organisation, OrganisationStatus, User


def join(organisation: Organisation, *, by: User) -> Organisation:
    """Make *organisation* a partner; one that is keeps who took it in."""
    return _become(organisation, OrganisationStatus.ACTIVE, by)


def leave(organisation: Organisation, *, by: User) -> Organisation:
    """Let *organisation* leave the roadmap; one that has left keeps who let it go.

    It is no longer in the public list. Its people keep their memberships, and what it did counts.
    """
    return _become(organisation, OrganisationStatus.LEFT, by)


def _become(organisation: Organisation, status: OrganisationStatus, by: User) -> Organisation:
    Organisation.objects.filter(pk=organisation.pk).exclude(status=status).update(
        status=status, status_changed_at=timezone.now(), status_changed_by=by
    )
    organisation.refresh_from_db()
    return organisation
