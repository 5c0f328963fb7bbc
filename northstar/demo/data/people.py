"""The demo's organisations and people, and the four whom a visitor can be."""

import hashlib
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.text import slugify

from northstar.demo.data import words
from northstar.demo.data.doings import DOINGS
from partners.models import (
    FocusArea,
    Invitation,
    Language,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationStatus,
    Sector,
    StaffRole,
    User,
)

# Whom a visitor of the demo can be: key → (name, address)
PERSONAS = {
    "member": ("Maja Sandberg", "maja.sandberg@norrskenets-bygg.example"),
    "contact": ("Anders Nygren", "anders.nygren@norrskenets-bygg.example"),
    "lead": ("Elin Lundmark", "elin.lundmark@rise.example"),
    "coordinator": ("Jonas Wikström", "jonas.wikstrom@umea-kommun.example"),
}
UNSEEN = 7  # organisations that nobody has seen at a session
NEW = 3  # organisations that have joined of late
UNINVITED = 5  # of the unseen, those whose contact person has not been invited yet


@dataclass
class Cast:
    """Everybody, in the order they were made; members[i] act for organisations[i]."""

    organisations: list[Organisation]
    members: list[list[User]]
    contacts: list[User]
    member: User
    contact: User
    lead: User
    coordinator: User
    areas: dict[str, FocusArea]

    def going_out(self) -> list[tuple[Organisation, User]]:
        """The people of the organisations that come to sessions, each with the organisation."""
        seen = range(len(self.organisations) - UNSEEN)
        return [(self.organisations[i], person) for i in seen for person in self.members[i]]


def build(count: int, people: int, chance: random.Random, now: datetime) -> Cast:
    """Make *count* organisations with together about *people* members, and the staff."""
    organisations = _organisations(count, now)
    names = _names(people, chance)
    members: list[list[User]] = []
    for place, organisation in enumerate(organisations):
        share = people // count + (1 if place < people % count else 0)
        given = [names.pop() for _ in range(max(share, 1))]
        if place == 0:
            given[:2] = [PERSONAS["contact"][0], PERSONAS["member"][0]]
        members.append([_person(name, organisation.slug, chance, now) for name in given])
    lead = _person(PERSONAS["lead"][0], "rise", chance, now)
    lead.staff_role = StaffRole.PROJECT_LEAD
    coordinator = _person(PERSONAS["coordinator"][0], "umea-kommun", chance, now)
    coordinator.staff_role = StaffRole.COORDINATOR
    for person in members[-UNINVITED:]:
        person[0].last_login = None
    User.objects.bulk_create([*(p for group in members for p in group), lead, coordinator])
    cast = Cast(
        organisations,
        members,
        [group[0] for group in members],
        members[0][1 % len(members[0])],
        members[0][0],
        lead,
        coordinator,
        {area.key: area for area in FocusArea.objects.all()},
    )
    _memberships(cast, now)
    _areas(cast, chance)
    _invitations(cast, chance, now)
    _asked(cast, chance, now)
    _has_left(cast, chance, now)
    return cast


def _organisations(count: int, now: datetime) -> list[Organisation]:
    found = [*words.ORGANISATIONS[:count]]
    sectors = list(Sector.values)
    found += [
        (f"Exempelverket {number}", sectors[number % len(sectors)])
        for number in range(len(found) + 1, count + 1)
    ]
    this_year = now.year
    made = []
    for number, (name, sector) in enumerate(found):
        slug = slugify(name)
        year = this_year - 4 + (number * 3) // max(count - 1, 1)
        made.append(
            Organisation(
                name=name,
                slug=slug,
                sector=sector,
                status=OrganisationStatus.ACTIVE,
                website=f"https://www.{slug}.example/",
                joined_on=date(year, 11 if number % 3 else 12, 1 + number % 28)
                if number < count - NEW
                else (now - timedelta(days=30 + 17 * (count - number))).date(),
                created_at=now - timedelta(days=800 - number),
            )
        )
    return Organisation.objects.bulk_create(made)


