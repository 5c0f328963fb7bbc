"""What both are told when somebody has handed over what they answer for."""

from collections.abc import Sequence

from learning.models import Intention, Registration
from partners.models import Membership
from partners.post import outbox


def handed_over(
    leaver: Membership,
    successor: Membership,
    *,
    seats: Sequence[Registration],
    given_back: Sequence[Registration],
    steps: Sequence[Intention],
    is_contact: bool,
) -> None:
    """One letter to each of the two, with what has moved; nobody else hears of it."""
    about: dict[str, object] = {
        "leaver": leaver.person,
        "successor": successor.person,
        "organisation": leaver.organisation,
        "seats": seats,
        "given_back": given_back,
        "steps": steps,
        "is_contact": is_contact,
    }
    key = f"northstar.handover:{leaver.pk}:"
    outbox.put(f"{key}leaver", leaver.person, "northstar/handed_over", about)
    link = outbox.link(successor.person, "home")
    outbox.put(f"{key}successor", successor.person, "northstar/taken_over", about | {"link": link})
