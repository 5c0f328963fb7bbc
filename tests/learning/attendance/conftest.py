"""A session that was held yesterday."""

import pytest

from tests.builders import make_registration, make_session


@pytest.fixture
def held(ada, bo):
    session = make_session(in_days=-1)
    make_registration(session, ada)
    make_registration(session, bo)
    return session
