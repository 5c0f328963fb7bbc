"""Few enough sessions to count by eye."""

import pytest

from learning.models import AttendanceStatus, RegistrationState
from tests.builders import make_attendance, make_person, make_registration, make_series
from tests.learning.participation.meetings import session_on


@pytest.fixture
def spring(bostaden, norrbyggen, ada, cai, bo):
    """Two sessions of 3 and 1.5 hours; every way to be there or not."""
    series = make_series()
    first = session_on(2024, 2, 7, series=series, hours=3, title="Första")
    second = session_on(2024, 3, 6, series=series, hours=1.5, title="Andra")
    guest = make_person("Gun Gäst")
    for person in (ada, cai, bo):
        make_registration(first, person)
    make_attendance(first, ada)
    make_attendance(first, cai, AttendanceStatus.EXCUSED)
    make_attendance(first, guest)  # walked in, of no organisation
    make_registration(second, ada)  # nobody noted
    make_registration(second, cai, RegistrationState.QUEUED)
    make_registration(second, bo)
    make_attendance(second, bo, AttendanceStatus.ABSENT)
    make_attendance(second, cai)  # from the queue to the room: a walk-in
    return first, second
