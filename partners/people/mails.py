"""What partners writes to people: a function a letter."""

from partners.models import Invitation
from partners.post import outbox


def invitation(invitation: Invitation, token: str) -> None:
    """Invite a person to log in; the letter is the only place where *token* is kept."""
    person = invitation.person
    outbox.put(
        f"partners.invitation:{invitation.pk}",
        person,
        "partners/invitation",
        {
            "organisation": invitation.organisation,
            "invited_by": invitation.created_by,
            "link": outbox.link(person, "accept_invitation", token=token),
            "expires_at": invitation.expires_at,
        },
        useless_after=invitation.expires_at,
    )
