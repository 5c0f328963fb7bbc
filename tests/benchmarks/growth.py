"""What a page costs as the work grows: 60, 600 and 5,000 organisations, filled by SQL alone.

Each size has a database of its own, with the product in front of it. The three take turns with each
page, asked as its reader, so that a busy machine slows all alike. A page that shows a page of rows
may not take more than GROWTH times as long at the third size as at the first. Reports and files
are linear by nature: they have to end inside the product's own time limit.
"""

import contextlib
import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import psycopg
from django.core.management import call_command
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from learning.models import Intention, LearningSession, Registration
from learning.participation import rows as places
from measures.models import Measure, MeasureReport
from northstar.demo.data import builder
from partners.models import Membership, Message, Organisation, User
from tests.benchmarks import copying, web
from tests.benchmarks.results import Result

GROWTH = 3  # times, from the first size to the third
FLOOR_S = 0.005  # a page below it costs the frame alone, and its ratio says nothing
TIMES = 15
WARM = 3  # turns that are not counted: both workers have to know their pages
ROWS_AS_CSV = "rows of a year, CSV"
LIMIT_S = 10  # STATEMENT_TIMEOUT of the product


@dataclass(frozen=True)
class Size:
    organisations: int
    people: int
    sessions: int
    registrations: int
    measures: int
    letters: int


SIZES = [
    Size(60, 2_000, 200, 10_000, 500, 10_000),
    Size(600, 20_000, 2_000, 100_000, 5_000, 100_000),
    Size(5_000, 50_000, 2_000, 1_000_000, 5_000, 300_000),
]


def copies(model: type[models.Model], upto: int, **changed: str) -> None:
    """Bring the rows of *model* to *upto* by copies of those there are.

    *changed* gives columns that differ as SQL, where n is the number of the copy.
    """
    table = model._meta.db_table
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.generated
    ]
    values = ", ".join(changed.get(column, f"b.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH base AS (SELECT *, row_number() OVER (ORDER BY id) - 1 AS nth FROM {table}),
                 size AS (SELECT count(*) AS rows, max(id) AS last FROM {table})
            INSERT INTO {table} ({", ".join(columns)})
            SELECT {values}
            FROM size
            CROSS JOIN LATERAL generate_series(size.last + 1, size.last + %s - size.rows) n
            JOIN base b ON b.nth = mod(n, size.rows)
            ON CONFLICT DO NOTHING
            """,
            [upto],
        )


def fill(size: Size) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")  # all ids are known ones
        cursor.execute("SET LOCAL synchronous_commit = off")
        _fill(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _fill(size: Size) -> None:
    copies(Organisation, size.organisations, name="'Bolag ' || n", slug="'bolag-' || n",
           org_number="NULL")  # fmt: skip
    copies(User, size.people, email="'person-' || n || '@vaxt.example'",
           name="'Person ' || md5(n::text)", staff_role="''", is_superuser="false")  # fmt: skip
    _members()
    _invitations()
    copies(LearningSession, size.sessions, ical_uid="gen_random_uuid()", **_in_three_years())
    copies(Measure, size.measures, organisation_id=_one_of(Organisation, "n"),
           origin_intention_id="NULL")  # fmt: skip
    copies(MeasureReport, size.measures, measure_id=_one_of(Measure, "n"))
    copies(Message, size.letters, key="'vaxt:' || n", message_id="gen_random_uuid()",
           state="'sent'", sent_at="now()", recipient_id=_one_of(User, "n"))  # fmt: skip
    copies(Intention, size.measures, person_id=_one_of(User, "n"))
    _places(size.registrations)


def _one_of(model: type[models.Model], number: str) -> str:
    """SQL for the id of one row after the other."""
    table = model._meta.db_table
    which = f"1 + mod({number}, (SELECT count(*) FROM {table}))"
    return f"(ARRAY(SELECT id FROM {table} ORDER BY id))[{which}]"


def _in_three_years() -> dict[str, str]:
    """Copies of sessions lie evenly in the three years that have passed."""
    hours = "interval '1 hour' * (24 + mod(n * 7919, 26000))"
    return {
        "starts_at": f"now() - {hours}",
        "ends_at": f"now() - {hours} + interval '2 hours'",
        "registration_opens_at": "NULL",
        "registration_closes_at": "NULL",
    }


def _members() -> None:
    """Everybody acts for an organisation, the first of each as its contact person."""
    table = Membership._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {table} (person_id, organisation_id, role, created_at)
            SELECT person_id, organisation_id,
                   CASE row_number() OVER (PARTITION BY organisation_id ORDER BY person_id)
                       WHEN 1 THEN 'contact_person' ELSE 'member' END,
                   now()
            FROM (
                SELECT u.id AS person_id, {_one_of(Organisation, "u.id")} AS organisation_id
                FROM partners_user u
                WHERE NOT EXISTS (SELECT FROM {table} m WHERE m.person_id = u.id)
            ) AS new
            """
        )


def _invitations() -> None:
    """Every second person has been invited."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO partners_invitation
                (person_id, token_hash, created_at, created_by_id, expires_at)
            SELECT id, md5('vaxt:' || id), now(), id, now() + interval '14 days'
            FROM partners_user WHERE mod(id, 2) = 0
            ON CONFLICT DO NOTHING
            """
        )


