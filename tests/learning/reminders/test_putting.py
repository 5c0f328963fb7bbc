"""Whom a rule reaches at a session."""

import pytest

from learning.models import LearningSession, RegistrationState, SessionReminderWhom
from learning.reminders import putting
from partners.models import User
from tests.builders import (
    make_attendance,
    make_leaving,
    make_person,
    make_registration,
    make_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(lo):
    """Somebody of each kind: seated, in the queue, given back, and how they were noted."""
    session = make_session(in_days=-1, lead=lo)
    seated, left = make_person("Sara"), make_person("Lena")
    make_registration(session, seated)
    make_leaving(make_registration(session, left))
    make_registration(session, make_person("Kurt"), RegistrationState.QUEUED)
    make_attendance(session, seated)
    make_attendance(session, left, "absent")
    make_attendance(session, make_person("Eva"), "excused")
    return LearningSession.objects.select_related("lead").get(pk=session.pk)


@pytest.mark.parametrize(
    ("whom", "names"),
    [
        ("confirmed", ["Sara"]),
        ("waiting", ["Kurt"]),
        ("attended", ["Sara"]),
        ("absent", ["Lena", "Eva"]),
        ("lead", ["Lo Lind"]),
    ],
)
def test_a_rule_reaches(session, whom, names):
    assert [one.person.name for one in putting.reached_by(whom, session)] == names


def test_every_group_is_known(session):
    for whom in SessionReminderWhom.values:
        assert putting.reached_by(whom, session)


@pytest.mark.parametrize("whom", SessionReminderWhom.values)
@pytest.mark.parametrize("change", [{"email": None}, {"is_active": False}], ids=str)
def test_nobody_is_reached_who_cannot_be(session, whom, change):
    User.objects.update(**change)
    session = LearningSession.objects.select_related("lead").get(pk=session.pk)
    assert putting.reached_by(whom, session) == []
