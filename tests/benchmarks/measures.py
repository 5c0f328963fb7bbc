"""What is measured, and against what."""

import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta

import xlsxwriter
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.models import LearningSession, Registration, Series
from learning.participation import rows as places
from northstar.demo.data import builder
from partners.models import Membership, Organisation, User
from tests.benchmarks import copying, lists, web
from tests.benchmarks.growth import growth
from tests.benchmarks.post import post
from tests.benchmarks.results import Result
from tests.benchmarks.sweep import sweep

REGISTRATIONS = 100_000
SEATS_RUNS = 5
PERIOD = "start=1990-01-01&end=2100-12-31"


def run(wanted):
    if wanted != ["growth"]:  # it fills a database of its own
        prepare()
    results = []
    for name in wanted:
        for result in PARTS[name]():
            print(result.line(), flush=True)
            results.append(result)
    missed = [result for result in results if not result.holds]
    print(f"\n{len(results) - len(missed)} of {len(results)} goals hold.")
    return 1 if missed else 0


def prepare():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    builder.build("large")
    counts = [m.objects.count() for m in (Organisation, User, LearningSession, Registration)]
    print("{} organisations, {} people, {} sessions, {} registrations\n".format(*counts))


def a_partner():
    return Membership.objects.current().filter(person__staff_role="").first().person


def coordinator():
    return User.objects.coordinators().first()


def coming_session():
    return LearningSession.objects.live().coming(timezone.now()).first()


def pages():
    person = a_partner()
    cookie = web.cookie_of(person)
    organisation = Organisation.objects.first()
    session = coming_session()
    addresses = {
        "session list": reverse("session_list"),
        "session page": reverse("session_detail", kwargs={"pk": session.pk}),
    }
    with web.gunicorn() as site:
        measures = [lambda: site.timed(f"/bench/unit/{organisation.pk}/")]
        measures += [lambda path=path: site.timed(path, cookie) for path in addresses.values()]
        web.in_turn(measures, 30)
        unit, *took = web.in_turn(measures, 300)
    for name, seconds in zip(addresses, took, strict=True):
        note = f"{seconds * 1000:.1f} ms, unit {unit * 1000:.1f} ms"
        yield Result(f"{name} for a partner", seconds / unit, 4, "units", note=note)
    client = Client()
    client.force_login(person)
    for name, path in addresses.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        yield Result(f"{name}, queries", len(queries), 12, "queries")


@dataclass(frozen=True)
class Crowd:
    """How 400 people at once fared with one session."""

    rate: float  # a second
    cpu: float  # seconds of Python's processor time
    errors: int
    ended: tuple[int, int]  # on a seat, in the queue


def seats():
    people = list(User.objects.filter(staff_role="", memberships__isnull=False).distinct()[:400])
    cookies = [web.cookie_of(person) for person in people]
    with web.gunicorn() as site:
        runs = [
            (crowd(site, cookies, "bench_seat"), crowd(site, cookies, "register"))
            for _ in range(1 + SEATS_RUNS)
        ]
    errors = sum(bare.errors + product.errors for bare, product in runs)
    wrong = sum(product.ended != (40, 360) for _, product in runs)
    warm = runs[1:]
    ratios = [product.rate / bare.rate for bare, product in warm]
    cpu = statistics.median(bare.cpu / product.cpu for bare, product in warm)
    bare, product = (
        statistics.median(one.rate for one in side) for side in zip(*warm, strict=True)
    )
    note = f"{min(ratios):.2f} to {max(ratios):.2f}; {product:.0f} a second, bare {bare:.0f}; "
    note += f"in Python's processor time {cpu:.2f}"
    yield Result("400 at once for 40 seats, errors", errors, 0, "errors")
    yield Result("400 at once for 40 seats, not 40 and 360", wrong, 0, "times")
    ratio = statistics.median(ratios)
    yield Result("400 at once, rate", ratio, 0.6, "of bare", is_least=True, note=note)


def crowd(site, cookies, view):
    session = a_full_session()
    path = reverse(view, kwargs={"pk": session.pk})
    before = site.cpu_seconds()
    seconds, statuses = web.post_all_at_once(site.port, path, cookies)
    return Crowd(
        rate=len(cookies) / seconds,
        cpu=site.cpu_seconds() - before,
        errors=sum(status not in (302, 303) for status in statuses),
        ended=(session.registrations.confirmed().count(), session.registrations.queued().count()),
    )


def a_full_session():
    start = timezone.now() + timedelta(days=20)
    return LearningSession.objects.create(
        series=Series.objects.first(),
        title_sv="Trängsel",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        venue="Väven",
        capacity=40,
        published_at=timezone.now(),
        created_by=coordinator(),
    )


