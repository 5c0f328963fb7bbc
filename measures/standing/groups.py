"""The people of partners picked from the table of cards, as groups to write to."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures.models import Pick
from partners.models import Membership, Organisation, OrganisationQuerySet, User, UserQuerySet
from partners.requests import DIGITS
from partners.writing.groups import Group, Occasion, Source, contacts_of, offer

PREFIX = "measures.picked"


def key_of(pick: Pick) -> str:
    """What a mailing to the picked is about."""
    return f"{PREFIX}:{pick.pk}"


def _pks(keys: Collection[str]) -> list[int]:
    """The picks of *keys*; what cannot be one is passed over: people write in addresses."""
    numbers = (key.rpartition(":")[2] for key in keys)
    return [int(n) for n in numbers if n.isascii() and n.isdecimal() and len(n) <= DIGITS]


def find(key: str) -> Occasion | None:
    found = Pick.objects.filter(pk__in=_pks([key])).first()
    if found is None or key_of(found) != key:
        return None
    partners = Organisation.objects.partners().filter(pk__in=found.organisations)
    return Occasion(
        key,
        _title(found),
        reverse("partner_cards"),
        _groups_of(key, partners),
        gettext_lazy("Write to the partners you picked"),
    )


def titles(keys: Collection[str]) -> dict[str, str]:
    return {key_of(one): _title(one) for one in Pick.objects.filter(pk__in=_pks(keys))}


def led_by(user: User) -> list[str]:
    """No project lead's: coordinators alone pick partners."""
    return []


def _title(found: Pick) -> str:
    number = len(found.organisations)
    return ngettext("%(n)d picked partner", "%(n)d picked partners", number) % {"n": number}


def _groups_of(key: str, partners: OrganisationQuerySet) -> list[Group]:
    def everybody() -> UserQuerySet:
        held = Membership.objects.current().filter(organisation__in=partners)
        return User.objects.filter(pk__in=held.values("person"))

    return [
        Group(
            f"{key}:contacts",
            gettext_lazy("Contact persons of the picked partners"),
            lambda: contacts_of(partners),
            lambda: _("you are a contact person of a partner"),
        ),
        Group(
            f"{key}:everybody",
            gettext_lazy("Everybody who acts for the picked partners"),
            everybody,
            lambda: _("you act for a partner"),
        ),
    ]


offer(Source(PREFIX, find, titles, led_by))