def _places(registrations: int) -> None:
    """Seats in the sessions that have been, most of them with attendance."""
    live = LearningSession.objects.live().past(timezone.now())
    past = list(live.values_list("pk", flat=True))
    each = (registrations - Registration.objects.count()) // len(past)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")  # it takes series of numbers for short
        cursor.execute(
            """
            WITH person AS (
                SELECT person_id, min(organisation_id) AS organisation_id,
                       row_number() OVER (ORDER BY person_id) AS nth
                FROM partners_membership GROUP BY person_id
            ), session AS (
                SELECT id, row_number() OVER (ORDER BY id) AS nth
                FROM unnest(%(past)s::bigint[]) id
            ), seat AS (
                SELECT s.id AS session_id, 1 + mod(s.nth * 911 + g * 13, people) AS nth
                FROM session s
                CROSS JOIN generate_series(1, %(each)s) g
                CROSS JOIN (SELECT count(*) AS people FROM person) crowd
            ), new AS (
                INSERT INTO learning_registration
                    (session_id, person_id, organisation_id, state, source, created_at,
                     created_by_id)
                SELECT s.session_id, p.person_id, p.organisation_id, 'confirmed', 'import', now(),
                       p.person_id
                FROM seat s
                JOIN person p USING (nth)
                WHERE NOT EXISTS (SELECT FROM learning_registration r
                                  WHERE r.session_id = s.session_id AND r.person_id = p.person_id)
                  AND NOT EXISTS (SELECT FROM learning_attendance a
                                  WHERE a.session_id = s.session_id AND a.person_id = p.person_id)
                ON CONFLICT DO NOTHING
                RETURNING session_id, person_id, organisation_id, id
            )
            INSERT INTO learning_attendance
                (session_id, person_id, organisation_id, status, recorded_at, recorded_by_id)
            SELECT session_id, person_id, organisation_id,
                   CASE mod(id, 8) WHEN 0 THEN 'absent' WHEN 1 THEN 'excused' ELSE 'present' END,
                   now(), person_id
            FROM new WHERE mod(id, 10) < 7
            """,
            {"past": past, "each": each},
        )


def readers() -> dict[str, User | None]:
    """Somebody of each role; the member is of the organisation with most next steps."""
    busiest = (
        Intention.objects.exclude(organisation=None)
        .values_list("organisation")
        .annotate(steps=models.Count("pk"))
        .order_by("-steps")[0][0]
    )
    members = Membership.objects.current().filter(organisation=busiest, person__staff_role="")
    return {
        "visitor": None,
        "member": members[0].person,
        "lead": User.objects.filter(staff_role="project_lead")[0],
        "coordinator": User.objects.coordinators()[0],
    }


def pages() -> dict[str, tuple[str, str]]:
    """Reader and address of each page that lists something, by its name."""
    coming = LearningSession.objects.live().coming(timezone.now()).first()
    past = LearningSession.objects.live().past(timezone.now()).first()
    measure = Measure.objects.published()[0].pk
    partner = Organisation.objects.partners()[0].slug
    member = Membership.objects.current()[0].pk
    at = {"pk": past.pk}
    return {
        "start page": ("visitor", reverse("home")),
        "session list": ("visitor", reverse("session_list")),
        "partner directory": ("visitor", reverse("partner_list")),
        "partner page": ("visitor", reverse("partner_detail", kwargs={"slug": partner})),
        "measure list": ("visitor", reverse("measure_list")),
        "measure list, searched": ("visitor", reverse("measure_list") + "?q=el"),
        "measure page": ("visitor", reverse("measure_detail", kwargs={"pk": measure})),
        "member's start page": ("member", reverse("home")),
        "sessions that have been": ("member", reverse("session_list") + "?when=past"),
        "session page": ("member", reverse("session_detail", kwargs={"pk": coming.pk})),
        "next steps": ("member", reverse("next_steps")),
        "new measure": ("member", reverse("measure_create")),
        "my organisation": ("member", reverse("organisation_people")),
        "lead's start page": ("lead", reverse("home")),
        "participants": ("lead", reverse("participants", kwargs=at)),
        "registering a colleague": ("lead", reverse("register_colleague", args=[coming.pk])),
        "attendance": ("lead", reverse("attendance", kwargs=at)),
        "answers": ("lead", reverse("survey_results", kwargs=at)),
        "coordinator's start page": ("coordinator", reverse("home")),
        "people list": ("coordinator", reverse("people_list")),
        "people list, searched": ("coordinator", reverse("people_list") + "?q=berg"),
        "people without an organisation": ("coordinator", reverse("people_list") + "?role=none"),
        "moving somebody": ("coordinator", reverse("membership_move", args=[member])),
        "outbox": ("coordinator", reverse("outbox")),
        "lists imported": ("coordinator", reverse("import_list")),
    }


