"""What the clock asks every few seconds, where there is much: 100,000 places, 10,000 runs of rules.

Beside each the least that has to be read for the same answer, in one statement written by hand.
"""

import statistics
import time
from datetime import datetime, timedelta
from datetime import time as clock_time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.models import (
    LearningSession,
    Registration,
    Series,
    SessionReminder,
    SessionReminderRun,
)
from learning.reminders import due, running
from partners import tasks
from partners.models import Mailing, Message, User
from partners.post import gathering, kinds, outbox, quiet
from partners.writing import groups, mails, sending
from tests.benchmarks import web
from tests.benchmarks.results import Result

COMING, PAST = 500, 1_500  # sessions
SEATS, SEATS_PAST = 100, 34  # in each; every tenth in the queue
LETTERS = 100_000  # of other things, long gone
DAYS_BEFORE = [30, 14, 7, 2, 1]
TIMES = 15
QUERIES = 10
RATIO = 5
MANY = 2_000  # people of whom one press is about

# Who has a place and no letter: by hand, and without the rest of what makes it true.
BARE = """
    SELECT DISTINCT run.session_id FROM learning_sessionreminderrun run
    JOIN learning_sessionreminder rule ON rule.id = run.rule_id
    JOIN learning_learningsession session ON session.id = run.session_id
    JOIN learning_registration place ON place.session_id = run.session_id
     AND place.state = CASE rule.whom WHEN 'waiting' THEN 'queued' ELSE 'confirmed' END
    WHERE run.state = 'done' AND session.starts_at > %s AND NOT EXISTS (
        SELECT FROM partners_message WHERE key = format(
            'learning.session_reminder:%%s:%%s:%%s', run.session_id, place.person_id, run.occasion))
"""


def sweep():
    now = timezone.now()
    fill(now)
    while running.remind(now):  # what is due is written, and then there is nothing to do
        pass
    with CaptureQueriesContext(connection) as queries:
        assert running.remind(now) == 0
    yield Result("sweep of reminders, queries", len(queries), QUERIES, "queries")
    bare, took = web.in_turn([lambda: bare_query(now), lambda: timed(running.remind, now)], TIMES)
    counts = [m.objects.count() for m in (Registration, SessionReminder, SessionReminderRun)]
    note = "{:,} places, {} rules, {:,} runs; ".format(*counts)
    note += f"{took * 1000:.0f} ms, bare {bare * 1000:.0f} ms"
    yield Result("sweep of reminders", took / bare, RATIO, "× bare", note=note)
    yield from many()


def many():
    """What one press or one turn of the clock does for many people."""
    people = list(User.objects.active().exclude(email=None).order_by("pk")[:MANY])
    cancelled = statistics.median(seconds_to_cancel(people) for _ in range(5))
    note = f"{len(people):,} people, of whom every tenth is in the queue"
    yield Result("a session is cancelled for many", cancelled, 1, "s", note=note)
    written = seconds_to_mail(people)
    note = f"{len(people) / written:,.0f} people a second"
    yield Result("a mailing is written to many", written, tasks.WRITES_FOR.seconds, "s", note=note)
    gathered, digests = seconds_to_gather(people)
    note = f"{digests:,} digests; {len(people) / gathered:,.0f} people a second"
    yield Result("what is held is gathered", gathered, tasks.GATHERS_FOR.seconds, "s", note=note)


def seconds_to_cancel(people):
    by = User.objects.coordinators().first()
    session = a_session(by)
    Registration.objects.bulk_create(
        Registration(
            session=session,
            person=person,
            state="queued" if n % 10 == 0 else "confirmed",
            seated_at=None if n % 10 == 0 else timezone.now(),
            created_by=person,
        )
        for n, person in enumerate(people)
    )
    client = Client()
    client.force_login(by)
    path = reverse("session_cancel", kwargs={"pk": session.pk})
    began = time.perf_counter()
    answer = client.post(path, {"text": "Föreläsaren är sjuk.", "sure": "on"})
    took = time.perf_counter() - began
    assert answer.status_code == 302, answer.status_code
    written = Message.objects.filter(key__startswith=f"learning.session:{session.pk}:")
    assert written.count() == len(people)
    return took


def a_session(by):
    start = timezone.now() + timedelta(days=20)
    return LearningSession.objects.create(
        series=Series.objects.first(),
        title_sv="Den stora träffen",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        venue="Väven",
        published_at=timezone.now(),
        created_by=by,
        lead=by,
    )


def seconds_to_mail(people):
    """A mailing to all who have a place in one session, and that is news to them."""
    by = User.objects.coordinators().first()
    now = timezone.now()
    mailing = Mailing.objects.create(
        groups=["bench.many"],
        subject_sv="Ny lokal på torsdag",
        text_sv="Vi ses i Väven, plan 5. Ingången är från torget. " * 10,
        created_by=by,
        state="queued",
        queued_at=now,
        queued_by=by,
        send_at=now,
    )
    everybody = User.objects.filter(pk__in=[person.pk for person in people])
    groups.offer_to_all(groups.Group("bench.many", "Alla", lambda: everybody, lambda: "du är med"))
    took = timed(sending.send_due, now)
    assert Message.objects.filter(key__startswith=f"{mails.prefix(mailing)}").count() == len(people)
    return took


