"""What is written about people who ask to act for an organisation, and where nobody answers."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import translation

from partners.models import CONFIRMED_WITHIN, JoinRequest, Organisation, User
from partners.post import outbox, reaching

MOST_NAMED = 20  # in one letter to the coordinators; the others stand on the page


def confirm_request(asked: JoinRequest, token: str) -> None:
    """Ask whoever reads the address whether they asked.

    It repeats nothing of what was typed: anybody can type anything beside the address of another.
    """
    reader = outbox.Stranger(asked.email, asked.language)
    expires_at = asked.created_at + CONFIRMED_WITHIN
    context: dict[str, object] = {
        "organisation": asked.organisation,
        "link": outbox.link(reader, "ask_to_act_confirm", token=token),
        "expires_at": expires_at,
    }
    letter = "partners/confirm_ask_to_act"
    outbox.put_to_stranger(
        _key(asked, "confirm"), reader, letter, context, useless_after=expires_at
    )


def tell_those_who_decide(asked: JoinRequest) -> None:
    """Tell the contact persons; where nobody can be reached, the coordinators."""

    def context(language: str) -> dict[str, object]:
        reader = outbox.Stranger("", language)
        return {"asked": asked, "link": outbox.link(reader, "join_request", pk=asked.pk)}

    people = reaching.deciders(asked.organisation_id)
    copies = [outbox.Copy(f"{_told(asked)}{person.pk}", person) for person in people]
    outbox.put_to_many(copies, "partners/asks_to_act", context)


def forget_telling(asked: JoinRequest) -> None:
    """It is decided, or asked anew: nobody need be told any more."""
    outbox.drop(_told(asked))


def said_yes(asked: JoinRequest, person: User) -> None:
    """Say that they act for the organisation now, and how one logs in."""
    link = outbox.link(person, "account_login")
    context = {"organisation": asked.organisation, "link": link}
    outbox.put(_key(asked, "yes"), person, "partners/ask_to_act_yes", context)


def said_no(asked: JoinRequest) -> None:
    """Say that it is a no, kindly and without a reason."""
    reader = outbox.Stranger(asked.email, asked.language, asked.name)
    context: dict[str, object] = {"organisation": asked.organisation}
    outbox.put_to_stranger(_key(asked, "no"), reader, "partners/ask_to_act_no", context)


def forget(requests: Sequence[JoinRequest]) -> None:
    """Delete what was written to those who asked; letters to people here are kept."""
    outbox.forget([_key(asked, what) for asked in requests for what in ("confirm", "no")])


def without_contact(organisations: Sequence[Organisation], now: datetime) -> None:
    """Tell the coordinators which partners have no contact person, in one letter."""
    copies = [
        outbox.Copy(f"partners.without_contact:{now:%Y%m%dT%H%M%S%f}:{person.pk}", person)
        for person in User.objects.coordinators()
    ]
    outbox.put_to_many(copies, "partners/without_contact", _without(organisations))


def _without(organisations: Sequence[Organisation]) -> Callable[[str], dict[str, object]]:
    def context(language: str) -> dict[str, object]:
        with translation.override(language):
            return {
                "organisations": organisations[:MOST_NAMED],
                "number": len(organisations),
                "more": max(0, len(organisations) - MOST_NAMED),
                "link": outbox.link(outbox.Stranger("", language), "people_list"),
            }

    return context


def _key(asked: JoinRequest, what: str) -> str:
    return f"partners.join_request:{asked.pk}:{what}"


def _told(asked: JoinRequest) -> str:
    return f"{reaching.prefix(asked.organisation_id)}join_request:{asked.pk}:"
