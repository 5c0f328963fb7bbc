"""What letters can be shown with: handed in by whoever writes them, as the room knows no session.

An app names its letters, says when each is sent, and hands in real things they can be about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import (
    ANSWERED_WITHIN,
    HIDDEN,
    Enquiry,
    MembershipRole,
    Organisation,
    User,
)
from partners.post import kinds, outbox, tokens

Words = str | Promise

FEW = 12  # things one can choose among


@dataclass(frozen=True)
class About:
    """What a letter is called, and when it is sent to whom."""

    name: Words
    sent: Words


@dataclass(frozen=True)
class Thing:
    """Something real that a letter can be about."""

    key: str
    name: str


@dataclass(frozen=True)
class Source:
    """The letters of one kind of thing, as the app that knows it hands them in."""

    name: Words
    letters: Mapping[str, About]
    things: Callable[[], Sequence[Thing]]  # the one that is shown unless another is chosen first
    # What a letter, about the thing of a key, tells a reader in a language; about a made-up thing
    # where there is none of that key.
    context: Callable[[str, str, str, User], Mapping[str, object]]


_SOURCES: dict[str, Source] = {}


def offer(key: str, source: Source) -> Source:
    """Let coordinators see the letters of this *source*."""
    _SOURCES[key] = source
    return source


def all_sources() -> list[Source]:
    """In the order in which their letters are listed."""
    return [_SOURCES[key] for key in sorted(_SOURCES)]


def source_of(letter: str) -> Source | None:
    """Who knows *letter*; None where nobody does, or where nobody may write what it says."""
    if letter not in kinds.editable():
        return None
    return next((one for one in _SOURCES.values() if letter in one.letters), None)


def dead_link(name: str, language: str) -> str:
    """Where the page *name* is, with what opens it hidden."""
    token, _hash = tokens.new()
    reader = outbox.Stranger("", language)
    return outbox.link(reader, name, token=token).replace(token, HIDDEN)


# Those of the partners themselves


def _partners() -> list[Thing]:
    found = Organisation.objects.partners().in_order()[:FEW]
    return [Thing(str(one.pk), one.name) for one in found]


def _of_partners(letter: str, key: str, language: str, reader: User) -> dict[str, object]:
    """One query."""
    found = Organisation.objects.partners().filter(pk=int(key)).first() if key else None
    name = found.name if found else _("Sandstranden AB")
    pages = {
        "partners/address_is_changed": "account_login",
        "partners/confirm_address": "enquiry_confirm",
        "partners/confirm_wish": "enquiry_confirm",
        "partners/confirm_ask_to_act": "ask_to_act_confirm",
        "partners/ask_to_act_yes": "account_login",
    }
    page = pages.get(letter, "accept_invitation")
    here = outbox.Stranger("", language)
    is_open = page == "account_login"
    return {
        "organisation": name,
        "role": MembershipRole.CONTACT_PERSON.label,
        "invited_by": reader,
        "by": reader,
        "link": outbox.link(here, page) if is_open else dead_link(page, language),
        "expires_at": timezone.now() + timedelta(days=14),
        "enquiry": Enquiry(
            organisation=name,
            addressee=reader.name,
            text=_("Here stands what was written.\n\nIt may have several paragraphs."),
        ),
        "days": ANSWERED_WITHIN,
    }


offer(
    "2 partners",
    Source(
        gettext_lazy("Partners and questions"),
        {
            "partners/invitation": About(
                gettext_lazy("Invitation to log in"),
                gettext_lazy("when somebody who acts for a partner is invited to the portal"),
            ),
            "partners/invitation_to_act": About(
                gettext_lazy("Invitation to act for a partner"),
                gettext_lazy("when somebody is asked to act for a partner, and can say yes or no"),
            ),
            "partners/invitation_reminder": About(
                gettext_lazy("Reminder of an invitation"),
                gettext_lazy("when somebody who has not answered an invitation is reminded of it"),
            ),
            "partners/address_is_changed": About(
                gettext_lazy("New e-mail address"),
                gettext_lazy("to the new address, when the address of an account is changed"),
            ),
            "partners/address_was_changed": About(
                gettext_lazy("Former e-mail address"),
                gettext_lazy("to the former address, when the address of an account is changed"),
            ),
            "partners/confirm_address": About(
                gettext_lazy("Confirm a question"),
                gettext_lazy("when somebody without an account has written a question"),
            ),
            "partners/confirm_wish": About(
                gettext_lazy("Confirm the wish to join"),
                gettext_lazy("when somebody has written that their organisation wants to join"),
            ),
            "partners/confirm_ask_to_act": About(
                gettext_lazy("Confirm the wish to act for a partner"),
                gettext_lazy("when somebody without an invitation asks to act for a partner"),
            ),
            "partners/ask_to_act_yes": About(
                gettext_lazy("Yes to somebody who asks to act for a partner"),
                gettext_lazy("when a contact person has said yes to somebody who asked"),
            ),
            "partners/ask_to_act_no": About(
                gettext_lazy("No to somebody who asks to act for a partner"),
                gettext_lazy("when a contact person has said no to somebody who asked"),
            ),
            "partners/enquiry_received": About(
                gettext_lazy("Receipt for a question"),
                gettext_lazy("when whoever wrote a question has confirmed it"),
            ),
            "partners/wish_received": About(
                gettext_lazy("Receipt for the wish to join"),
                gettext_lazy("when whoever wrote that they want to join has confirmed it"),
            ),
        },
        _partners,
        _of_partners,
    ),
)
