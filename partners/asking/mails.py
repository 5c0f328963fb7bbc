"""What is written about enquiries: to whoever wrote them, and to the coordinators."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import translation

from partners.models import ANSWERED_WITHIN, Enquiry, User
from partners.post import outbox

MOST_NAMED = 20  # in one letter to the coordinators; the others stand on the page


def confirm_address(enquiry: Enquiry, token: str, *, expires_at: datetime) -> None:
    """Ask whoever reads the address whether they wrote it.

    It repeats nothing of what was typed: anybody can type anything beside the address of another.
    """
    reader = _writer(enquiry)
    context = {
        "link": outbox.link(reader, "enquiry_confirm", token=token),
        "expires_at": expires_at,
    }
    outbox.put_to_stranger(
        _keys(enquiry)[0],
        reader,
        "partners/confirm_wish" if enquiry.wants_to_join else "partners/confirm_address",
        context,
        useless_after=expires_at,
    )


def enquiry_received(enquiry: Enquiry) -> None:
    """Say that it has arrived, and within how many days it is answered."""
    context = {"enquiry": enquiry, "days": ANSWERED_WITHIN}
    reader = outbox.Stranger(enquiry.email, enquiry.language, enquiry.name)
    letter = "partners/wish_received" if enquiry.wants_to_join else "partners/enquiry_received"
    outbox.put_to_stranger(_keys(enquiry)[1], reader, letter, context)


def forget(enquiries: Sequence[Enquiry]) -> None:
    """Delete what was written to the writers of *enquiries*."""
    outbox.forget([key for enquiry in enquiries for key in _keys(enquiry)])


def new_enquiries(enquiries: Sequence[Enquiry], now: datetime) -> None:
    """Tell the coordinators of all that is new, in one letter. Two queries."""
    copies = [
        outbox.Copy(f"partners.new_enquiries:{now:%Y%m%dT%H%M%S}:{person.pk}", person)
        for person in User.objects.coordinators()
    ]
    outbox.put_to_many(copies, "partners/new_enquiries", _told(enquiries))


def _told(enquiries: Sequence[Enquiry]) -> Callable[[str], dict[str, object]]:
    def context(language: str) -> dict[str, object]:
        reader = outbox.Stranger("", language)
        with translation.override(language):
            return {
                "enquiries": enquiries[:MOST_NAMED],
                "number": len(enquiries),
                "more": max(0, len(enquiries) - MOST_NAMED),
                "link": outbox.link(reader, "enquiry_list"),
                "days": ANSWERED_WITHIN,
            }

    return context


def _writer(enquiry: Enquiry) -> outbox.Stranger:
    return outbox.Stranger(enquiry.email, enquiry.language)


def _keys(enquiry: Enquiry) -> tuple[str, str]:
    """The occasions of the letter that asks, and of the one that thanks."""
    return f"partners.enquiry:{enquiry.pk}:confirm", f"partners.enquiry:{enquiry.pk}:received"
