"""Whoever writes places, attendance or sessions holds the session: every operation is walked.

A new operation that writes fails here until it is named with how it keeps the rule, or why not.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.attendance import taking
from learning.intake import attendance_lists
from learning.places import leaving, passing_on, registration
from learning.sessions import scheduling
from learning.visitors import visiting
from tests.builders import (
    make_import,
    make_leaving,
    make_registration,
    make_session,
    make_visitor_request,
)
from tests.operations import writing_operations


@pytest.fixture
def held(ada):
    session = make_session(in_days=-1)
    make_registration(session, ada)
    return session


def a_list(session, lo):
    """A list of the session *session* with one new guest."""
    day = timezone.localdate(session.starts_at)
    text = (
        "Datum,Träff,Namn,Aktör,E-mail,Kom\n"
        f"{day} 09:00-12:00,{session.title_sv},Ny,,ny@gast.example,yes\n"
    )
    batch = make_import(lo, text, kind="attendance")
    batch.decisions = {"series": session.series.title_sv}
    batch.save()
    return batch


def left_with_a_place(ada):
    """A place in a session to come of somebody whose membership has ended since."""
    place = make_registration(make_session(), ada)
    ada.memberships.update(ended_at=timezone.now())
    return place


def planned(session):
    return scheduling.plan_of(session) | {"title_sv": "Nytt"}


# What each operation is given that writes places, attendance or sessions, and how it is called.
# The first is made before it is watched.
LOCKING = {
    "taking.record": (
        lambda held, ada, lo: held,
        lambda held, ada, lo: taking.record(held, ada, "present", by=lo),
    ),
    "taking.record_list": (
        lambda held, ada, lo: held,
        lambda held, ada, lo: taking.record_list(held, {ada.pk: "present"}, by=lo),
    ),
    "taking.take": (
        lambda held, ada, lo: held,
        lambda held, ada, lo: taking.take(held, {ada.pk: "absent"}, by=lo),
    ),
    "taking.record_stranger": (
        lambda held, ada, lo: held,
        lambda held, ada, lo: taking.record_stranger(held, "Ny", "", by=lo),
    ),
    "taking.finish": (
        lambda held, ada, lo: held,
        lambda held, ada, lo: taking.finish(held, by=lo),
    ),
    "attendance_lists.apply": (
        lambda held, ada, lo: a_list(held, lo),
        lambda batch, ada, lo: attendance_lists.apply(batch, by=lo),
    ),
    "registration.register": (
        lambda held, ada, lo: make_session(),
        lambda coming, ada, lo: registration.register(coming, ada, by=ada),
    ),
    "registration.withdraw": (
        lambda held, ada, lo: make_registration(make_session(), ada),
        lambda place, ada, lo: registration.withdraw(place, by=ada),
    ),
    "leaving.leave": (
        lambda held, ada, lo: make_registration(make_session(), ada),
        lambda place, ada, lo: leaving.leave(place, by=ada),
    ),
    "leaving.stay": (
        lambda held, ada, lo: make_leaving(make_registration(make_session(), ada)),
        lambda place, ada, lo: leaving.stay(place),
    ),
    "leaving.end_due": (
        lambda held, ada, lo: make_leaving(make_registration(make_session(), ada), minutes=-1),
        lambda place, ada, lo: leaving.end_due(timezone.now()),
    ),
    "visiting.confirm": (
        lambda held, ada, lo: make_visitor_request(make_session(audience="public"))[0],
        lambda asked, ada, lo: visiting.confirm(asked),
    ),
    "leaving.give_on": (
        lambda held, ada, lo: left_with_a_place(ada),
        lambda place, ada, lo: leaving.give_on(timezone.now()),
    ),
    "passing_on.pass_on": (
        lambda held, ada, lo: make_registration(make_session(), ada),
        lambda place, ada, lo: passing_on.pass_on(place, lo, by=ada),
    ),
    "scheduling.save": (
        lambda held, ada, lo: held,
        lambda held, ada, lo: scheduling.save(held, planned(held), version=1, by=lo),
    ),
    "scheduling.publish": (
        lambda held, ada, lo: make_session(published_at=None),
        lambda draft, ada, lo: scheduling.publish(draft, by=lo),
    ),
    "scheduling.cancel": (
        lambda held, ada, lo: make_session(),
        lambda coming, ada, lo: scheduling.cancel(coming, by=lo),
    ),
}
OTHER_ROWS = {"following.change_status", "asking.ask", "answering.answer", "tallying.tally"}
OTHER_ROWS |= {"keeping.add_file", "keeping.add_link", "keeping.remove"}
OTHER_ROWS |= {"keeping.sweep_orphans", "running.remind", "mails.place_given_back"}
OTHER_ROWS |= {"mails.place_forfeited", "mails.confirm_visit", "mails.forget"}
OTHER_ROWS |= {"visiting.ask", "visiting.forget"}
OTHER_ROWS |= {"putting.put", "mails.reminder_skipped", "mails.session_material"}
OTHER_ROWS |= {"mails.own_tokens", "telling.tell", "telling.take_back", "telling.drop_untrue"}
OTHER_ROWS |= {"withdrawing.not_there", "following.pass_on"}
OTHER_ROWS |= {"mails.forget_place", "mails.place_passed_on"}
OTHER_ROWS |= {f"rules.{verb}" for verb in ("make_own", "take_back", "add", "change")}
OTHER_ROWS |= {"rules.switch", "rules.remove", "rules.restore"}
OTHER_ROWS |= {"mails.seat_confirmed", "mails.seat_from_queue"}
OTHER_ROWS |= {"mails.place_in_queue", "mails.session_moved"}
OTHER_ROWS |= {"mails.session_cancelled", "mails.session_reminder", "mails.survey_invitation"}
WITHIN = {"registration.keep", "registration.give_up"}
WITHIN |= {"waitlist.fill_free_seats", "waitlist.seat_as_held"}  # called under the caller's lock
NEW_ROW = {"scheduling.create"}  # nobody else knows the row yet

GUARDED = re.compile(
    r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?learning_(registration|attendance|learningsession)\b'
)
LOCK = re.compile(r'FROM "?learning_learningsession"? .*FOR NO KEY UPDATE')


def test_every_operation_of_learning_is_named():
    named = LOCKING.keys() | OTHER_ROWS | WITHIN | NEW_ROW
    assert writing_operations("learning").keys() == named


@pytest.mark.django_db
@pytest.mark.parametrize("name", LOCKING)
def test_whoever_writes_places_or_attendance_holds_the_session_first(name, held, ada, lo):
    build, operation = LOCKING[name]
    thing = build(held, ada, lo)
    with CaptureQueriesContext(connection) as asked:
        operation(thing, ada, lo)
    statements = [query["sql"] for query in asked]
    written = [n for n, sql in enumerate(statements) if GUARDED.match(sql)]
    assert written, "it wrote nothing: the call in the table proves nothing"
    assert any(LOCK.search(sql) for sql in statements[: written[0]])
