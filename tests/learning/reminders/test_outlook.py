"""What a lead reads of the reminders of a session."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import LearningSession, RegistrationState, SessionReminder
from learning.places.mails import reminder_prefix
from learning.reminders import due, mails, outlook, running
from learning.reminders.outlook import State
from partners.models import Message, User
from partners.models.moments import STOCKHOLM
from tests.builders import make_letter, make_registration, make_rule, make_run, make_session

pytestmark = pytest.mark.django_db
START = datetime(2027, 4, 8, 13, tzinfo=STOCKHOLM)
EVE = datetime(2027, 4, 7, 9, tzinfo=STOCKHOLM)


@pytest.fixture
def session(time_machine):
    time_machine.move_to(EVE - timedelta(days=6), tick=False)
    return make_session(starts_at=START)


def seen(session):
    return LearningSession.objects.with_places().with_material().get(pk=session.pk)


def state(session, now):
    (line,) = outlook.of(seen(session), now).lines
    return line.state


@pytest.mark.parametrize(
    ("after", "wanted"),
    [(-1, State.COMING), (0, State.NOW), (27, State.NOW), (28, State.UNKNOWN)],
)
def test_how_the_usual_reminder_stands_by_the_hour(session, after, wanted):
    assert state(session, EVE + timedelta(hours=after)) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"is_off": True}, State.OFF),
        ({"amount": 0, "clock": time(20)}, State.NEVER),
        ({"counts_from": EVE}, State.TOO_EARLY),
        ({"letter": "session_material", "side": "after", "edge": "end"}, State.COMING),
    ],
    ids=lambda value: str(value),
)
def test_what_is_not_sent_says_why(session, said, wanted):
    make_rule(session, **said)
    assert state(session, EVE) == wanted


def test_what_waits_for_material_says_so(session):
    make_rule(session, letter="session_material", side="after", edge="end", amount=1)
    assert state(session, START + timedelta(hours=30)) == State.WAITS


def test_what_was_done_and_missed_is_read_from_its_row(session):
    done, missed = make_rule(session), make_rule(session, amount=2)
    make_run(done, session, letters=7)
    make_run(missed, session, state="missed", because="clock", lapsed_at=START)
    found = outlook.of(seen(session), EVE)
    assert [(line.words, line.state) for line in found.lines] == [
        ("3 dagar före kl. 08.00 till dem som har en plats", State.DONE),
        ("2 dagar före kl. 08.00 till dem som har en plats", State.MISSED),
    ]
    assert found.earlier == []


def test_what_was_done_before_it_was_moved_is_kept_apart(session):
    rule = make_rule(session)
    make_run(rule, session, letters=7)
    later = START + timedelta(days=7)
    LearningSession.objects.update(starts_at=later, ends_at=later + timedelta(hours=2))
    found = outlook.of(seen(session), EVE)
    assert [line.state for line in found.lines] == [State.COMING]
    assert [(line.state, line.run.letters) for line in found.earlier] == [(State.DONE, 7)]


def test_the_next_one_is_the_first_to_those_who_have_a_seat(session):
    make_rule(session, whom="waiting", amount=4)
    make_rule(session)
    lines = outlook.of(seen(session), EVE - timedelta(days=5)).lines
    assert [line.is_next for line in lines] == [False, True]


def test_why_somebody_got_none_can_be_read(session, ada, bo, cai):
    make_registration(session, ada, seated_at=EVE + timedelta(hours=1))
    make_registration(session, bo, seated_at=EVE - timedelta(days=1))
    make_registration(session, cai, RegistrationState.QUEUED)
    User.objects.filter(pk=cai.pk).update(email=None)
    running.remind(EVE + timedelta(hours=2))
    told = outlook.unsent(session, outlook.of(seen(session), EVE + timedelta(hours=2)))
    assert [(one.name, one.which, one.why) for one in told] == [
        (
            "Ada Åström",
            "Dagen före kl. 09.00",
            "fick platsen efter att påminnelsen hade skickats",
        ),
        ("Cai Öberg", "", "personen saknar e-postadress"),
    ]
    assert Message.objects.filter(last_error=mails.TOO_LATE_FOR_IT).count() == 1


def test_whoever_got_none_reads_of_which_reminder(session, ada):
    early, late = make_rule(session), make_rule(session, amount=1, clock=time(15))
    for number, rule in enumerate([early, late, None]):
        end = due.occasion(rule, session) if rule else "20260101T1200"
        key = mails.key_of(reminder_prefix(session), ada.pk, end)
        make_letter(ada, key=key, state="failed", last_error=f"550 {number}")
    told = outlook.unsent(session, outlook.of(seen(session), EVE))
    assert [(one.which, one.why) for one in told] == [
        ("", "550 2"),
        ("Dagen före kl. 15.00", "550 1"),
        ("3 dagar före kl. 08.00", "550 0"),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_an_outlook_costs_two_queries(session, rows, django_assert_num_queries):
    for number in range(rows):
        make_run(make_rule(session, amount=3 + number), session)
    found = seen(session)
    with django_assert_num_queries(2):
        assert len(outlook.of(found, EVE).lines) == rows


@pytest.mark.parametrize("number", [1, 3])
def test_what_comes_is_told_with_its_moment_in_two_queries(number, django_assert_num_queries):
    now = EVE - timedelta(days=2)
    later = [START + timedelta(hours=at) for at in range(number)]
    sessions = [make_session(starts_at=at) for at in later]
    make_session("Långt fram", starts_at=START + timedelta(days=40))
    with django_assert_num_queries(2):
        found = outlook.coming(now, now + timedelta(days=7))
    assert [session for _at, _what, session in found] == sessions
    (standard,) = SessionReminder.objects.all()
    assert [at for at, _what, _session in found] == [due.due_at(standard, one) for one in sessions]


def test_what_is_switched_off_or_has_been_does_not_come(lo):
    make_rule(make_session("Elnät", starts_at=START), is_off=True)
    assert outlook.coming(EVE - timedelta(days=2), START) == []
    make_session("I dag", starts_at=START)
    assert outlook.coming(EVE, START) == []


def test_a_reminder_that_was_moved_from_a_quiet_day_says_from_which(as_, lo, time_machine):
    time_machine.move_to(datetime(2027, 3, 1, 12, tzinfo=STOCKHOLM), tick=False)
    session = make_session(starts_at=datetime(2027, 3, 15, 13, tzinfo=STOCKHOLM))  # a Monday
    (line,) = outlook.of(seen(session), timezone.now()).lines
    assert (line.due_at.date().day, line.moved_from.astimezone(STOCKHOLM).day) == (12, 14)
    page = as_(lo).get(reverse("session_reminders", args=[session.pk])).text
    assert "(arbetsdagen före, i stället för söndag 14 mars 2027)" in page
    other = make_session(starts_at=datetime(2027, 3, 17, 13, tzinfo=STOCKHOLM))
    assert outlook.of(seen(other), timezone.now()).lines[0].moved_from is None