def _names(people: int, chance: random.Random) -> list[str]:
    taken = {name for name, _address in PERSONAS.values()}
    every = [f"{first} {last}" for last in words.LAST_NAMES for first in words.FIRST_NAMES]
    every = [name for name in every if name not in taken]
    chance.shuffle(every)
    more = [f"{name} {turn}" for turn in range(2, people // len(every) + 3) for name in every]
    return (every + more)[: people + 100]


def _person(name: str, domain: str, chance: random.Random, now: datetime) -> User:
    person = User(
        email=f"{slugify(name).replace('-', '.')}@{domain}.example",
        name=name,
        phone=f"070-000 {chance.randrange(100):02d} {chance.randrange(100):02d}",
        language=Language.ENGLISH if chance.random() < 0.04 else Language.SWEDISH,
        date_joined=now - timedelta(days=chance.randrange(200, 700)),
        last_login=now - timedelta(days=chance.randrange(1, 90), minutes=chance.randrange(600)),
        password="!demo",  # noqa: S106 (unusable: the demo logs in with a click, others by a code)
    )
    if name in {known for known, _address in PERSONAS.values()}:
        person.language = Language.SWEDISH
    return person


def _memberships(cast: Cast, now: datetime) -> None:
    contact, member = MembershipRole.CONTACT_PERSON, MembershipRole.MEMBER
    Membership.objects.bulk_create(
        Membership(
            person=person,
            organisation=organisation,
            role=member if number else contact,
            created_at=now - timedelta(days=600 - number),
            created_by=cast.coordinator,
        )
        for organisation, group in zip(cast.organisations, cast.members, strict=True)
        for number, person in enumerate(group)
    )
    staff = [(cast.lead, "rise"), (cast.coordinator, "umea-kommun")]
    homes = {organisation.slug: organisation for organisation in cast.organisations}
    Membership.objects.bulk_create(
        Membership(person=person, organisation=homes[slug], role=member, created_at=now)
        for person, slug in staff
        if slug in homes
    )


def _areas(cast: Cast, chance: random.Random) -> None:
    through = Organisation.focus_areas.through
    every = list(cast.areas)
    through.objects.bulk_create(
        through(organisation_id=organisation.pk, focusarea_id=cast.areas[key].pk)
        for organisation in cast.organisations
        for key in _areas_of(organisation.name, every, chance)
    )


def _areas_of(name: str, every: list[str], chance: random.Random) -> list[str]:
    """Those it does something in, and sometimes one more that it has promised to begin with."""
    own = {doing.area for doing in DOINGS.get(name, ())}
    if not own or (len(own) < 3 and chance.random() < 0.3):
        own.add(chance.choice(every))
    return sorted(own)


def _invitations(cast: Cast, chance: random.Random, now: datetime) -> None:
    Invitation.objects.bulk_create(
        Invitation(
            person=person,
            organisation=organisation,
            token_hash=hashlib.sha256(chance.randbytes(32)).hexdigest(),
            created_at=now - timedelta(days=500),
            created_by=cast.coordinator,
            expires_at=now - timedelta(days=470),
            accepted_at=now - timedelta(days=chance.randrange(471, 499)),
        )
        for organisation, person in list(zip(cast.organisations, cast.contacts, strict=True))[
            :-UNINVITED
        ]
    )


def _asked(cast: Cast, chance: random.Random, now: datetime) -> None:
    """Somebody whom the contact person has asked, and who has not answered yet."""
    person = _person("Nina Hedlund", cast.organisations[0].slug, chance, now)
    person.last_login, person.date_joined = None, now - timedelta(days=2)
    person.save()
    Invitation.objects.create(
        person=person,
        organisation=cast.organisations[0],
        name=person.name,
        role=MembershipRole.MEMBER,
        token_hash=hashlib.sha256(chance.randbytes(32)).hexdigest(),
        created_at=now - timedelta(days=2),
        created_by=cast.contact,
        expires_at=now + timedelta(days=28),
    )


def _has_left(cast: Cast, chance: random.Random, now: datetime) -> None:
    """An organisation that was a partner until the summer, and the one who acted for it."""
    slug = slugify(words.HAS_LEFT)
    organisation = Organisation.objects.create(
        name=words.HAS_LEFT,
        slug=slug,
        sector=Sector.BUSINESS,
        status=OrganisationStatus.LEFT,
        joined_on=date(now.year - 3, 11, 30),
        left_on=(now - timedelta(days=150)).date(),
        status_changed_at=now - timedelta(days=150),
        status_changed_by=cast.coordinator,
        created_at=now - timedelta(days=900),
    )
    person = _person("Gunilla Wiklund", slug, chance, now)
    person.save()
    Membership.objects.create(
        person=person,
        organisation=organisation,
        role=MembershipRole.CONTACT_PERSON,
        created_at=now - timedelta(days=600),
        created_by=cast.coordinator,
    )
