"""Who was registered for and seen at which session: the rows every participation figure counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import LearningSession
from partners.models import Organisation, Sector, User

FETCHED = 5_000  # rows fetched at a time


@dataclass(frozen=True)
class Period:
    """Days in local time; the first and the last belong to it."""

    first: date
    last: date

    def moments(self) -> tuple[datetime, datetime]:
        """The midnights it lies between, the second one not included."""
        return (
            timezone.make_aware(datetime.combine(self.first, time())),
            timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time())),
        )


# What a figure counts, as a condition on one place. The figures and the rows behind them both come
# from here, so they cannot disagree. A condition may be NULL, which counts as no.
COUNTED = {
    "registered": "state = 'confirmed'",
    "attended": "status = 'present'",
    "attended_registered": "state = 'confirmed' AND status = 'present'",
    "walk_ins": "state IS DISTINCT FROM 'confirmed' AND status = 'present'",
    "absent": "state = 'confirmed' AND status IN ('absent', 'excused')",
    "excused": "state = 'confirmed' AND status = 'excused'",
    "not_noted": "state = 'confirmed' AND status IS NULL",
    "queued": "state = 'queued'",
    "first_timers": "is_first",
}

# One row for each person and session: a standing registration, what was seen, or both. The
# organisation is the one they were seen for; is_first marks a person's first presence ever, looked
# for only of those who were present at these sessions. Sessions are numbered in their order, so
# that the first one is a smallest number and nothing has to be sorted.
_PLACES = """
    WITH held AS (
        SELECT id AS session_id, row_number() OVER (ORDER BY starts_at, id) AS nth
        FROM learning_learningsession WHERE published_at IS NOT NULL AND cancelled_at IS NULL
    ), first_seen AS (
        SELECT person_id, session_id, true AS is_first
        FROM (
            SELECT person_id, min(nth) AS nth FROM learning_attendance JOIN held USING (session_id)
            WHERE status = 'present'
              AND person_id IN (SELECT person_id FROM learning_attendance
                                WHERE status = 'present' AND session_id = ANY(%(sessions)s))
            GROUP BY person_id
        ) AS one JOIN held USING (nth)
    ), place AS (
        SELECT session_id, person_id, r.state, a.status, a.minutes_present, f.is_first,
               coalesce(a.organisation_id, r.organisation_id) AS organisation_id
        FROM (
            SELECT session_id, person_id, organisation_id, state FROM learning_registration
            WHERE state <> 'withdrawn' AND session_id = ANY(%(sessions)s)
        ) r
        FULL JOIN (
            SELECT session_id, person_id, organisation_id, status, minutes_present
            FROM learning_attendance WHERE session_id = ANY(%(sessions)s)
        ) a USING (session_id, person_id)
        LEFT JOIN first_seen f USING (session_id, person_id)
    )
