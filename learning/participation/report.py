"""Participation: who took part in the sessions of a period, added up.

A session counts if it was published, not cancelled, and began in the period, of which both days
belong to it (local time). What each figure counts is said in DEFINITIONS, which the page and the
files show; the conditions themselves are places.COUNTED.

    registered = attended with a registration + did not come + attendance not noted
    attended   = attended with a registration + walk-ins
"""

import enum
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from learning.models import LearningSession
from learning.participation import rows as places
from learning.participation.rows import UNKNOWN, Counts, Period
from partners.models import Membership, Organisation, OrganisationStatus, Sector, User

DEFINITIONS: list[tuple[str | Promise, str | Promise]] = [
    (
        gettext_lazy("Sessions"),
        gettext_lazy(
            "Published sessions that were not cancelled and have begun in the period. "
            "The first and the last day belong to the period."
        ),
    ),
    (
        pgettext_lazy("how many", "Registered"),
        gettext_lazy(
            "Registrations with a seat that were not given back. "
            "Registered = attended with a registration + did not come + not noted."
        ),
    ),
    (
        gettext_lazy("Attended"),
        gettext_lazy("Everybody who was noted as present, with or without a registration."),
    ),
    (
        gettext_lazy("Walk-ins"),
        gettext_lazy("Those present without a seat. They are part of Attended."),
    ),
    (
        gettext_lazy("Did not come"),
        gettext_lazy("Registered and noted as absent, also those who were excused."),
    ),
    (
        gettext_lazy("Of whom excused"),
        gettext_lazy(
            "Those who did not come and had told us that they could not. "
            "They are part of Did not come."
        ),
    ),
    (
        gettext_lazy("Not noted"),
        gettext_lazy("Registered, but nobody noted whether they came. Unknown is not absent."),
    ),
    (
        gettext_lazy("Waiting list"),
        gettext_lazy("Still in the queue for a seat. They are not part of Registered."),
    ),
    (
        gettext_lazy("Turnout"),
        gettext_lazy(
            "Attended with a registration, as a share of the registered whose attendance was noted."
        ),
    ),
    (
        gettext_lazy("Person-hours"),
        gettext_lazy(
            "The length of the session, added up for everybody who was present; of those who came "
            "later or left earlier only the time they were there."
        ),
    ),
    (
        gettext_lazy("Organisations"),
        gettext_lazy(
            "Organisations with somebody present. In the total each organisation counts once, "
            "so it can be less than the sum of the rows."
        ),
    ),
    (
        gettext_lazy("First time"),
        gettext_lazy("People who attended a session for the first time ever in the period."),
    ),
    (
        gettext_lazy("Partners reached"),
        gettext_lazy(
            "Partners with somebody present, out of all who were partners on the last day of "
            "the period, or are partners today if that day has not come."
        ),
    ),
    (
        gettext_lazy("Organisation"),
        gettext_lazy(
            "The one the person came for, as it was noted at the session or else at registration."
        ),
    ),
]


class By(enum.StrEnum):
    """What a row of the report adds up."""

    ORGANISATION = "organisation"
    SECTOR = "sector"
    SERIES = "series"
    SESSION = "session"


@dataclass(frozen=True)
class Row:
    """The figures of one organisation, sector, series or session, or of all."""

    key: str  # what the row adds up: an id, a sector, or UNKNOWN; "" for all
    name: str
    day: date | None  # of a session, local
    sessions: int  # held; of an organisation or sector: with somebody registered or present
    registered: int
    attended: int
    attended_registered: int
    walk_ins: int  # part of attended
    absent: int
    excused: int  # part of absent
    not_noted: int
    queued: int
    hours: Decimal  # person-hours
    organisations: int  # with somebody present, each once
    first_timers: int
    last: datetime | None = None  # when the latest session with somebody present began

    @property
    def turnout(self) -> Decimal | None:
        """Share of one; None where nobody's attendance was noted."""
        noted = self.attended_registered + self.absent
        return Decimal(self.attended_registered) / noted if noted else None


