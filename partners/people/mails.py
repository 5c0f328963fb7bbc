"""What partners writes to people: a function a letter."""

from partners.models import Invitation, MembershipRole, User
from partners.post import outbox


def invitation(invitation: Invitation, token: str) -> None:
    """Invite a person to log in or to act for an organisation.

    The letter is the only place where *token* is kept.
    """
    person = invitation.person
    outbox.put(
        f"{_prefix(invitation)}sent",
        person,
        "partners/invitation_to_act" if invitation.role else "partners/invitation",
        {
            "organisation": invitation.organisation,
            "role": MembershipRole(invitation.role).label if invitation.role else "",
            "invited_by": invitation.created_by,
            "link": outbox.link(person, "accept_invitation", token=token),
            "expires_at": invitation.expires_at,
        },
        useless_after=invitation.expires_at,
    )


def forget_invitation(invitation: Invitation) -> None:
    """The link no longer works: a letter that still waits is not sent."""
    outbox.drop(_prefix(invitation))


def _prefix(invitation: Invitation) -> str:
    return f"partners.invitation:{invitation.pk}:"


def address_was_changed(person: User, occasion: str, *, by: User) -> None:
    """Tell the address *person* has until now that it is theirs no more; names no other."""
    if person.email:
        key = f"partners.address:{occasion}:former"
        outbox.put(key, person, "partners/address_was_changed", {"by": by})
        outbox.send_to(key, person.email)


def address_is_changed(person: User, occasion: str, *, by: User) -> None:
    """Tell the new address what it is for."""
    link = outbox.link(person, "account_login")
    context = {"by": by, "link": link}
    outbox.put(f"partners.address:{occasion}:new", person, "partners/address_is_changed", context)