"""


class Counts(NamedTuple):
    """How many places of a row of the report each figure counts."""

    key: str  # what the row adds up, as KEYS have it; "" for all
    sessions: int  # with somebody registered, waiting or present
    hours: Decimal  # person-hours
    seen: list[int]  # organisations with somebody present
    last: datetime | None  # when the latest session with somebody present began
    registered: int
    attended: int
    attended_registered: int
    walk_ins: int
    absent: int
    excused: int
    not_noted: int
    queued: int
    first_timers: int

    @property
    def figures(self) -> dict[str, int]:
        return dict(zip(FIGURES, self[5:], strict=True))


FIGURES = Counts._fields[5:]

UNKNOWN = "none"  # the key of what has no organisation or sector

# What the rows of a report add up, by its name.
KEYS = {
    "organisation": f"coalesce(c.organisation_id::text, '{UNKNOWN}')",
    "sector": f"coalesce(nullif(o.sector, ''), '{UNKNOWN}')",
    "series": "s.series_id::text",
    "session": "c.session_id::text",
}


def counts(session_ids: Iterable[int], by: str) -> dict[str, Counts]:
    """Count the places of these sessions by a key of KEYS, and all with the key "". One query."""
    figures = ", ".join(f"count(*) FILTER (WHERE {COUNTED[name]}) AS {name}" for name in FIGURES)
    sums = ", ".join(f"coalesce(sum({name}), 0)::bigint" for name in FIGURES)
    length = "extract(epoch FROM s.ends_at - s.starts_at)"
    query = f"""{_PLACES}, counted AS (
            SELECT session_id, organisation_id, {figures},
                   array_agg(minutes_present) FILTER (WHERE minutes_present > 0) AS parts
            FROM place GROUP BY session_id, organisation_id
        ), keyed AS (
            SELECT {KEYS[by]} AS key, s.starts_at, c.*,
                   (attended - coalesce(cardinality(parts), 0)) * {length} + coalesce(
                       (SELECT sum(least(part * 60, {length})) FROM unnest(parts) part), 0
                   ) AS seconds
            FROM counted c
            JOIN learning_learningsession s ON s.id = c.session_id
            LEFT JOIN partners_organisation o ON o.id = c.organisation_id
        )
        SELECT coalesce(key, ''),
               count(DISTINCT session_id) FILTER (WHERE registered + attended + queued > 0),
               coalesce(sum(seconds), 0) / 3600,
               array_agg(DISTINCT organisation_id) FILTER (WHERE attended > 0),
               max(starts_at) FILTER (WHERE attended > 0),
               {sums}
        FROM keyed GROUP BY GROUPING SETS ((key), ())
    """  # noqa: S608 (only conditions from this module)
    with connection.cursor() as cursor:
        cursor.execute(query, {"sessions": list(session_ids)})
        return {row[0]: _counts(row) for row in cursor.fetchall()}


def _counts(row: tuple[Any, ...]) -> Counts:
    """A row as it was read: NULL is an empty list, and in a list it is no organisation."""
    key, sessions, hours, seen, *rest = row
    return Counts(key, sessions, hours, [pk for pk in seen or [] if pk is not None], *rest)


def attended_by_session(session_ids: list[int]) -> dict[int, int]:
    """How many were present at each of these sessions where anybody was. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_id, count(*) FROM learning_attendance"
            " WHERE status = 'present' AND session_id = ANY(%s) GROUP BY session_id",
            [session_ids],
        )
        return dict(cursor.fetchall())


def begun_in(period: Period, user: User | AnonymousUser, now: datetime) -> list[LearningSession]:
    """Sessions *user* may see that began in the period, up to *now*, and were not cancelled.

    In order of time, with their series. One query.
    """
    start, end = period.moments()
    sessions = LearningSession.objects.visible_to(user).live()
    found = sessions.filter(starts_at__gte=start, starts_at__lt=end, starts_at__lte=now)
    return list(found.select_related("series").order_by("starts_at", "pk"))


@dataclass(frozen=True)
class Selection:
    """Which places: of these sessions, and where given only those a figure counts."""

    sessions: list[LearningSession]
    counted: str = ""  # a key of COUNTED
    organisation_ids: list[int] = field(default_factory=list)
    without_organisation: bool = False
    of_all: bool = True  # whatever the organisation; the two fields above say nothing then

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """The WHERE clause and its values."""
        clauses = [f"({COUNTED[self.counted]})"] if self.counted else []
        if not self.of_all:
            none = " OR organisation_id IS NULL" if self.without_organisation else ""
            clauses.append(f"(organisation_id = ANY(%(organisations)s){none})")
        values: dict[str, Any] = {
            "sessions": [session.pk for session in self.sessions],
            "organisations": self.organisation_ids,
        }
        return (f"WHERE {' AND '.join(clauses)}" if clauses else ""), values


class Place(NamedTuple):
    """One person at one session."""

    day: date  # local
    session: str
    series: str
    person: str
    organisation: str | None  # None: not known
    sector: str | None  # None: not known
    registration: str
    attendance: str | None  # None: nobody noted it
    first_time: str
    hours: Decimal | None  # how long those present were there: the session, or a part of it


def hours(session: LearningSession) -> Decimal:
    """Length of a session in hours."""
    return Decimal((session.ends_at - session.starts_at).total_seconds()) / 3600


