"""Participation: who took part in the sessions of a period, added up.

A session counts if it was published, not cancelled, and began in the period, of which both days
belong to it (local time). What each figure counts is said in DEFINITIONS, which the page and the
files show; the conditions themselves are places.COUNTED.

    registered = attended with a registration + absent + attendance not noted
    attended   = attended with a registration + walk-ins
"""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from learning.models import LearningSession
from learning.participation import rows as places
from learning.participation.rows import Counts, Period
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
            "Registered = attended with a registration + absent + not noted."
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
        gettext_lazy("Absent"),
        gettext_lazy("Registered and noted as absent, also those who had sent word."),
    ),
    (
        gettext_lazy("Had sent word"),
        gettext_lazy("Those of the absent who had told us that they could not come."),
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
        gettext_lazy("The length of the session, added up for everybody who was present."),
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
            "Partners with somebody present, out of all who are partners now "
            "and had joined by the end of the period."
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


UNKNOWN = "none"  # the key of what has no organisation or sector


@dataclass(frozen=True)
class Row:
    """The figures of one organisation, sector, series or session, or of all."""

    key: str  # what the row adds up: an id, a sector, or UNKNOWN; "" for all
    name: str
    day: date | None  # of a session, local
    sessions: int  # sessions with somebody registered or present
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


def report(period: Period, by: By, user: User | AnonymousUser, now: datetime) -> Report:
    """Add up the sessions of the period that *user* may see. Four queries; one without sessions."""
    sessions = places.begun_in(period, user, now)
    if not sessions:
        return Report(period, by, [], [], _add("", "", None, [], {}), 0, 0, 0, [])
    found = places.counts(session.pk for session in sessions)
    organisations = {o.pk: o for o in Organisation.objects.in_order()}
    lengths = {session.pk: places.hours(session) for session in sessions}
    seen = {count.organisation_id for count in found if count.attended} - {None}
    partners = [o for o in organisations.values() if _is_partner_in(o, period)]
    unseen = [o for o in partners if o.pk not in seen]
    return Report(
        period=period,
        by=by,
        sessions=sessions,
        rows=_rows(by, found, sessions, organisations, lengths),
        total=_add("", _("Total"), None, found, lengths),
        partners=len(partners),
        reached=len(partners) - len(unseen),
        not_partners=len(seen - {o.pk for o in partners}),
        unseen=_with_contacts(unseen),
    )


def _is_partner_in(organisation: Organisation, period: Period) -> bool:
    joined = organisation.joined_on
    return organisation.status == OrganisationStatus.ACTIVE and (
        joined is None or joined <= period.last
    )


def _with_contacts(organisations: list[Organisation]) -> list[Unseen]:
    """The organisations with their contact persons, in the same order. One query."""
    contacts: dict[int, list[User]] = {organisation.pk: [] for organisation in organisations}
    memberships = Membership.objects.contact_persons().filter(organisation__in=organisations)
    for membership in memberships.select_related("person").order_by("person__sort_name", "pk"):
        contacts[membership.organisation_id].append(membership.person)
    return [Unseen(organisation, contacts[organisation.pk]) for organisation in organisations]


def _rows(
    by: By,
    found: list[Counts],
    sessions: list[LearningSession],
    organisations: dict[int, Organisation],
    lengths: dict[int, Decimal],
) -> list[Row]:
    """One row for each key that has something to count; names in Swedish order, times in order."""
    series = {session.pk: session.series for session in sessions}

    def sector_of(count: Counts) -> str:
        organisation = organisations.get(count.organisation_id or 0)
        return (organisation.sector if organisation else "") or UNKNOWN

    keys: dict[By, Callable[[Counts], str]] = {
        By.ORGANISATION: lambda count: str(count.organisation_id or UNKNOWN),
        By.SECTOR: sector_of,
        By.SERIES: lambda count: str(series[count.session_id].pk),
        By.SESSION: lambda count: str(count.session_id),
    }
    names: dict[By, dict[str, str]] = {
        By.ORGANISATION: {str(pk): o.name for pk, o in organisations.items()}
        | {UNKNOWN: _("No organisation")},
        By.SECTOR: {key: str(label) for key, label in Sector.choices}
        | {UNKNOWN: _("Sector not known")},
        By.SERIES: {str(s.pk): s.title for s in series.values()},
        By.SESSION: {str(session.pk): session.title for session in sessions},
    }
    groups: dict[str, list[Counts]] = {}
    for count in found:
        groups.setdefault(keys[by](count), []).append(count)
    days = {str(s.pk): timezone.localdate(s.starts_at) for s in sessions}
    rows = [
        _add(key, name, days[key] if by is By.SESSION else None, groups.get(key, []), lengths)
        for key, name in names[by].items()
    ]
    return [row for row in rows if row.registered or row.attended or row.queued]


def _add(
    key: str,
    name: str,
    day: date | None,
    found: Iterable[Counts],
    lengths: dict[int, Decimal],
) -> Row:
    counts = [count for count in found if any(count[2:])]
    return Row(
        key=key,
        name=name,
        day=day,
        sessions=len({count.session_id for count in counts}),
        registered=sum(count.registered for count in counts),
        attended=sum(count.attended for count in counts),
        attended_registered=sum(count.attended_registered for count in counts),
        walk_ins=sum(count.walk_ins for count in counts),
        absent=sum(count.absent for count in counts),
        excused=sum(count.excused for count in counts),
        not_noted=sum(count.not_noted for count in counts),
        queued=sum(count.queued for count in counts),
        hours=sum((count.attended * lengths[count.session_id] for count in counts), Decimal(0)),
        organisations=len({c.organisation_id for c in counts if c.attended} - {None}),
        first_timers=sum(count.first_timers for count in counts),
    )