def reported() -> places.Period:
    today = timezone.localdate()
    return places.Period(today - timedelta(days=365), today)


def whole() -> dict[str, str]:
    """Addresses of what is linear: a coordinator's reports and files of one year."""
    period = reported()
    year = f"?start={period.first}&end={period.last}"
    return {
        "report of a year": reverse("participation") + year,
        "rows of a year": reverse("participation_rows") + year,
        "rows of those seen for the first time": (
            reverse("participation_rows") + year + "&counted=first_timers"
        ),
        ROWS_AS_CSV: reverse("participation_rows_file", args=["csv"]) + year,
        "report of a year, CSV": reverse("participation_file", args=["csv"]) + year,
        "measures, CSV": reverse("measure_file", args=["csv"]),
    }


@dataclass(frozen=True)
class Grown:
    """The work at one size: its database, and what is asked of it as whom."""

    url: str
    asked: dict[str, tuple[str, str]]  # path and cookie of each page, by its name
    linear: dict[str, tuple[str, str]]  # likewise of what is linear
    sessions: list[int]  # of the year that is reported


def grow(size: Size, number: int) -> Grown:
    """Fill the database to *size*, and keep a copy of it as it is then."""
    began = time.perf_counter()
    fill(size)
    cookies = {role: person and web.cookie_of(person) for role, person in readers().items()}
    asked = {name: (path, cookies[role] or "") for name, (role, path) in pages().items()}
    linear = {name: (path, cookies["coordinator"] or "") for name, path in whole().items()}
    held = places.begun_in(reported(), readers()["coordinator"] or User(), timezone.now())
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's alone
    server, _, template = os.environ["DATABASE_URL"].rpartition("/")
    copy = f"grown_{number}"
    with psycopg.connect(f"{server}/template1", autocommit=True) as raw:
        raw.execute(f"DROP DATABASE IF EXISTS {copy}")
        raw.execute(f"CREATE DATABASE {copy} TEMPLATE {template}")
    print(f"{size}: filled in {time.perf_counter() - began:.0f} s", flush=True)
    return Grown(f"{server}/{copy}", asked, linear, [session.pk for session in held])


def growth() -> Iterator[Result]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    builder.build("normal")
    grown = [grow(size, number) for number, size in enumerate(SIZES, start=1)]
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(web.gunicorn(DATABASE_URL=one.url)) for one in grown]
        for name in grown[0].asked:
            yield _ratio(name, list(zip(sites, [one.asked[name] for one in grown], strict=True)))
        for name, (path, cookie) in grown[-1].linear.items():
            yield _linear(name, sites[-1], path, cookie)
        yield _beside_copy(sites[-1], grown[-1])


def _ratio(name: str, asked: list[tuple[web.Web, tuple[str, str]]]) -> Result:
    turns = [lambda site=site, at=at: site.timed(*at) for site, at in asked]
    web.in_turn(turns, WARM)
    took = web.in_turn(turns, TIMES)
    first, *_between, third = (max(one, FLOOR_S) for one in took)
    note = " · ".join(f"{one * 1000:.0f}" for one in took) + " ms"
    return Result(f"{name} grows", third / first, GROWTH, "times", note=note)


def _linear(name: str, site: web.Web, path: str, cookie: str) -> Result:
    taken = [site.download(path, cookie) for _ in range(3)]
    size = taken[0][2]
    seconds = statistics.median(one[1] for one in taken)
    note = f"{size / 1e6:.1f} MB"
    return Result(f"{name}, at the third size", seconds, LIMIT_S, "s", note=note)


def _beside_copy(site: web.Web, grown: Grown) -> Result:
    path, cookie = grown.linear[ROWS_AS_CSV]
    turns = [
        lambda: copying.copied(grown.sessions, grown.url),
        lambda: float(site.download(path, cookie)[1]),
    ]
    limit, took = web.in_turn(turns, 3)
    note = f"{took:.2f} s, COPY {limit:.2f} s"
    return Result(f"{ROWS_AS_CSV}, at the third size", took / limit, 3, "× COPY", note=note)