def fill():
    """Bring the registrations of past sessions to REGISTRATIONS, most of them with attendance."""
    past = list(LearningSession.objects.live().past(timezone.now()).values_list("pk", flat=True))
    missing = REGISTRATIONS - Registration.objects.standing().filter(session__in=past).count()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH new AS (
                INSERT INTO learning_registration
                    (session_id, person_id, organisation_id, state, source, created_at,
                     created_by_id)
                SELECT s, u.id, m.organisation_id, 'confirmed', 'import', now(), u.id
                FROM unnest(%(past)s::bigint[]) s
                CROSS JOIN partners_user u
                JOIN (SELECT DISTINCT ON (person_id) person_id, organisation_id
                      FROM partners_membership) m ON m.person_id = u.id
                WHERE NOT EXISTS (SELECT FROM learning_registration r
                                  WHERE r.session_id = s AND r.person_id = u.id)
                  AND NOT EXISTS (SELECT FROM learning_attendance a
                                  WHERE a.session_id = s AND a.person_id = u.id)
                ORDER BY md5(s::text || u.id) LIMIT %(missing)s
                RETURNING session_id, person_id, organisation_id, id
            )
            INSERT INTO learning_attendance
                (session_id, person_id, organisation_id, status, recorded_at, recorded_by_id)
            SELECT session_id, person_id, organisation_id,
                   CASE id %% 8 WHEN 0 THEN 'absent' WHEN 1 THEN 'excused' ELSE 'present' END,
                   now(), person_id
            FROM new WHERE id %% 10 > 0
            """,
            {"past": past, "missing": missing},
        )
        cursor.execute("ANALYZE")


def files():
    fill()
    person = coordinator()
    cookie = web.cookie_of(person)
    everything = places.Period(date(1990, 1, 1), timezone.localdate())
    sessions = places.begun_in(everything, person, timezone.now())
    number = sum(places.numbers(places.Selection(sessions)).values())
    path = {
        ending: reverse("participation_rows_file", kwargs={"ending": ending}) + f"?{PERIOD}"
        for ending in ("csv", "xlsx")
    }
    with web.gunicorn() as site:
        site.download(path["csv"], cookie)
        taken = []
        with site.memory() as grown:
            for _ in range(7):
                limit = copying.copied([session.pk for session in sessions])
                first, seconds, size, head = site.download(path["csv"], cookie)
                taken.append((limit, seconds, first))
        limit, seconds, first = (statistics.median(column) for column in zip(*taken, strict=True))
        ratios = [one[1] / one[0] for one in taken]
        note = f"{number} rows, {size / 1e6:.1f} MB in {seconds:.2f} s, COPY {limit:.2f} s"
        yield Result("CSV of all registrations", statistics.median(ratios), 3, "× COPY", note=note)
        yield Result("CSV, first byte after", first / seconds, 0.8, "of all")
        yield Result("CSV, extra memory of a worker", grown[0], 50, "MB")
        yield from workbook(site, path["xlsx"], cookie, sessions)


def workbook(site, path, cookie, sessions):
    """In processor time of Python on both sides: on a busy machine the clock says little."""
    rows = [tuple(place) for place in places.places(places.Selection(sessions))]
    taken = []
    with site.memory() as grown:
        for _ in range(3):
            start = time.process_time()
            xlsxwriter_alone(rows)
            limit = time.process_time() - start
            start = site.cpu_seconds()
            seconds = site.download(path, cookie)[1]
            taken.append((site.cpu_seconds() - start, limit, seconds))
    ratio = statistics.median(ours / limit for ours, limit, _ in taken)
    ours, limit, seconds = min(taken)
    note = f"{len(rows)} rows in {ours:.1f} s of processor time, XlsxWriter {limit:.1f} s; "
    note += f"{seconds:.1f} s by the clock"
    yield Result("XLSX of all registrations", ratio, 1.3, "× XlsxWriter", note=note)
    yield Result("XLSX, extra memory of a worker", grown[0], 50, "MB")


def xlsxwriter_alone(rows):
    """Let XlsxWriter write the same cells, from rows in memory."""
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with (
        tempfile.TemporaryFile() as file,
        xlsxwriter.Workbook(file, options) as book,
    ):
        page = book.add_worksheet()
        hours = book.add_format({"num_format": "#,##0.0"})
        for number, row in enumerate(rows, start=1):
            page.write_datetime(number, 0, row[0])
            for at in range(1, 9):
                if row[at] is not None:
                    page.write_string(number, at, row[at])
            if row[9] is not None:
                page.write_number(number, 9, row[9], hours)


def connections():
    organisation = Organisation.objects.first()
    path = f"/bench/unit/{organisation.pk}/"
    with web.gunicorn() as kept, web.gunicorn(BENCH_CONNECTION_PER_REQUEST="1") as new:
        measures = [lambda: kept.timed(path), lambda: new.timed(path)]
        web.in_turn(measures, 30)
        ours, theirs = web.in_turn(measures, 200)
    note = f"{ours * 1000:.1f} ms kept, {theirs * 1000:.1f} ms with one a request"
    ratio = theirs / ours
    yield Result("a connection a request costs", ratio, 1.5, "× kept", is_least=True, note=note)


def long_lists():
    """A list ten times as long is read in ten times the time, and within five seconds."""
    by = coordinator()
    short, long = web.in_turn(
        [lambda: lists.seconds_of_preview(2_000, by=by),
         lambda: lists.seconds_of_preview(19_990, by=by)], 3,
    )  # fmt: skip
    yield Result("preview of 20,000 rows against 2,000", long / short, 12, "×")
    yield Result("preview of 20,000 rows", long, 5, "s", note=f"2,000 rows {short:.2f} s")


PARTS = {
    "pages": pages,
    "seats": seats,
    "files": files,
    "lists": long_lists,
    "connections": connections,
    "post": post,
    "sweep": sweep,
    "growth": growth,
}