def seconds_to_gather(people):
    """What is held for *people*, two letters to each, is let go in its hour."""
    again = [
        outbox.Copy(f"bench.gather:{n}:{person.pk}", person) for person in people for n in (1, 2)
    ]
    told = {"subject": "Nyheter", "typed": "Vi ses. " * 40, "typed_language": "sv", "why": "x"}
    outbox.put_to_many(again, "partners/mailing", lambda _language: told)
    hour = quiet.next_moment(timezone.now() + timedelta(hours=1))
    Message.objects.held().update(next_try_at=hour, useless_after=None)
    took = timed(gathering.gather_all, hour, for_s=3600)
    return took, Message.objects.filter(letter=kinds.DIGEST).count()


def timed(function, *arguments, **options):
    began = time.perf_counter()
    function(*arguments, **options)
    return time.perf_counter() - began


def bare_query(now):
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(BARE, [now])
        cursor.fetchall()
        return time.perf_counter() - began


def fill(now: datetime):
    """Sessions of ten series with seven rules each, of which everything that was due is done."""
    by = User.objects.coordinators().first()
    series = Series.objects.bulk_create(
        Series(title_sv=f"Takt {n}", slug=f"takt-{n}") for n in range(10)
    )
    SessionReminder.objects.bulk_create(rule for one in series for rule in rules_of(one))
    long_ago = now - timedelta(days=400)
    starts = [now + timedelta(hours=3 + 60 * 24 * n / COMING) for n in range(COMING)]
    starts += [now - timedelta(hours=5 + 300 * 24 * n / PAST) for n in range(PAST)]
    sessions = LearningSession.objects.bulk_create(
        LearningSession(
            series=series[n % len(series)],
            title_sv=f"Träff {n}",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            venue="Väven",
            published_at=long_ago,
            created_by=by,
            attendance_taken_at=start if start < now else None,
        )
        for n, start in enumerate(starts)
    )
    SessionReminder.objects.update(created_at=long_ago)
    LearningSession.objects.update(created_at=long_ago)
    keys = [session.pk for session in sessions]
    _seat(keys[:COMING], SEATS, by, long_ago)
    _seat(keys[COMING:], SEATS_PAST, by, long_ago)
    _note_runs(sessions, now)
    _write_letters(now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def rules_of(series):
    before = {"letter": "session_reminder", "side": "before", "edge": "start", "unit": "days"}
    at_nine = before | {"clock": clock_time(9), "series": series}
    for days in DAYS_BEFORE:
        yield SessionReminder(**at_nine, whom="confirmed", amount=days)
    yield SessionReminder(**at_nine, whom="waiting", amount=3)
    after = {"letter": "session_material", "side": "after", "edge": "end", "unit": "days"}
    yield SessionReminder(**at_nine | after, whom="attended", amount=1)


def _seat(sessions, each, by, long_ago):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH person AS (
                SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth, count(*) OVER () AS crowd
                FROM partners_user WHERE staff_role = '' AND email IS NOT NULL AND is_active
            )
            INSERT INTO learning_registration
                (session_id, person_id, state, source, created_at, created_by_id, seated_at)
            SELECT s, p.id, CASE mod(g, 10) WHEN 0 THEN 'queued' ELSE 'confirmed' END, 'self',
                   %(then)s, %(by)s, CASE mod(g, 10) WHEN 0 THEN NULL ELSE %(then)s END
            FROM unnest(%(sessions)s::bigint[]) s
            CROSS JOIN generate_series(1, %(each)s) g
            JOIN person p ON p.nth = mod(s * 7 + g, p.crowd)
            ON CONFLICT DO NOTHING
            """,
            {"sessions": sessions, "each": each, "by": by.pk, "then": long_ago},
        )


def _note_runs(sessions, now):
    held = due.in_force(sessions)
    runs = [
        SessionReminderRun(
            rule=rule,
            session=session,
            due_at=due.due_at(rule, session),
            starts_at=session.starts_at,
            occasion=due.occasion(rule, session),
            state="done",
            noted_at=now,
        )
        for session in sessions
        for rule in held[session.pk].rules
        if due.due_at(rule, session) <= now and rule.letter == "session_reminder"
    ]
    SessionReminderRun.objects.bulk_create(runs, batch_size=1_000)


def _write_letters(now):
    """What was written in those runs, of sessions to come, and many more of other things."""
    columns = "key, recipient_id, letter, language, subject, text, html, calendar, calendar_method"
    columns += (
        ", message_id, state, created_at, next_try_at, sent_at, attempts, last_error, sent_to"
    )
    rest = """'sv', 'I morgon: Träff', repeat('Träffen är i morgon. ', 40),
        repeat('<p>Träffen</p>', 200), '', '', gen_random_uuid(), 'sent', now(), now(), now(), 1,
        '', 'p@vaxt.example'"""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO partners_message ({columns})
            SELECT format('learning.session_reminder:%%s:%%s:%%s', run.session_id, place.person_id,
                          run.occasion), place.person_id, 'learning/session_reminder', {rest}
            FROM learning_sessionreminderrun run
            JOIN learning_sessionreminder rule ON rule.id = run.rule_id
            JOIN learning_registration place ON place.session_id = run.session_id
             AND place.state = CASE rule.whom WHEN 'waiting' THEN 'queued' ELSE 'confirmed' END
            WHERE run.starts_at > %s
            ON CONFLICT DO NOTHING
            """,
            [now],
        )
        cursor.execute(
            f"""
            INSERT INTO partners_message ({columns})
            SELECT 'vaxt:' || n, (SELECT min(id) FROM partners_user), 'partners/mailing', {rest}
            FROM generate_series(1, %s) n
            """,
            [LETTERS - Message.objects.count()],
        )