@dataclass(frozen=True)
class Unseen:
    """A partner without anybody present in the period, and whom to ask."""

    organisation: Organisation
    contacts: list[User]


@dataclass(frozen=True)
class Reach:
    """How many partners of a sector were reached, of all it has."""

    sector: str
    name: str
    reached: int
    partners: int


@dataclass(frozen=True)
class Before:
    """The same days a year before."""

    period: Period
    sessions: list[LearningSession]
    total: Row
    reached: int
    partners: int


@dataclass(frozen=True)
class Report:
    """The rows of a period, their total, and which partners were reached."""

    period: Period
    by: By
    sessions: list[LearningSession]
    rows: list[Row]
    total: Row
    partners: int  # at the end of the period
    reached: int  # of those partners
    not_partners: int  # organisations reached that are not among those partners
    unseen: list[Unseen]
    reach: list[Reach]  # of sectors that have partners, the best reached first


def report(period: Period, by: By, user: User | AnonymousUser, now: datetime) -> Report:
    """Add up the sessions of the period that *user* may see. Four queries; one without sessions."""
    sessions = places.begun_in(period, user, now)
    if not sessions:
        return Report(period, by, [], [], NOTHING, 0, 0, 0, [], [])
    found = places.counts([session.pk for session in sessions], by)
    organisations = {o.pk: o for o in Organisation.objects.in_order()}
    seen = set(found[""].seen)
    partners = _partners(period, organisations, now)
    unseen = [o for o in partners if o.pk not in seen]
    return Report(
        period=period,
        by=by,
        sessions=sessions,
        rows=_rows(GROUPINGS[by](sessions, organisations), found),
        total=_row(found[""], _("Total"), None, len(sessions)),
        partners=len(partners),
        reached=len(partners) - len(unseen),
        not_partners=len(seen - {o.pk for o in partners}),
        unseen=_with_contacts(unseen),
        reach=_reach(partners, seen),
    )


SORTS: dict[str, Callable[[Row], Any]] = {
    "registered": lambda row: row.registered,
    "attended": lambda row: row.attended,
    "absent": lambda row: row.absent,
    "turnout": lambda row: -1 if row.turnout is None else row.turnout,
    "hours": lambda row: row.hours,
    "last": lambda row: row.last.timestamp() if row.last else 0,
}


def ordered(rows: list[Row], sort: str) -> list[Row]:
    """The rows by a key of SORTS, falling where it begins with "-"; else as they are, by name."""
    key = SORTS.get(sort.lstrip("-"))
    if key is None:
        return rows[::-1] if sort == "-name" else rows
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def before(period: Period, user: User | AnonymousUser, now: datetime) -> Before | None:
    """The period a year before; None where nothing was held then. Three queries at most."""
    earlier = Period(_a_year_before(period.first), _a_year_before(period.last))
    sessions = places.begun_in(earlier, user, now)
    if not sessions:
        return None
    counted = places.counts([session.pk for session in sessions], By.SERIES)[""]
    organisations = {o.pk: o for o in Organisation.objects.all()}
    partners = {o.pk for o in _partners(earlier, organisations, now)}
    return Before(
        earlier,
        sessions,
        _row(counted, _("Total"), None, len(sessions)),
        reached=len(partners & set(counted.seen)),
        partners=len(partners),
    )