def numbers(selection: Selection) -> dict[int, int]:
    """How many places there are at each session that has any. One query."""
    where, values = selection.conditions()
    query = f"""{_PLACES}
        SELECT session_id, count(*) FROM place {where} GROUP BY session_id
    """  # noqa: S608 (only conditions from this module)
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return dict(cursor.fetchall())


def page(
    selection: Selection, number_of: dict[int, int], limit: int, skipped: int
) -> Iterator[tuple[int, Place]]:
    """The places of one page, read from the sessions it shows alone, each after its person's key.

    Two queries, see places.

    *number_of* is what numbers gave: it tells where in the list each session stands.
    """
    shown: list[LearningSession] = []
    left = limit + skipped
    for session in selection.sessions:
        number = number_of.get(session.pk, 0)
        if number <= skipped and not shown:
            skipped, left = skipped - number, left - number
        elif left > 0:
            shown.append(session)
            left -= number
    selection = replace(selection, sessions=shown)
    rows = list(_read(selection, limit, skipped))
    return zip((row[-1] for row in rows), _placed(selection, iter(rows)), strict=True)


def places(selection: Selection, limit: int | None = None, skipped: int = 0) -> Iterator[Place]:
    """The places in order of session and person. Two queries, the last one read as it goes.

    Everything that depends on the reader's language is read before this returns.
    """
    return _placed(selection, _read(selection, limit, skipped))


def _placed(selection: Selection, rows: Iterator[tuple[Any, ...]]) -> Iterator[Place]:
    return _named(
        rows,
        {
            s.pk: (timezone.localdate(s.starts_at), s.title, s.series.title)
            for s in selection.sessions
        },
        {session.pk: hours(session) for session in selection.sessions},
        _organisations(),
    )


def _organisations() -> dict[int | None, tuple[str | None, str | None]]:
    """Name and sector of every organisation. One query."""
    sectors = {key: str(label) for key, label in Sector.choices}
    found: dict[int | None, tuple[str | None, str | None]] = {
        pk: (name, sectors.get(sector))
        for pk, name, sector in Organisation.objects.values_list("pk", "name", "sector")
    }
    return found | {None: (None, None)}


def _read(selection: Selection, limit: int | None, skipped: int) -> Iterator[tuple[Any, ...]]:
    """Yield ids, names and states, the person's key last.

    From a cursor on the server, so that memory does not grow.

    The sessions are in order already, so their places in the array order the rows. Where the table
    of sessions is joined for it, PostgreSQL walks through all places anew for each session.
    """
    where, values = selection.conditions()
    query = f"""{_PLACES}
        SELECT session_id, u.name, organisation_id, state, status, minutes_present,
               is_first, u.id
        FROM place
        JOIN unnest(%(sessions)s::bigint[]) WITH ORDINALITY AS s (id, nth) ON s.id = session_id
        JOIN partners_user u ON u.id = person_id
        {where} ORDER BY s.nth, u.sort_name, u.id LIMIT %(limit)s OFFSET %(skipped)s
    """  # noqa: S608 (only conditions from this module)
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, values | {"limit": limit, "skipped": skipped})
        while rows := cursor.fetchmany(FETCHED):
            yield from rows


def _named(
    rows: Iterator[tuple[Any, ...]],
    sessions: dict[int, tuple[date, str, str]],
    lengths: dict[int, Decimal],
    organisations: dict[int | None, tuple[str | None, str | None]],
) -> Iterator[Place]:
    states = {"confirmed": _("registered"), "queued": _("waiting list"), None: _("not registered")}
    statuses = {
        "present": _("present"),
        "part": _("present part of the time"),
        "absent": _("absent"),
        "excused": _("absent, had sent word"),
        None: None,
    }
    first = {True: _("first time"), None: ""}
    make = Place._make
    return (
        make(
            (
                *sessions[session],
                person,
                *organisations[organisation],
                states[state],
                statuses["part" if minutes else status],
                first[is_first],
                _hours(lengths[session], minutes) if status == "present" else None,
            )
        )
        for session, person, organisation, state, status, minutes, is_first, _key in rows
    )


def _hours(whole: Decimal, minutes: int | None) -> Decimal:
    """Of somebody present: all of it, or the part they were there."""
    return whole if minutes is None else min(whole, Decimal(minutes) / 60)
