"""Whom a row means: organisations by number, name and other spellings, people by address or name.

Everything is loaded once, looked up in memory, and saved in bulk.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_hex

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from partners.models import (
    BouncedAddress,
    FocusArea,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationAlias,
    User,
)
from partners.reading.likeness import Names
from partners.sheets import cells

MOST_ALIKE = 8  # organisations that a question offers


@dataclass
class Found:
    """The organisation a name means, or those it may mean."""

    organisation: Organisation | None = None
    alike: list[Organisation] = field(default_factory=list)
    how: str = ""  # number, name, stem, or clash: number and name point to different ones


class Register:
    """Organisations, people and memberships in memory, with what is to be added and changed.

    New rows are unsaved models, found like the others; save() writes all of it in bulk. Rows are
    told apart by id(): all of them live as long as the register, which holds them.
    """

    def __init__(self) -> None:
        self._by_number: dict[str, Organisation] = {}
        self._by_name: dict[str, Organisation] = {}
        self._by_stem: dict[str, list[Organisation]] = defaultdict(list)
        self._by_pk: dict[str, Organisation] = {}
        self._names = Names()
        self._by_email: dict[str, User] = {}
        self._bounced = dict(BouncedAddress.objects.standing().values_list("address", "bounced_at"))
        self._by_person: dict[tuple[str, int], list[User]] = defaultdict(list)
        self._memberships: dict[tuple[int, int], Membership] = {}
        self._of_person: dict[int, dict[int, Membership]] = defaultdict(dict)
        self._focus: dict[int, set[int]] = defaultdict(set)
        self.organisations: list[Organisation] = []
        self.new_organisations: list[Organisation] = []
        self.new_aliases: list[OrganisationAlias] = []
        self.new_people: list[User] = []
        self.new_memberships: list[Membership] = []
        self.new_focus: dict[int, tuple[Organisation, list[FocusArea]]] = {}
        self.changed: dict[int, tuple[Model, set[str]]] = {}
        self._load()

    # Loading: five queries more.

    def _load(self) -> None:
        for organisation in Organisation.objects.in_order():
            self._know_organisation(organisation)
        by_pk = {organisation.pk: organisation for organisation in self.organisations}
        for alias in OrganisationAlias.objects.all():
            self._by_name.setdefault(alias.folded, by_pk[alias.organisation_id])
        people = self._people = {person.pk: person for person in User.objects.all()}
        for person in people.values():
            if person.email:
                self._by_email[person.email] = person
        self._load_focus()
        for membership in Membership.objects.order_by("ended_at"):
            membership.person = people[membership.person_id]
            membership.organisation = by_pk[membership.organisation_id]
            self._know_membership(membership)
        belonging = {membership.person_id for membership in self._memberships.values()}
        for person in people.values():
            if not person.email and person.pk not in belonging:
                self._by_person[cells.fold(person.name), id(None)].append(person)

    def _load_focus(self) -> None:
        worked_on = Organisation.focus_areas.through.objects.values_list(
            "organisation_id", "focusarea_id"
        )
        for pk, area in worked_on:
            self._focus[pk].add(area)

    def _know_organisation(self, organisation: Organisation) -> None:
        self.organisations.append(organisation)
        if organisation.org_number:
            self._by_number[organisation.org_number] = organisation
        if organisation.pk:
            self._by_pk[str(organisation.pk)] = organisation
        stem = cells.stem(organisation.name)
        self._by_name.setdefault(cells.fold(organisation.name), organisation)
        self._by_stem[stem].append(organisation)
        self._names.add(stem)

    def _know_membership(self, membership: Membership) -> None:
        person, organisation = membership.person, membership.organisation
        known = self._memberships.get((id(person), id(organisation)))
        if known is None or known.ended_at is not None:
            self._memberships[id(person), id(organisation)] = membership
            self._of_person[id(person)][id(organisation)] = membership
        same = self._by_person[cells.fold(person.name), id(organisation)]
        if not any(other is person for other in same):
            same.append(person)

    # Organisations

    def organisation(self, name: str, number: str = "") -> Found:
        """The organisation with this *number*, or this *name*, or those with names nearly alike."""
        return (
            self._by_its_number(name, number)
            or self._by_its_name(name, number)
            or self._by_its_stem(name, number)
        )

    def _by_its_number(self, name: str, number: str) -> Found | None:
        """Whose number it is: a clash if the name is another's, or nothing like its own."""
        numbered = self._by_number.get(number) if number else None
        if numbered is None:
            return None
        named = self._by_name.get(cells.fold(name))
        near = fuzz.token_sort_ratio(cells.stem(name), cells.stem(numbered.name)) >= 50
        if not name or (near and named in (None, numbered)):
            return Found(numbered, how="number")
        return Found(alike=[o for o in (numbered, named) if o], how="clash")

    def _by_its_name(self, name: str, number: str) -> Found | None:
        """Whose name it is, in one of its spellings: a clash if its number is another."""
        named = self._by_name.get(cells.fold(name))
        if named is None:
            return None
        if _clash(named, number):
            return Found(alike=[named], how="clash")
        return Found(named, how="name")

    def _by_its_stem(self, name: str, number: str) -> Found:
        """The only one of that name but for AB and the like, or all that it may be."""
        same_stem = [o for o in self._by_stem[cells.stem(name)] if not _clash(o, number)]
        if len(same_stem) == 1:
            return Found(same_stem[0], how="stem")
        return Found(alike=same_stem or self._alike(name, number))

    def _alike(self, name: str, number: str) -> list[Organisation]:
        """Names that a slip of the pen or some words more make of this one.

        Who tells its number is asked only whether it is the one that its name begins with, such
        as RISE for RISE Research Institutes of Sweden; another's number is another's.
        """
        stem = cells.stem(name)
        fuller = [*self._names.within(stem), *self._names.around(stem)]
        if number:
            fuller = [p for p in fuller if _begins(stem, cells.stem(self.organisations[p].name))]
        found = dict.fromkeys([*self._names.near(stem), *fuller])
        alike = (self.organisations[place] for place in found)
        return [o for o in alike if not _clash(o, number)][:MOST_ALIKE]

    def add_organisation(self, name: str, **fields: object) -> Organisation:
        organisation = Organisation(name=name, **fields)
        self._know_organisation(organisation)
        self.new_organisations.append(organisation)
        return organisation

    def add_alias(self, name: str, organisation: Organisation) -> None:
        """Remember that *name* means *organisation*."""
        folded = cells.fold(name)[:200]
        if folded and folded not in self._by_name:
            self._by_name[folded] = organisation
            self.new_aliases.append(OrganisationAlias(organisation=organisation, folded=folded))

    # People

    def person(self, name: str, email: str, organisation: Organisation | None) -> list[User]:
        """Whom an address means, else a name in an organisation: none, one, or several."""
        if email:
            known = self._by_email.get(email)
            if known:
                return [known]
        if not name or (organisation is None and email):
            return []
        same = self._by_person.get((cells.fold(name), id(organisation)), [])
        return [person for person in same if not email or not person.email]

    def add_person(self, name: str, email: str, phone: str = "") -> User:
        password = UNUSABLE_PASSWORD_PREFIX + token_hex(20)  # as Django's, which takes 0.2 ms
        person = User(name=name, email=email or None, phone=phone, password=password)
        self.new_people.append(person)
        if email:
            self._by_email[email] = person
        else:
            self._by_person[cells.fold(name), id(None)].append(person)
        return person

    def people_by_pk(self) -> dict[int, User]:
        """Everybody who was saved when this was loaded."""
        return self._people

    def give_address(self, person: User, email: str) -> None:
        self.change(person, "email", email)
        self._by_email[email] = person

    def warnings(self, emails: Iterable[str]) -> list[str]:
        """What is to be said of those of *emails* that do not work."""
        text = _("E-mails to %(email)s have come back since %(day)s. Check the address.")
        return [
            text % {"email": email, "day": date_format(timezone.localdate(since), "j F Y")}
            for email in emails
            if (since := self._bounced.get(email))
        ]

    def membership(self, person: User, organisation: Organisation) -> Membership | None:
        """The current membership, else one that has ended, else None."""
        return self._memberships.get((id(person), id(organisation)))

    def add_membership(
        self, person: User, organisation: Organisation, role: MembershipRole
    ) -> Membership:
        membership = Membership(person=person, organisation=organisation, role=role)
        self.new_memberships.append(membership)
        self._know_membership(membership)
        return membership

    def organisations_of(self, person: User) -> list[Organisation]:
        theirs = self._of_person.get(id(person), {})
        return [m.organisation for m in theirs.values() if m.ended_at is None]

    def organisations_of_address(self, email: str) -> list[Organisation]:
        """Those whom the one with this address acts for; none for an address nobody has."""
        return [
            o for person in self.person("", email, None)[:1] for o in self.organisations_of(person)
        ]

    def contact_person_of(self, *people: User) -> list[Organisation]:
        """The organisations that *people* are contact persons of."""
        theirs = (self._of_person.get(id(person), {}) for person in people)
        return [
            m.organisation
            for memberships in theirs
            for m in memberships.values()
            if m.ended_at is None and m.role == MembershipRole.CONTACT_PERSON
        ]

    def chosen(self, choice: str) -> Organisation | None:
        """The organisation a decision names: its id, or as:<folded name>."""
        if choice.startswith("as:"):
            return self._by_name.get(choice.removeprefix("as:"))
        return self._by_pk.get(choice)

    def number_is_free(self, number: str) -> bool:
        return number not in self._by_number

    def focus_of(self, organisation: Organisation) -> set[int]:
        """Ids of the areas an organisation works in, those that a row has just given it, too."""
        _row, given = self.new_focus.get(id(organisation), (organisation, []))
        return {area.pk for area in given} or self._focus.get(organisation.pk, set())

    # Saving

    @property
    def new_rows(self) -> int:
        return sum(self.counts().values()) + len(self.new_aliases) + len(self.new_focus)

    def counts(self) -> Counter[str]:
        """How many rows of each kind are added."""
        return Counter(
            organisations=len(self.new_organisations),
            people=len(self.new_people),
            memberships=len(self.new_memberships),
        )

    def change(self, row: Model, name: str, value: object) -> None:
        setattr(row, name, value)
        if row.pk:
            self.changed.setdefault(id(row), (row, set()))[1].add(name)

    def sign(self, by: User) -> None:
        """Note who answers for what is about to be saved: memberships, roles, partners."""
        now = timezone.now()
        for membership in self.new_memberships:
            membership.created_by = by
        for row, names in list(self.changed.values()):
            if isinstance(row, Membership | Organisation):
                for name in names & {"role", "status"}:
                    self.change(row, f"{name}_changed_at", now)
                    self.change(row, f"{name}_changed_by", by)

    def save(self) -> None:
        """Write everything: a fixed number of queries, however many rows."""
        _give_slugs(self.organisations)
        Organisation.objects.bulk_create(self.new_organisations)
        User.objects.bulk_create(self.new_people)
        OrganisationAlias.objects.bulk_create(self.new_aliases)
        Membership.objects.bulk_create(self.new_memberships)
        self._save_focus()
        by_model: dict[type[Model], list[tuple[Model, set[str]]]] = defaultdict(list)
        for row, names in self.changed.values():
            by_model[type(row)].append((row, names))
        for model, rows in by_model.items():
            fields = sorted(set().union(*(names for _row, names in rows)))
            model._default_manager.bulk_update([row for row, _n in rows], fields, batch_size=1000)

    def _save_focus(self) -> None:
        through = Organisation.focus_areas.through
        through.objects.bulk_create(
            [
                through(organisation=organisation, focusarea=area)
                for organisation, areas in self.new_focus.values()
                for area in areas
            ],
            ignore_conflicts=True,
        )


def each_once(organisations: Iterable[Organisation]) -> list[Organisation]:
    """*organisations* in order without repeats; those not saved yet have no hash."""
    return list({id(organisation): organisation for organisation in organisations}.values())


def _begins(one: str, other: str) -> bool:
    """Whether one of two names is the first words of the other."""
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _clash(organisation: Organisation, number: str) -> bool:
    """Whether *number* says that this is another organisation."""
    return bool(number and organisation.org_number and organisation.org_number != number)


def _give_slugs(organisations: Iterable[Organisation]) -> None:
    taken = {organisation.slug for organisation in organisations if organisation.slug}
    last: Counter[str] = Counter()
    for organisation in organisations:
        if organisation.slug:
            continue
        base = slugify(organisation.name)[:70] or "partner"
        slug = base
        while slug in taken:
            last[base] += 1
            slug = f"{base}-{last[base] + 1}"
        organisation.slug = slug
        taken.add(slug)
