from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from learning.models import LearningSession, SurveyTally
from learning.reminders import outlook
from learning.sessions import leading
from learning.sessions.leading import Act
from tests.builders import make_link, make_registration, make_session

pytestmark = pytest.mark.django_db

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def seen(session):
    """The session as its lead's pages find it."""
    return LearningSession.objects.with_places().with_material().get(pk=session.pk)


def act(session, now=None):
    now = now or timezone.now()
    found = leading.next_thing(seen(session), outlook.of(seen(session), now), now)
    return found and found.act


def before(session, now=None):
    now = now or timezone.now()
    return leading.before(session, outlook.of(session, now), now)


def test_a_draft_is_to_be_published():
    assert act(make_session(published_at=None)) is Act.PUBLISH


def test_a_cancelled_session_asks_for_nothing():
    assert act(make_session(in_days=-1, cancelled_at=timezone.now())) is None


@pytest.mark.parametrize(
    ("days", "wanted"), [(-10, None), (-3, Act.READ_THROUGH), (-0.5, None)], ids=str
)
def test_the_page_is_read_through_in_the_days_before_the_reminder_leaves(days, wanted):
    session = make_session(starts_at=datetime(2030, 4, 11, 13, tzinfo=STOCKHOLM))
    assert act(session, session.starts_at + timedelta(days=days)) == wanted


def test_after_a_session_come_attendance_material_and_answers_in_this_order():
    session = make_session(in_days=-1)
    assert act(session) is Act.NOTE
    session.attendance_taken_at = timezone.now()
    session.save()
    assert act(session) is Act.UPLOAD
    make_link(session)
    assert act(session) is None
    SurveyTally.objects.create(session=session, answered=5)
    assert act(session) is Act.READ_ANSWERS
    assert act(session, timezone.now() + timedelta(days=100)) is None


def test_material_is_not_waited_for_for_ever():
    session = make_session(in_days=-9, attendance_taken_at=timezone.now())
    assert act(session) is None
    assert leading.is_late_for_material(session, timezone.now())


def test_the_state_is_said_in_words(ada):
    now = timezone.now()
    full = make_session(capacity=1)
    make_registration(full, ada)
    running = make_session(starts_at=now - timedelta(hours=1))
    later = make_session(registration_opens_at=now + timedelta(days=1))
    closed = make_session(registration_closes_at=now - timedelta(days=1))
    sessions = [full, running, later, closed, make_session(), make_session(in_days=-2)]
    assert [leading.state_of(seen(one), now)[1] for one in sessions] == [
        "warn",
        "info",
        "plain",
        "plain",
        "ok",
        "plain",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "i dag"), (1, "i morgon"), (2, "i övermorgon"), (3, "om 3 dagar"), (20, ""), (-1, "")],
)
def test_days_until_a_session_are_said_as_people_say_them(days, words):
    now = datetime(2030, 4, 8, 8, tzinfo=STOCKHOLM)
    session = make_session(starts_at=now + timedelta(days=days, hours=1))
    assert leading.how_far(session, now) == words


def test_the_list_of_what_there_is_to_do_says_what_is_done():
    session = seen(make_session(in_days=-1, programme_sv="09.00 Kaffe"))
    found = [*before(session), *leading.after(session)]
    assert [check.is_done for check in found] == [
        True,
        True,
        True,
        None,
        False,
        False,
        None,
    ]
    draft = seen(make_session(published_at=None))
    assert not any(check.is_done for check in before(draft))


def test_a_draft_whose_day_is_past_is_a_draft_and_no_reminder_of_it_has_left():
    draft, now = seen(make_session(in_days=-2, published_at=None)), timezone.now()
    assert leading.state_of(draft, now) == ("Utkast", "warn")
    assert not [check.text for check in before(draft, now) if "åminnelse" in check.text]
    held = seen(make_session(in_days=-2))
    assert [check.text for check in before(held, now) if "åminnelse" in check.text]
