"""What partners writes to people: a function a letter."""

from partners.models import Invitation, MembershipRole
from partners.post import outbox


def invitation(invitation: Invitation, token: str) -> None:
    """Invite a person to log in or to act for an organisation.

    The letter is the only place where *token* is kept.
    """
    person = invitation.person
    outbox.put(
        f"{_prefix(invitation)}sent",
        person,
        "partners/invitation",
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
    """The link leads nowhere any more: a letter that still waits is not sent."""
    outbox.drop(_prefix(invitation))


def _prefix(invitation: Invitation) -> str:
    return f"partners.invitation:{invitation.pk}:"
