from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import make_attendance, make_session


@pytest.fixture
def held(ada):
    """A session that ended two hours ago; its list is done, and Ada was there."""
    now = timezone.now()
    session = make_session(
        starts_at=now - timedelta(hours=5),
        ends_at=now - timedelta(hours=2),
        attendance_taken_at=now - timedelta(hours=1),
    )
    make_attendance(session, ada)
    return session
