"""What partners writes to people: a function a letter."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import translation

from partners.models import Invitation, MembershipRole, Organisation, User
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


def invitations_to_act(tokens: Mapping[Invitation, str]) -> None:
    """Ask many people the same: to act for one organisation, in one role. *tokens* by invitation.

    As many queries for 500 as for one.
    """
    _ask_many("partners/invitation_to_act", "sent", tokens)


def invitations_again(tokens: Mapping[Invitation, str], now: datetime) -> None:
    """Remind people of invitations to one organisation that they have not answered."""
    _ask_many("partners/invitation_reminder", f"reminded:{now:%Y%m%dT%H%M%S%f}", tokens)


def _ask_many(letter: str, occasion: str, tokens: Mapping[Invitation, str]) -> None:
    """The same letter to each, with a link of their own; those asked alike are written alike."""
    alike: dict[tuple[object, ...], dict[Invitation, str]] = {}
    for one, token in tokens.items():
        key = (one.organisation_id, one.role, one.created_by_id, one.expires_at)
        alike.setdefault(key, {})[one] = token
    for group in alike.values():
        first, token = next(iter(group.items()))
        copies = [
            outbox.Copy(f"{_prefix(one)}{occasion}", one.person, token=own)
            for one, own in group.items()
        ]
        outbox.put_to_many(
            copies, letter, _asks(first, token), token=token, useless_after=first.expires_at
        )


def _asks(invitation: Invitation, token: str) -> Callable[[str], dict[str, object]]:
    organisation: Organisation | None = invitation.organisation

    def context(language: str) -> dict[str, object]:
        with translation.override(language):
            return {
                "organisation": organisation,
                "role": str(MembershipRole(invitation.role).label),
                "invited_by": invitation.created_by,
                "link": outbox.link(
                    outbox.Stranger("", language), "accept_invitation", token=token
                ),
                "expires_at": invitation.expires_at,
            }

    return context


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