def _a_year_before(day: date) -> date:
    """The same day of the year before; the 28th of February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _partners(
    period: Period, organisations: dict[int, Organisation], now: datetime
) -> list[Organisation]:
    day = min(period.last, timezone.localdate(now))
    return [one for one in organisations.values() if _was_partner(one, day)]


def _reach(partners: list[Organisation], seen: set[int]) -> list[Reach]:
    names = {value: str(label) for value, label in Sector.choices} | {"": _("Sector not known")}
    of_all = Counter(one.sector for one in partners)
    reached = Counter(one.sector for one in partners if one.pk in seen)
    found = [
        Reach(sector or UNKNOWN, name, reached[sector], of_all[sector])
        for sector, name in names.items()
        if of_all[sector]
    ]
    return sorted(found, key=lambda one: (-one.reached / one.partners, -one.partners))


def _was_partner(organisation: Organisation, day: date) -> bool:
    """Whether it had joined by that *day* and not left; when is not known of all who have left."""
    joined, left = organisation.joined_on, organisation.left_on
    if organisation.status == OrganisationStatus.PROSPECT or (joined and joined > day):
        return False
    if left is None:
        return organisation.status == OrganisationStatus.ACTIVE
    return left > day


def _with_contacts(organisations: list[Organisation]) -> list[Unseen]:
    """The organisations with their contact persons, in the same order. One query."""
    contacts: dict[int, list[User]] = {organisation.pk: [] for organisation in organisations}
    memberships = Membership.objects.contact_persons().filter(organisation__in=organisations)
    for membership in memberships.select_related("person").order_by("person__sort_name", "pk"):
        contacts[membership.organisation_id].append(membership.person)
    return [Unseen(organisation, contacts[organisation.pk]) for organisation in organisations]


@dataclass(frozen=True)
class Grouping:
    """What a row adds up: the keys of places.KEYS in the order of the rows, with their names."""

    sessions: list[LearningSession]  # in order of time
    organisations: dict[int, Organisation]  # in Swedish order

    def names(self) -> dict[str, str]:
        raise NotImplementedError

    def day(self, key: str) -> date | None:
        """When it was; None for what has more days than one."""
        return None

    def held(self) -> dict[str, int]:
        """How many sessions each key had by itself, whether anybody came or not."""
        return {}


class ByOrganisation(Grouping):
    def names(self) -> dict[str, str]:
        named = {str(pk): organisation.name for pk, organisation in self.organisations.items()}
        return named | {UNKNOWN: _("No organisation")}


class BySector(Grouping):
    def names(self) -> dict[str, str]:
        named = {key: str(label) for key, label in Sector.choices}
        return named | {UNKNOWN: _("Sector not known")}


class BySeries(Grouping):
    def names(self) -> dict[str, str]:
        return {str(session.series_id): session.series.title for session in self.sessions}

    def held(self) -> dict[str, int]:
        return Counter(str(session.series_id) for session in self.sessions)


class BySession(Grouping):
    def names(self) -> dict[str, str]:
        return {str(session.pk): session.title for session in self.sessions}

    def day(self, key: str) -> date:
        return self.days[key]

    def held(self) -> dict[str, int]:
        return dict.fromkeys(self.days, 1)

    @cached_property
    def days(self) -> dict[str, date]:
        return {str(s.pk): timezone.localdate(s.starts_at) for s in self.sessions}


GROUPINGS: dict[By, type[Grouping]] = {
    By.ORGANISATION: ByOrganisation,
    By.SECTOR: BySector,
    By.SERIES: BySeries,
    By.SESSION: BySession,
}


def _rows(grouping: Grouping, found: dict[str, Counts]) -> list[Row]:
    """One row for each key that has something to count, if only that it was held."""
    held = grouping.held()
    rows = [
        _row(found.get(key) or _none(key), name, grouping.day(key), held.get(key))
        for key, name in grouping.names().items()
    ]
    return [row for row in rows if row.sessions]


def _none(key: str) -> Counts:
    return Counts(key, 0, Decimal(0), [], None, *[0] * len(places.FIGURES))


def _row(counts: Counts, name: str, day: date | None, held: int | None = None) -> Row:
    return Row(
        key=counts.key,
        name=name,
        day=day,
        sessions=counts.sessions if held is None else held,
        hours=counts.hours,
        organisations=len(counts.seen),
        last=counts.last,
        **counts.figures,
    )


NOTHING = _row(_none(""), "", None)
