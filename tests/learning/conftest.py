"""The evening of a session of the afternoon: letters about it wait for the morning."""

from datetime import timedelta

import pytest

from learning.attendance import taking
from learning.models import AttendanceStatus
from tests.builders import make_link, make_registration, make_session
from tests.learning import NIGHT


@pytest.fixture
def in_the_evening(time_machine):
    time_machine.move_to(NIGHT, tick=False)


@pytest.fixture
def held_today(ada, cai, lo, in_the_evening):
    """A session of the afternoon, with material and both there; nothing leaves before morning."""
    session = make_session(starts_at=NIGHT - timedelta(hours=5), hours=3, lead=lo)
    for person in (ada, cai):
        make_registration(session, person)
    present = AttendanceStatus.PRESENT
    taking.take(session, {ada.pk: present, cai.pk: present}, by=lo)
    make_link(session)
    return session
