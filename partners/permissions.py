"""May somebody do this to people and organisations? Typed predicates, closed by default."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from partners.models import Membership, MembershipRole, Organisation, User

Asker = User | AnonymousUser


def require(allowed: bool) -> None:
    """Raise PermissionDenied (a 403 page) unless *allowed*."""
    if not allowed:
        raise PermissionDenied


def is_coordinator(user: Asker) -> bool:
    return isinstance(user, User) and user.is_coordinator


def is_staff_of_portal(user: Asker) -> bool:
    return isinstance(user, User) and user.is_staff_of_portal


def acts_for(user: Asker, organisation: Organisation) -> bool:
    """Whether *user* is a member of *organisation*, which has not left. One query."""
    return (
        isinstance(user, User)
        and user.is_active
        and Membership.objects.acting().filter(person=user, organisation=organisation).exists()
    )


def acts_for_a_partner(user: Asker) -> bool:
    """Whether what is for all partners is for *user*: they act for one now, or for the portal.

    One query, none for staff.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_staff_of_portal or Membership.objects.acts_for_a_partner(user)


def is_contact_person(user: Asker, organisation: Organisation) -> bool:
    """Whether *user* is a contact person of *organisation*, which has not left. One query."""
    return (
        isinstance(user, User)
        and user.is_active
        and Membership.objects.acting()
        .filter(person=user, organisation=organisation, role=MembershipRole.CONTACT_PERSON)
        .exists()
    )


def may_import(user: Asker) -> bool:
    return is_coordinator(user)


def may_invite(user: Asker) -> bool:
    return is_coordinator(user)


def may_correct(user: Asker) -> bool:
    """Put right the name and facts of any person and organisation."""
    return is_coordinator(user)


def may_erase(user: Asker) -> bool:
    """Carry out the wishes of people who want to be erased."""
    return is_coordinator(user)


def may_answer_enquiries(user: Asker) -> bool:
    return is_coordinator(user)


def may_tell(user: Asker) -> bool:
    """Write what the portal says about itself: its pages, who leads, who pays."""
    return is_coordinator(user)


def may_word_letters(user: Asker) -> bool:
    """Write what the letters of the portal say."""
    return is_coordinator(user)


def may_describe(user: Asker, organisation: Organisation) -> bool:
    """Write who *organisation* is, in its own words. One query at most."""
    return may_manage_people(user, organisation)


def may_write_mailings(user: Asker) -> bool:
    """Write to chosen groups at all; to which, the room of mailings asks who knows the people."""
    return is_staff_of_portal(user)


def may_see_outbox(user: Asker) -> bool:
    return is_coordinator(user)


def may_see_people(user: Asker, organisation: Organisation) -> bool:
    """See who acts for *organisation*: those who do, and coordinators. One query at most."""
    return is_coordinator(user) or Organisation.objects.of(user).filter(pk=organisation.pk).exists()


def may_manage_people(user: Asker, organisation: Organisation) -> bool:
    """Invite colleagues, change their roles, end memberships. One query at most."""
    return is_coordinator(user) or is_contact_person(user, organisation)
