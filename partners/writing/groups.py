"""Groups of people that can be written to: named here by whoever knows their people.

An app to the right hands its own in: occasions of which each has its groups (a Source), and groups
that are about nothing in particular. The room knows them by their keys alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import (
    BouncedAddress,
    Mailing,
    Membership,
    Organisation,
    SwitchedOff,
    Topic,
    User,
    UserQuerySet,
)

Words = str | Promise


@dataclass(frozen=True)
class Group:
    """People who can be written to together; who they are is asked anew each time."""

    key: str
    name: Words
    people: Callable[[], UserQuerySet]
    why: Callable[[], str]  # one gets it: what follows “because”, in the language that is active
    is_own: bool = False  # it is about a place of their own, which nobody can decline
    but: Callable[[], str] = str  # who is not among them, though other pages count them

    def reachable(self) -> UserQuerySet:
        """Those of them who have an address."""
        return self.people().active().filter(email__gt="")

    def reading(self) -> UserQuerySet:
        """Those of them who get what is written to them."""
        if self.is_own:
            return self.reachable()
        return self.reachable().exclude(_is_off()).exclude(_is_dead())


@dataclass(frozen=True)
class Occasion:
    """What is written about, and who can be written to about it."""

    key: str
    title: str
    address: str
    groups: Sequence[Group]
    heading: Words = gettext_lazy("Write to participants")

    def chosen(self, keys: Collection[str]) -> list[Group]:
        """The groups of *keys*; those that are no more are left out."""
        return [group for group in self.groups if group.key in keys]


@dataclass(frozen=True)
class Source:
    """Occasions of one kind, as the app that knows them hands them in. A query a function."""

    prefix: str  # of their keys: "learning.session" of "learning.session:5"
    find: Callable[[str], Occasion | None]
    titles: Callable[[Collection[str]], Mapping[str, str]]
    led_by: Callable[[User], Collection[str]]  # those about which somebody may write


@dataclass(frozen=True)
class Reach:
    """How many get an e-mail, each counted once, and how many get none, and why."""

    people: int
    without_address: int = 0
    unwilling: int = 0  # have switched off what they have not asked for
    unreached: int = 0  # e-mails to their address come back


_SOURCES: dict[str, Source] = {}
_FOR_ALL: list[Group] = []


def offer(source: Source) -> Source:
    """Let people write about occasions of this *source*, too."""
    _SOURCES[source.prefix] = source
    return source


def offer_to_all(*groups: Group) -> None:
    """Let coordinators write to these *groups*, whatever it is about."""
    known = {group.key for group in _FOR_ALL}
    _FOR_ALL.extend(group for group in groups if group.key not in known)


def about(key: str) -> Occasion | None:
    """What *key* names, "" for nothing in particular; None if there is no such thing."""
    if not key:
        return Occasion("", "", "", tuple(_FOR_ALL), gettext_lazy("Write to partners"))
    source = _source_of(key)
    return source.find(key) if source else None


def is_known(key: str) -> bool:
    """Whether whoever knows the people of occasion *key* has handed them in."""
    return not key or _source_of(key) is not None


def led_by(user: User) -> list[str]:
    """The occasions about which *user*, who is no coordinator, may write. A query a source."""
    if user.is_coordinator or not user.is_staff_of_portal:
        return []
    return [key for source in _SOURCES.values() for key in source.led_by(user)]


def may_write(user: User, key: str) -> bool:
    """Coordinators about anything and to anybody; leads about what they lead."""
    return user.is_coordinator or (key != "" and key in led_by(user))


def titles(keys: Iterable[str]) -> dict[str, str]:
    """What each occasion is called. A query a source."""
    asked = set(keys)
    found: dict[str, str] = {}
    for source in _SOURCES.values():
        own = {key for key in asked if _source_of(key) is source}
        found |= source.titles(own) if own else {}
    return found


def of(mailing: Mailing) -> list[Group]:
    """The groups *mailing* is for, as they are now."""
    occasion = about(mailing.occasion)
    return occasion.chosen(mailing.groups) if occasion else []


def reach(groups: Sequence[Group]) -> Reach:
    """Who would be written to in all *groups* together. One query.

    What is about a place of one's own nobody can decline, and it is tried also where e-mails come
    back.
    """
    if not groups:
        return Reach(0)
    people = User.objects.active().filter(_in_any(groups))
    has_address, may_decline = Q(email__gt=""), ~_in_any([one for one in groups if one.is_own])
    told = people.annotate(is_off=_is_off(), is_dead=_is_dead()).aggregate(
        all=Count("pk"),
        reached=Count("pk", filter=has_address),
        off=Count("pk", filter=has_address & may_decline & Q(is_off=True)),
        dead=Count("pk", filter=has_address & may_decline & Q(is_off=False, is_dead=True)),
    )
    gets_it = told["reached"] - told["off"] - told["dead"]
    return Reach(gets_it, told["all"] - told["reached"], told["off"], told["dead"])


def _is_off() -> Q:
    """Whether a person has switched off what nobody asked for."""
    off = SwitchedOff.objects.filter(topic__in=[Topic.NEWS, Topic.ALL])
    return Q(pk__in=off.values("person"))


def _is_dead() -> Q:
    """Whether e-mails to a person come back."""
    return Q(email__in=BouncedAddress.objects.standing().values("address"))


def _in_any(groups: Sequence[Group]) -> Q:
    return reduce(or_, (Q(pk__in=group.people().values("pk")) for group in groups), Q(pk__in=[]))


def _source_of(key: str) -> Source | None:
    return _SOURCES.get(key.rpartition(":")[0])


# Those of the partners themselves


def contacts_of(organisations: Iterable[Organisation]) -> UserQuerySet:
    """The contact persons of *organisations*, which are a query of them."""
    held = Membership.objects.contact_persons().filter(organisation__in=organisations)
    return User.objects.filter(pk__in=held.values("person"))


def _contacts() -> UserQuerySet:
    return contacts_of(Organisation.objects.partners())


def _members() -> UserQuerySet:
    held = Membership.objects.for_partners()
    return User.objects.filter(pk__in=held.values("person"))


def _without_contact() -> UserQuerySet:
    alone = Organisation.objects.partners().without_contact_person()
    held = Membership.objects.current().filter(organisation__in=alone)
    return User.objects.filter(pk__in=held.values("person"))


offer_to_all(
    Group(
        "partners.contacts",
        gettext_lazy("Contact persons of all partners"),
        _contacts,
        lambda: _("you are a contact person of a partner"),
    ),
    Group(
        "partners.members",
        gettext_lazy("Everybody who acts for a partner"),
        _members,
        lambda: _("you act for a partner"),
    ),
    Group(
        "partners.not_logged_in",
        gettext_lazy("Contact persons who have never logged in"),
        lambda: _contacts().filter(last_login=None),
        lambda: _("you are a contact person of a partner"),
    ),
    Group(
        "partners.without_contact",
        gettext_lazy("People of partners that have no contact person"),
        _without_contact,
        lambda: _("you act for a partner that has no contact person"),
    ),
)
